"""Other layouts than a row an item with a column of statuses: a column a status with marks, a card an item, several worksheets."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from spreadsheets import Lines, book, books, merging

from .writing import FIXTURES, HEADER, ITEMS, TITLE, cells, lines, rows, table, written

WORDS = ("実施", "一部実施", "検討中", "未実施")
NAMES = HEADER.split(",")
STATUSES = ("実施", "一部実施", "検討中", "未実施")

# A column a status


def marked(head: str, marks: str = "○○○○○○", none: str = "", *, year_before: bool = False) -> Lines:
    """Lines of a head, and a line an item: number, policy, name, a mark in one of four columns, text, department, remark."""
    before = ["○", "", "", ""] if year_before else []
    return lines(head) + [
        [*item[:3], *before, *(mark if item[3] == word else none or None for word in WORDS), *item[4:]]
        for item, mark in zip(ITEMS, marks, strict=True)
    ]


UNDER_A_HEAD = f"{TITLE}\n番号,基本方針,推進項目,実施状況,,,,主な取組,所管課,備考\n,,,{','.join(WORDS)},,,"
ONE_ROW = f"{TITLE}\n番号,基本方針,推進項目,{','.join(WORDS)},主な取組,所管課,備考"
HEAD = "A2:A3 B2:B3 C2:C3 D2:G2 H2:H3 I2:I3 J2:J3"
TWO_YEARS = f"{TITLE}\n番号,基本方針,推進項目,令和3年度,,,,令和4年度,,,,主な取組,所管課,備考\n,,,{','.join(WORDS * 2)},,,"


def changed(sheet: Lines, **changes: Any) -> Lines:
    """The lines with other values in some cells: ``E5='○'``."""
    copy = [list(line) for line in sheet]
    for cell, value in changes.items():
        copy[int(cell[1:]) - 1][ord(cell[0]) - ord("A")] = value
    return copy


MARKED = marked(ONE_ROW)
written(
    {
        "marks_without_a_head.csv": marked(ONE_ROW, "●レ✓1■◎"),
        "marks_and_crosses.csv": marked(ONE_ROW, "〇◯☑✔○√", "×"),
        "marks_with_totals.xlsx": [*MARKED, cells("合計,,6,3,1,1,1")],
        "marks_with_policies_as_headings.csv": [
            *MARKED[:2],
            cells("Ⅰ 市民サービスの向上"),
            *([line[0], None, *line[2:]] for line in MARKED[2:5]),
            cells("小計,,3,2,1,0,0"),
            cells("Ⅱ 健全な財政運営"),
            *([line[0], None, *line[2:]] for line in MARKED[5:]),
        ],
        "two_marks.csv": changed(MARKED, F4="○"),
        "no_mark.csv": changed(MARKED, E4=None),
        "unknown_mark.csv": changed(MARKED, E4="済"),
        "only_crosses.csv": changed(MARKED, D4="×", E4="×", F4="×", G4="×"),
        "marks_with_another_total.csv": [*MARKED, cells("合計,,6,3,2,1,1")],
        "symbols_as_columns.csv": lines(
            "令和4年度\n番号,◎,○,△,×,-\n'1-1-1,○,,,,\n'1-1-2,,○,,,\n'1-2-1,,,○,,\n'2-1-1,,,,●,\n'2-1-10,,,,,●"
        ),
        "two_layouts.csv": [
            [*line, status]
            for line, status in zip(
                MARKED, [None, "実施状況", "実施", "実施", "実施", "検討中", "実施", "未実施"], strict=True
            )
        ],
    }
)
FIXTURES |= {
    "marks_under_a_head.xlsx": lambda: book(marked(UNDER_A_HEAD), merging(HEAD)),
    "marks_under_a_head_unmerged.xlsx": lambda: book(marked(UNDER_A_HEAD)),
    "marks_of_two_years.xlsx": lambda: book(
        marked(TWO_YEARS, year_before=True), merging("A2:A3 B2:B3 C2:C3 D2:G2 H2:K2 L2:L3 M2:M3 N2:N3")
    ),
    "marks_merged_across.xlsx": lambda: book(MARKED, merging("D3:E3")),
}

# A card an item


def card(item: Sequence[Any], names: Sequence[str] = NAMES) -> Lines:
    """Labels with their values beside them."""
    return [[name, value] for name, value in zip(names, item, strict=True)]


def card_in_pairs(item: Sequence[Any]) -> Lines:
    """Two labels a line, under other names, last year's status among them."""
    return [
        ["整理番号", item[0], "担当課", item[5]],
        ["取組項目", item[2], "施策の柱", item[1]],
        ["前年度の実施状況", "検討中", "進捗状況", item[3]],
        ["主な実績", item[4]],
        ["備考欄", item[6]],
    ]


