"""Layouts: titles, headers, merged cells, policies as headings, totals, what is hidden, several worksheets."""

from typing import Any

from spreadsheets import book, books

from .defects import WITHOUT_POLICY
from .writing import (
    FIRST,
    FIXTURES,
    HEADER,
    TITLE,
    inserted,
    lines,
    rows,
    shared,
    table,
    through_office,
    written,
)

PLAIN = rows()
THREE = "番号,基本方針,推進項目"

# Headers

written(
    {
        "two_header_rows.xlsx": table(f"{TITLE}\n{THREE},令和4年度,,所管課,備考\n,,,実施状況,主な取組"),
        "two_header_rows_unmerged.xlsx": table(f"{TITLE}\n{THREE},実施状況,,所管課,備考\n,,,状況,主な取組"),
        "years_side_by_side.xlsx": table(f"{TITLE}\n{THREE},実施状況,,,主な取組\n,,,R2,R3,R4", "A,B,C,未実施,検討中,D,E"),
        "a_block_for_every_year.xlsx": table("実施状況調査（令和3年度・令和4年度）\n推進項目,,令和３年度,,2022年度,\nNo.,項目名,実施状況,主な取組,実施状況,主な取組", "A,C,検討中,昨年の取組,D,E"),
        "last_year_beside.xlsx": table(f"{TITLE}\n{THREE},令和３年度⏎実施状況,前年度の状況,{HEADER[13:]}", "A,B,C,検討中,検討中,D,E,F,G"),
        "header_additions.xlsx": table(f"{TITLE}\n番　号,基本方針,推進項目名,令和4年度⏎実施状況（必須）,主な取組※1,所管課【部】,備 考"),
        "column_of_another_name.csv": rows(E2="今年度やったこと"),
        "column_that_nothing_reads.csv": table(f"{TITLE}\n{HEADER},予算額", "A,B,C,D,E,F,G,1200"),
        "only_the_required_columns.csv": table("番号,実施状況", "A,D"),
        "repeated_header.xlsx": inserted({5: f"\n{TITLE}\n{HEADER}"}),
    }
)  # fmt: skip
aliases = "No.,施策の柱,取組項目,進捗状況,取組内容,担当課,特記事項"
written({"header_aliases.csv": table(f"{TITLE}\n{aliases}")}, "cp932")

# Policies and merged cells

written(
    {
        "merged_policies.xlsx": PLAIN,
        "policy_heading_rows.xlsx": inserted(
            {2: f"基本方針{FIRST}（３項目）", 5: "基本方針２　健全な財政運営"}, WITHOUT_POLICY
        ),
        "item_over_two_rows.xlsx": inserted({3: ",,,,開いた。"}, rows(E3="総合窓口を")),
        "status_over_two_items.xlsx": rows(D8=None),
        "status_merged_across.xlsx": rows(D4=None),
    }
)

# Totals, notes, order

TOTAL = inserted({8: "合計,,6,実施3、一部実施1、検討中1、未実施1"})
written(
    {
        "policy_headings_in_two_cells.csv": inserted(
            {2: "Ⅰ,市民サービスの向上", 5: ",,Ⅰ 小計,3\nⅡ,健全な財政運営"}, rows(B=[None] * 6)
        ),
        "notes_and_totals.xlsx": [
            ["※調査の注"],
            *inserted(
                {
                    5: "小計,,,'3",
                    8: ",小　計,,３項目\n合　計,,'6,実施：3、一部実施：1、検討中：1、未実施：1\n\n,,実施,3\n,,一部実施,1\n"
                    ",,計,6\n※ 令和5年3月31日現在\n（注）担当課は当時の名称",
                }
            ),
        ],
        "totals_under_every_policy.xlsx": inserted({5: ",,計,3", 8: ",,計,3\n,,合計,6"}),
        "totals_named_for_policies.csv": inserted({5: "Ⅰ 計,,,3", 8: "小計（Ⅱ）,,,3\n計,,,6"}),
        "total_agrees.csv": TOTAL,
        "notes_below.csv": inserted({8: "※導出: 令和5年度の資料から\n合計,,,6"}),
        "items_in_another_order.csv": [*PLAIN[:2], *reversed(PLAIN[2:])],
        "repeated_items.xlsx": inserted({8: f"2,{FIRST},高齢者の見守り支援（再掲）,一部実施\n合計,,,6"}),
        "令和４年度_実施状況調査.csv": rows(title=None),
    }
)


def blank_rows() -> bytes:
    def edit(sheet: Any) -> None:
        for row in range(12, 191):
            sheet.cell(row, 4).number_format = "@"
            sheet.cell(row, 5).value = " "

    return book(inserted({4: "\n,　"}), edit)


# What is hidden, and several worksheets


def _hide(sheet: Any) -> None:
    for row in (4, 5, 8):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["F"].hidden = True


def _hide_sheet(sheet: Any) -> None:
    sheet.sheet_state = "hidden"


SEVERAL = {
    "表紙": lines("照会文"),
    "記入例": rows(D3="検討中"),
    "状況調査": PLAIN,
    "【入力例】（２）": PLAIN,
}
FIXTURES |= {
    "title_rows_and_empty_column.xlsx": lambda: book(
        lines("架空みなと市\n,行政改革推進室\n,,,令和４年度\n")
        + [[None, *line] for line in rows(title=None)],
        name="Sheet",
    ),
    "blank_rows.xlsx": blank_rows,
    "hidden_rows_and_columns.xlsx": lambda: book(PLAIN, _hide),
    "several_sheets.xlsx": lambda: books(SEVERAL),
    "hidden_sheet.xlsx": lambda: books(SEVERAL | {"旧": rows(D4="実施")}, _hide_sheet),
    "a_sheet_for_every_year.xlsx": lambda: books({"R3": rows(title="令和3年度 実施状況調査"), "R4": PLAIN}),
    "worksheet_of_another_year.xlsx": lambda: book(PLAIN, name="R3"),
    "only_the_example.xlsx": lambda: book(PLAIN, name="記入例"),
    "two_candidate_sheets.xlsx": lambda: books({"市民部": PLAIN, "財政部": PLAIN}),
    "total_agrees.xlsx": lambda: shared(book(TOTAL)),
}
through_office(
    {f"total_agrees.{ending}": lambda: book(TOTAL) for ending in ("xls", "ods")}
    | {
        f"{name}_{ending}.{ending}": FIXTURES[f"{name}.xlsx"]
        for name in ("merged_policies", "hidden_rows_and_columns", "hidden_sheet")
        for ending in ("ods", "xls")
    }
)
