"""Layouts: titles, headers, merged cells, policies as headings, totals, what is hidden, several worksheets."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook

from .writing import (
    ACTIVITIES,
    FIRST,
    FIXTURES,
    HEADER,
    ITEMS,
    NUMBER,
    POLICY,
    STATUS,
    TITLE,
    Rows,
    book,
    books,
    fill,
    fixture,
    in_column,
    merging,
    rows,
    saved,
    shared,
    through_office,
    written,
)

PLAIN = rows()
UPPER, LOWER = PLAIN[:5], PLAIN[5:]  # title, header and the first policy's items; the second policy's
WITHOUT_POLICY = [[item[0], None, *item[2:]] for item in ITEMS]


@fixture("title_rows_and_empty_column.xlsx")
def title_rows_and_empty_column() -> bytes:
    workbook = Workbook()
    fill(workbook.active, [["架空みなと市"], [None, "行政改革推進室"], [None, None, None, "令和４年度"]])
    fill(workbook.active, rows(title=None), row=5, column=2)
    return saved(workbook)


# Headers

three = ["番号", "基本方針", "推進項目"]
written(
    {
        "two_header_rows.xlsx": [
            [TITLE],
            [*three, "令和4年度", None, "所管課", "備考"],
            [None, None, None, "実施状況", "主な取組"],
            *ITEMS,
        ]
    },
    edit=merging("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3", "G2:G3"),
)
written(
    {
        "years_side_by_side.xlsx": [
            [TITLE],
            [*three, "実施状況", None, None, "主な取組"],
            [None, None, None, "R2", "R3", "R4"],
            *([*item[:3], "未実施", "検討中", *item[3:5]] for item in ITEMS),
        ]
    },
    edit=merging("A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:G3"),
)
written(
    {
        "a_block_for_every_year.xlsx": [
            ["実施状況調査（令和3年度・令和4年度）"],
            ["推進項目", None, "令和３年度", None, "2022年度", None],
            ["No.", "項目名", "実施状況", "主な取組", "実施状況", "主な取組"],
            *([item[0], item[2], "検討中", "昨年の取組", item[3], item[4]] for item in ITEMS),
        ]
    },
    edit=merging("A2:B2", "C2:D2", "E2:F2"),
)
renamed = rows()
renamed[1][ACTIVITIES] = "今年度やったこと"
written(
    {
        "two_header_rows_unmerged.xlsx": [
            [TITLE],
            [*three, "実施状況", None, "所管課", "備考"],
            [None, None, None, "状況", "主な取組"],
            *ITEMS,
        ],
        "last_year_beside.xlsx": [
            [TITLE],
            [*three, "令和３年度\n実施状況", "前年度の状況", *HEADER[3:]],
            *([*item[:3], "検討中", "検討中", *item[3:]] for item in ITEMS),
        ],
        "header_additions.xlsx": [
            [TITLE],
            [
                "番　号",
                "基本方針",
                "推進項目名",
                "令和4年度\n実施状況（必須）",
                "主な取組※1",
                "所管課【部】",
                "備 考",
            ],
            *ITEMS,
        ],
        "column_of_another_name.csv": renamed,
        "only_the_required_columns.csv": [
            ["番号", "実施状況"],
            *([item[NUMBER], item[STATUS]] for item in ITEMS),
        ],
        "repeated_header.xlsx": [*UPPER, [], [TITLE], HEADER, *LOWER],
    }
)
aliases = ["No.", "施策の柱", "取組項目", "進捗状況", "取組内容", "担当課", "特記事項"]
written({"header_aliases.csv": [[TITLE], aliases, *ITEMS]}, "cp932")

written({"merged_policies.xlsx": PLAIN}, edit=merging("A1:G1", "B3:B5", "B6:B8"))
written(
    {
        "policy_heading_rows.xlsx": [
            [TITLE],
            HEADER,
            [f"基本方針{FIRST}（３項目）"],
            *WITHOUT_POLICY[:3],
            ["基本方針２　健全な財政運営"],
            *WITHOUT_POLICY[3:],
        ]
    },
    edit=merging("A3:G3", "A7:G7"),
)
bare = rows(in_column(POLICY, [None] * 6))
written(
    {
        "policy_headings_in_two_cells.csv": [
            *bare[:2],
            ["Ⅰ", "市民サービスの向上"],
            *bare[2:5],
            [None, None, "Ⅰ 小計", 3],
            ["Ⅱ", "健全な財政運営"],
            *bare[5:],
        ]
    }
)

total = [*PLAIN, ["合計", None, 6, "実施3、一部実施1、検討中1、未実施1"]]
written(
    {
        "notes_and_totals.xlsx": [
            ["※調査の注"],
            *UPPER,
            ["小計", None, None, "3"],
            *LOWER,
            [None, "小　計", None, "３項目"],
            ["合　計", None, "6", "実施：3、一部実施：1、検討中：1、未実施：1"],
            [],
            [None, None, "実施", 3],
            [None, None, "一部実施", 1],
            [None, None, "計", 6],
            ["※ 令和5年3月31日現在"],
            ["（注）担当課は当時の名称"],
        ],
        "totals_under_every_policy.xlsx": [
            *UPPER,
            [None, None, "計", 3],
            *LOWER,
            [None, None, "計", 3],
            [None, None, "合計", 6],
        ],
        "totals_named_for_policies.csv": [
            *UPPER,
            ["Ⅰ 計", None, None, 3],
            *LOWER,
            ["小計（Ⅱ）", None, None, 3],
            ["計", None, None, 6],
        ],
        "total_agrees.csv": total,
        "notes_below.csv": [*PLAIN, ["※導出: 令和5年度の資料から"], ["合計", "", "", "6"]],
        "items_in_another_order.csv": [*PLAIN[:2], *reversed(PLAIN[2:])],
        "repeated_items.xlsx": [
            *PLAIN,
            [2, FIRST, "高齢者の見守り支援（再掲）", "一部実施"],
            ["合計", None, None, 6],
        ],
        "令和４年度_実施状況調査.csv": rows(title=None),
    }
)
first = rows({(1, ACTIVITIES): "総合窓口を"})
written(
    {"item_over_two_rows.xlsx": [*first[:3], [None, None, None, None, "開いた。"], *first[3:]]},
    edit=merging("A3:A4", "B3:B4", "C3:C4", "D3:D4", "F3:F4"),
)
written({"status_over_two_items.xlsx": rows({(6, STATUS): None, (5, STATUS): "実施"})}, edit=merging("D7:D8"))
written({"status_merged_across.xlsx": rows({(2, STATUS): None})}, edit=merging("C4:D4"))


@fixture("blank_rows.xlsx")
def blank_rows() -> bytes:
    def edit(sheet: Any) -> None:
        for row in range(12, 191):
            sheet.cell(row, 4).number_format = "@"
            sheet.cell(row, 5).value = " "

    return book([*PLAIN[:4], [], [None, "　"], *PLAIN[4:]], edit)


# What is hidden


def _hide(sheet: Any) -> None:
    for row in (4, 5, 8):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["F"].hidden = True


def _hide_sheet(sheet: Any) -> None:
    sheet.sheet_state = "hidden"


SEVERAL: dict[str, Rows] = {
    "表紙": [["照会文"]],
    "記入例": rows({(1, STATUS): "検討中"}),
    "状況調査": PLAIN,
    "【入力例】（２）": PLAIN,
}
written({"hidden_rows_and_columns.xlsx": PLAIN}, edit=_hide)
FIXTURES |= {
    "several_sheets.xlsx": lambda: books(SEVERAL),
    "hidden_sheet.xlsx": lambda: books(SEVERAL | {"旧": rows({(2, STATUS): "実施"})}, _hide_sheet),
    "a_sheet_for_every_year.xlsx": lambda: books({"R3": rows(title="令和3年度 実施状況調査"), "R4": PLAIN}),
    "only_the_example.xlsx": lambda: book(PLAIN, sheet="記入例"),
    "two_candidate_sheets.xlsx": lambda: books({"市民部": PLAIN, "財政部": PLAIN}),
    "total_agrees.xlsx": lambda: shared(book(total)),
}
through_office(
    {
        "total_agrees.xls": lambda: book(total),
        "total_agrees.ods": lambda: book(total),
        **{
            f"{name}_{ending}.{ending}": FIXTURES[f"{name}.xlsx"]
            for name in ("merged_policies", "hidden_rows_and_columns", "hidden_sheet")
            for ending in ("ods", "xls")
        },
    }
)