def card_with_labels_above(item: Sequence[Any]) -> Lines:
    return [
        ["番号", "基本方針", "推進項目"],
        [*item[:3]],
        ["実施状況", "所管課", "備考"],
        [item[3], item[5], item[6]],
        ["主な取組"],
        [item[4]],
        [],
    ]


def side_by_side(items: Sequence[Sequence[Any]]) -> Lines:
    sheet: Lines = [[TITLE], []]
    for left, right in zip(items[::2], items[1::2], strict=True):
        sheet += [[*lines, None, *other] for lines, other in zip(card(left), card(right), strict=True)] + [[]]
    return sheet


def below_each_other(cards: Sequence[Lines]) -> Lines:
    return [[TITLE], [], *(line for card_lines in cards for line in [*card_lines, []])]


def on_worksheets(cards: Mapping[str, Lines]) -> bytes:
    return books({name: [[TITLE], [], *card_lines] for name, card_lines in cards.items()})


CARDS = {f"No{item[0]}": card(item) for item in ITEMS}
GOING_ON = below_each_other([card(item) for item in ITEMS])
GOING_ON[6:7] = [["主な取組", "総合窓口を"], [None, "開いた。"]]
written(
    {
        "cards_below_each_other.csv": below_each_other([card(item) for item in ITEMS]),
        "cards_whose_text_goes_on_below.csv": GOING_ON,
        "cards_in_pairs.csv": below_each_other([card_in_pairs(item) for item in ITEMS]),
        "cards_with_labels_above.csv": below_each_other([card_with_labels_above(item) for item in ITEMS]),
        "cards_close_under_titles.csv": [
            line
            for item in ITEMS
            for line in [
                [f"個票 {item[0]}"],
                *card(item)[:3],
                *card_with_labels_above(item)[2:6],
                *card(item)[6:],
            ]
        ],
        "cards_side_by_side.csv": side_by_side(ITEMS),
        "cards_with_labels_in_the_cells.csv": below_each_other(
            [
                [
                    [f"【{NAMES[0]}】{item[0]}", f"{NAMES[2]}：{item[2]}"],
                    [f"{NAMES[3]}: {item[3]}"],
                    *card(item)[4:],
                ]
                for item in ITEMS
            ]
        ),
        "cards_with_statuses_to_circle.csv": below_each_other(
            [[*card(item)[:3], [NAMES[3], *STATUSES], *card(item)[4:]] for item in ITEMS[:1]]
            + [card(item) for item in ITEMS[1:]]
        ),
        "statuses_to_circle.csv": [
            lines("番号,推進項目,実施状況,,,,所管課")[0],
            *([item[0], item[2], item[3], None, None, None, item[5]] for item in ITEMS[:5]),
            [6, ITEMS[5][2], *STATUSES, ITEMS[5][5]],
        ],
        "cards_with_the_policy_before_the_number.csv": below_each_other(
            [[item_card[1], item_card[0], *item_card[2:]] for item_card in CARDS.values()]
        ),
    }
)
FIXTURES |= {
    "cards_on_worksheets.xlsx": lambda: on_worksheets(CARDS),
    "card_missing.xlsx": lambda: on_worksheets(
        {name: item_card for name, item_card in CARDS.items() if name != "No4"}
    ),
    "card_twice.xlsx": lambda: on_worksheets(CARDS | {"No2 (2)": CARDS["No2"]}),
    "card_with_an_unknown_status.xlsx": lambda: on_worksheets(
        CARDS | {"No2": card([*ITEMS[1][:3], "一部", *ITEMS[1][4:]])}
    ),
    "card_without_a_status.xlsx": lambda: on_worksheets(
        CARDS | {"No2": card([*ITEMS[1][:3], None, *ITEMS[1][4:]])}
    ),
    "card_with_two_statuses.xlsx": lambda: on_worksheets(
        CARDS | {"No2": [*CARDS["No2"], ["進捗状況", "実施"]]}
    ),
    "a_sheet_for_every_policy.xlsx": lambda: books({"Ⅰ": rows()[:5], "Ⅱ": [*rows()[:2], *rows()[5:]]}),
    "totals_beside_the_items.xlsx": lambda: books(
        {"状況調査": rows(), "集計": lines("実施状況,項目数\n実施,3\n一部実施,1\n検討中,1\n未実施,1\n計,6")}
    ),
    "other_totals_beside_the_items.xlsx": lambda: books(
        {"状況調査": rows(), "集計": lines("実施状況,項目数\n実施,4\n一部実施,1\n検討中,1\n未実施,0\n計,6")}
    ),
}

# Cards with the values of several years

