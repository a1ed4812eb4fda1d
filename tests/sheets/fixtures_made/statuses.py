"""Statuses, numbers and cards as people write them: numbered, ticked, several in one cell; files cut at rare separators."""

from collections.abc import Callable
from typing import Any

from spreadsheets import Lines, csv_text

from .writing import FIRST, FIXTURES, ITEMS, SECOND, TITLE, inserted, lines, rows, written

NAMES = ("実施", "一部実施", "検討中", "未実施")
MATRIX = "番号,推進項目,実施,一部実施,検討中,未実施"


def listed(write: Callable[[str, bool], str], between: str = "　") -> list[str]:
    """For each item all statuses, each written with whether it is the item's."""
    return [between.join(write(name, name == item[3]) for name in NAMES) for item in ITEMS]


def spread(head: str, write: Callable[[str, bool], list[str]]) -> Lines:
    """The statuses of each item over several cells under one heading."""
    cells = [[text for name in NAMES for text in write(name, name == item[3])] for item in ITEMS]
    return lines(f"{TITLE}\n番号,推進項目,{head}") + [
        [item[0], item[2], *texts, item[4]] for item, texts in zip(ITEMS, cells, strict=True)
    ]


def marked(mark: str, head: str = MATRIX) -> Lines:
    return lines(f"{TITLE}\n{head}") + [
        [item[0], item[2], *(mark if name == item[3] else "" for name in NAMES)] for item in ITEMS
    ]


def named(head: str, way: str, *columns: int, third: str = "") -> Lines:
    """A table whose first column has numbers and names: ``way`` has places for both; ``third``: another third name."""
    return lines(f"{TITLE}\n{head}") + [
        [
            way.format(item[0], third if third and item[0] == 3 else item[2]),
            *(item[column] for column in columns),
        ]
        for item in ITEMS
    ]


def in_one_cell(way: str) -> Lines:
    return [[TITLE]] + [[way.format(*item[:3], item[3], item[4] or "－", item[5])] for item in ITEMS]


written(
    {
        "boxes_in_one_cell.csv": rows(D=listed(lambda name, is_own: ("■" if is_own else "□") + name)),
        "boxes_in_lines.csv": rows(D=listed(lambda name, is_own: ("☑ " if is_own else "☐ ") + name, "\n")),
        "boxes_behind.csv": rows(D=listed(lambda name, is_own: f"{name}（{'○' if is_own else '　'}）")),
        "filled_circles.csv": rows(D=listed(lambda name, is_own: ("●" if is_own else "○") + name)),
        "circle_at_one.csv": rows(D=listed(lambda name, is_own: ("〇" if is_own else "") + name, "・")),
        "boxes_over_cells.csv": spread("実施状況,,,,主な取組", lambda name, is_own: [("■" if is_own else "□") + name]),
        "boxes_beside_words.csv": spread("実施状況,,,,,,,,主な取組", lambda name, is_own: ["レ" if is_own else "", name]),
        "numbered_statuses.csv": rows(D=[f"{'①②③④'[NAMES.index(item[3])]}{item[3]}" for item in ITEMS]),
        "statuses_in_brackets.csv": rows(D=["（実施）", "【一部実施】", "「実施」", "・検討中", "実施。", "4. 未実施"]),
        "marks_of_one_word.csv": marked("済"),
        "marks_of_one_letter.csv": marked("x"),
        "marks_v.csv": marked("Ｖ", "番号,推進項目,実施（該当に○）,②一部実施,検討中（○）,【未実施】"),
        "numbers_in_names.csv": named("推進項目,実施状況,主な取組", "（{}）{}", 3, 4),
        "numbers_and_names_under_one_heading.csv": named("番号・推進項目,実施状況", "{}　{}", 3),
        "cards_with_numbers_in_names.csv": [[TITLE]]
        + [
            line
            for item in ITEMS
            for line in ([["推進項目", f"{item[0]} {item[2]}"], ["実施状況", item[3]], []])
        ],
        "cards_in_one_cell.csv": in_one_cell("番号：{0}　{2}\n実施状況：{3}\n主な取組：\n{4}\n所管課：{5}"),
        "cards_in_one_cell_with_brackets.csv": in_one_cell("個票\n【番号】{0}\n【実施状況】{3}\n担当：山田\n【備考】{5}"),
        "cards_with_marks_under_the_statuses.csv": [[TITLE]]
        + [
            line
            for item in ITEMS
            for line in (
                ["番号", item[0]],
                ["実施状況", *NAMES],
                [None, *("○" if name == item[3] else None for name in NAMES)],
                [],
            )
        ],
        "names_with_marks_before.csv": rows(C=["※窓口のワンストップ化", "【新規】高齢者の見守り支援", "サービス案内の充実（窓口～出張所）（拡充）"]),
        "column_too_narrow.csv": rows(G3="########"),
        "excels_total_of_a_table.csv": inserted({8: "集計,,,6"}),
        "excels_subtotals.csv": inserted({5: f",{FIRST} 集計,,3", 8: f",{SECOND} 集計,,3\n,総計,,6"}),
        "number_of_two_statuses.csv": rows(D3="①実施", D4="①一部実施", D5="①実施"),
        "two_boxes.csv": rows(D4="■実施 ■一部実施 □検討中 □未実施"),
        "no_box.csv": rows(D4="□実施 □一部実施 □検討中 □未実施"),
        "box_of_one.csv": rows(D4="□実施"),
        "number_before_another_name.csv": named("推進項目,実施状況", "{} {}", 3, third="公共施設の集約化"),
    }
)  # fmt: skip


def cut_at(separator: str) -> bytes:
    return csv_text(rows(), separator).encode()


def as_utf32(order: str, mark: bytes) -> Any:
    return lambda: mark + csv_text(rows()).encode(f"utf-32-{order}")


def cut_otherwise() -> bytes:
    """One row with full-width commas, another with tabs."""
    sheet = rows()
    return (
        csv_text(sheet[:3]) + csv_text(sheet[3:4], "，") + csv_text(sheet[4:5], "\t") + csv_text(sheet[5:])
    ).encode()


FIXTURES |= {
    "rows_cut_otherwise.csv": cut_otherwise,
    "filled_up_with_zeros.csv": lambda: csv_text(rows()).encode() + bytes(5),
    "full_width_commas.csv": lambda: cut_at("，"),
    "full_width_semicolons.csv": lambda: cut_at("；"),
    "bars.csv": lambda: cut_at("|"),
    "utf32_little_endian.csv": as_utf32("le", b"\xff\xfe\0\0"),
    "utf32_big_endian.csv": as_utf32("be", b"\0\0\xfe\xff"),
    "utf32_without_bom.csv": as_utf32("le", b""),
}