LAST = "未実施"  # of every item
WITH_YEARS: dict[str, Callable[[Sequence[Any]], Lines]] = {
    "below": lambda item: [
        ["番号", item[0], "推進項目", item[2]],
        ["実施期間", "R3", "R5"],
        ["年度", "計画", "実施状況", "主な取組", "所管課"],
        ["前年度", "R3に設計", LAST, "去年", "旧課"],
        ["令和4年度（実績）", "R4に工事", item[3], item[4], item[5]],
        ["令和5年度", None, None, None, None],
    ],
    "beside": lambda item: [
        ["番号", item[0]],
        ["実施状況", "R3", LAST],
        [None, "R4", item[3]],
        ["主な取組", "2021", "去年"],
        [None, "2022", item[4]],
        ["所管課", item[5]],
    ],
    "over": lambda item: [
        ["番号", item[0]],
        ["年度", "令和3年度", "令和4年度", "令和5年度"],
        ["実施状況", LAST, item[3], "検討中"],
        ["主な取組", "去年", item[4]],
        ["所管課", item[5]],
    ],
    "under_statuses": lambda item: [
        ["番号", item[0]],
        ["実施状況", *STATUSES],
        ["前回", *("○" if status == LAST else None for status in STATUSES)],
        ["今回", *("○" if status == item[3] else None for status in STATUSES)],
        ["主な取組", item[4]],
        ["所管課", item[5]],
    ],
}
written(
    {
        f"cards_with_years_{where}.csv": below_each_other([card_of(item) for item in ITEMS])
        for where, card_of in WITH_YEARS.items()
    }
    | {
        "card_with_another_year_alone.csv": below_each_other(
            [WITH_YEARS["over"](item if item[0] != 3 else [*item[:3], None, *item[4:]]) for item in ITEMS]
        )
    }
)


def rows_of_two_years() -> bytes:
    """A row for last year over that of this year for each item, whose number is merged; this year's status of 2 is missing."""
    sheet: Lines = [[TITLE], ["番号", "推進項目", "年度", "実施状況"]]
    for item in ITEMS[:2]:
        sheet += [[item[0], item[2], "R3", LAST], [None, None, "R4", item[3] if item[0] != 2 else None]]
    sheet += [[item[0], item[2], "R4", item[3]] for item in ITEMS[2:]]
    return book(sheet, merging("A3:A4 B3:B4 A5:A6 B5:B6"))


FIXTURES["rows_of_two_years.xlsx"] = rows_of_two_years

# Tables on their side


def lying(head: str, columns: str, title: str = "令和4年度 実施状況調査") -> Lines:
    """The lines of a table with its columns as rows, under a title."""
    return [[title], *map(list, zip(*table(head, columns), strict=True))]


def hidden_item() -> bytes:
    """A table on its side, the column of one of its items hidden, its policies merged across."""

    def edit(sheet: Any) -> None:
        sheet.column_dimensions["C"].hidden = True
        sheet.merge_cells("B3:D3")

    return book(lying("番号,基本方針,推進項目,実施状況,備考", "A,B,C,D,G"), edit)


BY_STATUS = [["番号", *(item[0] for item in ITEMS)], ["推進項目", *(item[2] for item in ITEMS)]] + [
    [status, *("○" if item[3] == status else None for item in ITEMS)] for status in STATUSES
]
written(
    {
        "items_in_columns.csv": [*lying("番号,基本方針,推進項目,実施状況,備考", "A,B,C,D,G"), [], ["※ 注"]],
        "items_in_columns_with_more.csv": [
            ["令和4年度"],
            ["受付番号", *"abcdef"],
            *lying("番号,推進項目,実施状況,主な取組,所管課,備考", "A,C,D,E,F,G")[1:],
            ["予算額", *("100" for _ in ITEMS)],
            ["決算額", "90", None, "80"],
        ],
        "items_in_columns_with_marks.csv": [["令和4年度"], *BY_STATUS],
        "marks_under_counts.csv": marked(
            "番号,基本方針,推進項目,実施（3項目）,一部実施（１件）,検討中（1）,未実施,,,"
        ),
        "marks_yes_and_no.csv": marked(ONE_ROW, ["はい"] * 6, "いいえ"),
        "marks_of_letters.csv": marked(ONE_ROW, "oooooo"),
        "cut_at_blanks.csv": [["令和4年度"], ["番号 推進項目 実施状況"], ["1 窓口のワンストップ化 実施"]],
        "cut_at_typed_tabs.csv": [["\\t".join(NAMES)], ["\\t".join(map(str, ITEMS[0][:6]))]],
        "pasted_into_one_column.xlsx": [[",".join(str(cell or "") for cell in line)] for line in rows()],
        "unknown_status_in_columns.csv": [
            [text if text != "検討中" else "検討" for text in line]
            for line in lying("番号,推進項目,実施状況", "A,C,D")
        ],
    }
)
FIXTURES["items_in_columns_hidden.xlsx"] = hidden_item
