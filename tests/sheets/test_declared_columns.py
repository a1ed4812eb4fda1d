"""The columns that a plan declares: what is read from a sheet, and what is found at which cell."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from helpers.fiscal_year import FiscalYear
from helpers.plan.reading.plan_file import load_plan
from helpers.sheets import Finding, StatusSheet, inspect_sheet
from helpers.sheets.reading import inspect_parts
from small_city import City
from spreadsheets import book, csv_text, inspect_bytes, mark_up, merging

DECLARED = """
[[fields]]
name = "理由"
required = true
longest = 10

[[measures]]
columns = { indicator = "指標", unit = "単位", better = "方向", baseline = "基準値", target = "目標値", actual = "実績値" }
grades = [{ name = "良", from = 90, status = "完了" }, { name = "否", status = "未着手" }]
status = "STATUS"

[[effects]]
name = "効果"
unit = "千円"
columns = { planned = "見込", actual = "決算" }

[[judgements]]
name = "外部"
column = "委員会"
statuses = ["妥当", "要改善"]
votes = ["賛成"]
"""
HEAD = (
    "番号",
    "実施状況",
    "理由",
    "指標",
    "単位",
    "方向",
    "基準値",
    "目標値",
    "実績値",
    "見込",
    "決算",
    "委員会",
    "賛成",
)
ROW = ("1", "完了", "早い", "待ち時間", "分", "減", "20", "15", "14", "1,000", "▲5", "妥当", "4")
EMPTY = ("済",) + ("",) * 10
ITEMS = "番号,基本方針,推進項目,開始年度,終了年度\n1,1,窓口の案内,2020,\n"
Read = Callable[..., tuple[StatusSheet | None, tuple[Finding, ...]]]


def text_of(*rows: tuple[str, ...]) -> bytes:
    return "\n".join("\t".join(row) for row in rows).encode()


@pytest.fixture
def read(city: City) -> Read:
    """Read rows as a sheet of the small city's fiscal 2020; ``changes`` replace cells of the usual row by heading."""

    def reading(
        *rows: tuple[str, ...],
        status: str = "check",
        head: tuple[str, ...] = HEAD,
        data: bytes = b"",
        tsv: str = "",
        more: str = "",
        **changes: str,
    ) -> tuple[StatusSheet | None, tuple[Finding, ...]]:
        root = city({}, items=ITEMS, more=DECLARED.replace("STATUS", status) + more)
        row = tuple(changes.get(heading, cell) for heading, cell in zip(HEAD, ROW, strict=True))
        name = "R2.xlsx" if data else "R2.tsv"
        plan = load_plan(root / "data" / "raw" / "machi")
        reading = inspect_bytes(
            data or tsv.encode() or text_of(head, *(rows or (row,))), name, plan, FiscalYear(2020)
        )
        return reading.status_sheet, reading.findings

    return reading


def messages(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{finding.cell} {finding.code}: {finding.message}" for finding in findings]


def test_every_declared_value_is_read_with_its_cell(read: Read) -> None:
    sheet, findings = read()
    assert findings == ()
    assert [(v.kind, v.name, v.part, v.role, v.text, v.cell) for v in sheet.values] == [
        ("field", "理由", "", "text", "早い", "C2"),
        ("effect", "効果", "", "planned", "1000", "J2"),
        ("effect", "効果", "", "actual", "-5", "K2"),
        ("judgement", "外部", "", "word", "妥当", "L2"),
        ("vote", "外部", "", "賛成", "4", "M2"),
        ("measure", "目標", "待ち時間", "indicator", "待ち時間", "D2"),
        ("measure", "目標", "待ち時間", "unit", "分", "E2"),
        ("measure", "目標", "待ち時間", "better", "less", "F2"),
        ("measure", "目標", "待ち時間", "baseline", "20", "G2"),
        ("measure", "目標", "待ち時間", "target", "15", "H2"),
        ("measure", "目標", "待ち時間", "actual", "14", "I2"),
    ]
    assert {(value.number, value.file) for value in sheet.values} == {("1", "R2.tsv")}


FOUND = {
    "C2 missing_text: 理由が空です。記入してください": {"理由": ""},
    "C2 too_long: 理由が11字あります。10字までで書いてください": {"理由": "あ" * 11},
    "C2 character: 報告書の書体で表示できない文字があります: 絵文字「😀」（U+1F600）。別の文字に書き換えてください": {"理由": "😀"},
    "D2 missing_indicator: 指標が空です。指標の名前を入力してください": {"指標": ""},
    "F2 missing_direction: 方向が空です。「増」か「減」と入力してください": {"方向": ""},
    "F2 unknown_direction: 方向の値「横」は、よい方向と読めません。「増」か「減」と入力してください": {"方向": "横"},
    "H2 not_a_number: 目標値の値「約15」は分の数として読めません。分の数だけを入力してください（ないときは空欄、まだ分からないときは「未集計」）": {"目標値": "約15"},
    "I2 not_a_number: 実績値の値「86.30000000000001」は桁が多すぎて読めません。整数は12桁、小数は6桁までで入力してください": {"実績値": "86.30000000000001"},
    "H2 not_a_number: 目標値の値「1,000,000,000,000」は桁が多すぎて読めません。整数は12桁、小数は6桁までで入力してください": {"目標値": "1,000,000,000,000"},
    "I2 not_a_number: 実績値の値「14人」は分の数として読めません。分の数だけを入力してください（ないときは空欄、まだ分からないときは「未集計」）": {"実績値": "14人"},
    "J2 not_a_number: 見込の値「1百万円」は千円の数として読めません。千円の数だけを入力してください（ないときは空欄、まだ分からないときは「未集計」）": {"見込": "1百万円"},
    "K2 error_value: 決算の数式の結果がエラー（#N/A）です。数式を直すか、値を入力してください": {"決算": "#N/A"},
    "K2 ditto_value: 決算が「〃」です。値そのものを入力してください": {"決算": "〃"},
    "L2 unknown_judgement: 委員会「要改繕」は区分にありません（妥当／要改善）。近い値: 要改善。区分から選び直してください": {"委員会": "要改繕"},
    "M2 not_a_number: 賛成の値「多数」は票の数として読めません。数だけを入力してください": {"賛成": "多数"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("message", "changes"), FOUND.items(), ids=[f"{n} {m.split()[1]}" for n, m in enumerate(FOUND)]
)
def test_a_value_that_cannot_be_read_is_an_error_at_its_cell(
    read: Read, message: str, changes: dict[str, str]
) -> None:
    sheet, findings = read(**changes)
    assert messages(findings) == [message]
    assert sheet is None


def test_a_changed_target_is_read_and_said(read: Read) -> None:
    sheet, findings = read(目標値="15（18分から変更）")
    assert messages(findings) == [
        "H2 target_changed: 目標値が18から15に変更されたものとして読みました。確かめてください"
    ]
    assert {v.role: v.text for v in sheet.values if v.role.startswith("target")} == {
        "target": "15",
        "target_before": "18",
    }


def test_a_dash_and_nothing_are_no_value_and_a_reason_is_kept(read: Read) -> None:
    sheet, findings = read(実績値="（集計中）", 見込="-", 決算="", 委員会="―", 賛成="", 基準値="－")
    assert findings == ()
    assert {v.role: v.text for v in sheet.values if v.kind != "field"} == {
        "indicator": "待ち時間", "unit": "分", "better": "less", "target": "15", "actual": "集計中",
    }  # fmt: skip


def test_a_dash_is_a_word_where_the_judgement_has_it(read: Read) -> None:
    more = '[[judgements]]\nname = "監査"\ncolumn = "監査の評価"\nstatuses = ["適", "-"]\n'
    sheet, findings = read((*ROW, "－"), head=(*HEAD, "監査の評価"), more=more)
    assert findings == ()
    assert [(v.name, v.text) for v in sheet.values if v.role == "word"] == [("外部", "妥当"), ("監査", "-")]


def test_as_above_with_nothing_above_is_said(read: Read) -> None:
    sheet, findings = read((*ROW, "同上"), head=(*HEAD, "所管課"))
    assert messages(findings) == [
        "N2 ditto_of_nothing: 所管課が「同上」ですが、上の行に所管課がないため、空として読みました。内容を入力してください"
    ]
    assert sheet.statuses["department"].tolist() == [""]


def test_amounts_in_another_unit_than_the_plans_are_refused_or_said(read: Read) -> None:
    sheet, findings = read(
        ROW, head=tuple({"見込": "見込（円）", "決算": "決算（千円）"}.get(name, name) for name in HEAD)
    )
    assert sheet is None
    assert messages(findings) == [
        "J1 other_unit: 列見出し「見込（円）」の単位は円ですが、plan.toml では千円です。千円の額を入力して、見出しも直してください"
    ]
    sheet, findings = read(("（単位：百万円）",), HEAD, ROW, head=("令和2年度",))
    assert sheet is not None
    assert messages(findings) == [
        "A2 other_unit: 「（単位：百万円）」とありますが、千円の額として読みました。単位を確かめてください"
    ]


def test_a_missing_column_is_an_error_where_its_text_is_required_else_a_warning(read: Read) -> None:
    head = tuple(name for name in HEAD if name not in ("理由", "見込", "単位"))
    row = tuple(cell for name, cell in zip(HEAD, ROW, strict=True) if name in head)
    _, findings = read(row, head=head)
    assert messages(findings) == [
        "A1 missing_column: 「理由」の列がありません。列を加えて記入してください",
        "A1 missing_column: 「見込」の列がありません。この年度の値はないものとして読みました",
    ]
    assert [finding.is_error for finding in findings] == [True, False]


GRADED = "B2 graded_status: 実施状況「進行中」は、達成率（待ち時間 107.1%）から決まる「完了」と違います。どちらかを直してください"


@pytest.mark.parametrize(("status", "is_error"), [("check", False), ("set", True)])
def test_a_status_is_held_against_the_grade(read: Read, status: str, is_error: bool) -> None:
    _, findings = read(status=status, 実施状況="進行中")
    assert messages(findings) == [GRADED]
    assert findings[0].is_error is is_error


def test_a_grade_gives_the_status_that_the_sheet_leaves_empty(read: Read) -> None:
    sheet, findings = read(status="set", 実施状況="")
    assert findings == ()
    assert list(sheet.statuses["status"]) == ["完了"]
    _, findings = read(status="set", 実施状況="", 実績値="未集計")
    assert [finding.code for finding in findings] == ["missing_status"]
    _, findings = read(status="check", 実施状況="")
    assert [finding.code for finding in findings] == ["missing_status"]


SECOND = ("", "", "", "待ち人数", "人", "増", "", "5", "3", "", "", "", "")


def test_an_item_over_two_rows_has_two_indicators(read: Read) -> None:
    rows = [ROW, SECOND]
    sheet, findings = read(
        data=book([HEAD, *rows], merging("A2:A3 B2:B3 C2:C3")), status="check", 実施状況="x"
    )
    # 3 of 5 is 60 %: the lowest grade goes with the status.
    assert [finding.code for finding in findings] == ["graded_status"]
    assert [(v.part, v.text, v.cell) for v in sheet.values if v.role == "target"] == [
        ("待ち時間", "15", "H2"),
        ("待ち人数", "5", "H3"),
    ]
    assert [v.text for v in sheet.values if v.kind == "effect"] == ["1000", "-5"]


def test_one_indicator_twice_and_a_second_amount_are_errors_in_the_lower_row(read: Read) -> None:
    second = (*SECOND[:3], "待ち時間", "分", "減", "", "9", "9", "7", *SECOND[10:])
    _, findings = read(data=book([HEAD, ROW, second], merging("A2:A3 B2:B3 C2:C3")))
    assert messages(findings) == [
        "H3 indicator_twice: 指標「待ち時間」はH2にもあります。名前を変えるか、どちらかを除いてください",
        "J3 two_values: 一つの項目に見込が二つあります（「7」）。一つにしてください",
    ]


def test_one_indicator_of_two_measures_is_an_error_at_the_second(read: Read) -> None:
    columns = 'indicator = "別の指標", unit = "別の単位", target = "別の目標", actual = "別の実績"'
    head = (*HEAD, "別の指標", "別の単位", "別の目標", "別の実績")
    _, findings = read(
        (*ROW, "待ち 時間", "分", "9", "9"),
        head=head,
        more=f'[[measures]]\nname = "別"\nbetter = "more"\ncolumns = {{ {columns} }}\n',
    )
    assert messages(findings) == [
        "P2 indicator_twice: 指標「待ち 時間」はH2にもあります。名前を変えるか、どちらかを除いてください"
    ]


def test_the_marked_copy_has_a_comment_at_the_cell(read: Read) -> None:
    rows = [tuple("約15" if name == "目標値" else cell for name, cell in zip(HEAD, ROW, strict=True))]
    data = book([HEAD, *rows])
    _, findings = read(data=data)
    copy = openpyxl.load_workbook(io.BytesIO(mark_up(data, findings)))
    assert "「約15」は分の数として読めません" in copy.worksheets[0]["H2"].comment.text


def test_a_file_of_measures_is_no_unread_sheet(city: City, root: Path) -> None:
    from helpers.sheets import SheetFolder

    assert SheetFolder.look(root / "tests" / "plans" / "mihon").unread == ()


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("目標値", "15\n16"), ("目標値", "15②"), ("実績値", "14 13"), ("基準値", "20²"), ("目標値", "15 16（10から変更）"),
        ("見込", "1,000\n2,000"), ("決算", "5①"), ("賛成", "4\n1"), ("賛成", "④"), ("賛成", "4 1"),
    ],
)  # fmt: skip
def test_two_numbers_in_a_cell_and_marks_behind_one_are_no_number(
    read: Read, heading: str, text: str
) -> None:
    row = tuple({**dict(zip(HEAD, ROW, strict=True)), heading: text}[name] for name in HEAD)
    sheet, findings = read(tsv=csv_text([HEAD, row], "\t"))
    assert sheet is None
    assert [finding.code for finding in findings] == ["not_a_number"]


@pytest.mark.parametrize(
    ("unit", "target", "actual", "codes"),
    [
        ("%", "0.9", "92", ["two_scales"]), ("％", "90", "0.85", ["two_scales"]), ("%", "0.9", "1.2", []), ("%", "90", "2", []),
        ("分", "0.9", "92", []), ("%", "0", "92", []), ("%", "0.9", "未集計", []), ("%", "0.9", "△92", []),
    ],
)  # fmt: skip
def test_a_fraction_beside_a_percentage_is_said(
    read: Read, unit: str, target: str, actual: str, codes: list[str]
) -> None:
    sheet, findings = read(単位=unit, 目標値=target, 実績値=actual, 方向="増", status="check")
    assert sheet is not None
    assert [finding.code for finding in findings if finding.code != "graded_status"] == codes


def test_doubtful_rows_of_a_file_of_measures_are_said_once_a_sheet(city: City) -> None:
    folder = city({}) / "data" / "raw" / "machi"
    rows = ["R2,1,待ち,分,減,20,,", "R2,2,率,%,増,,0.9,92", "R3,3,率,%,増,,0.9,92", "R2,4,率,%,増,,90,92"]
    (folder / "measures.csv").write_text(
        "\n".join(["年度,番号,指標,単位,方向,基準値,目標値,実績値", *rows]), encoding="utf-8"
    )
    plan = load_plan(city({2020: "完了 完了 完了 完了"}, more="[[measures]]\n") / "data" / "raw" / "machi")
    reading = inspect_sheet(folder / "2020.csv", plan, FiscalYear(2020))
    assert [(finding.code, finding.cell) for finding in reading.findings] == [
        ("empty_measure", ""),
        ("two_scales", ""),
    ]
    assert "measures.csv の番号1の指標「待ち」の目標値と実績値が空です" in str(reading.findings[0])
    assert not reading.has_errors


def test_a_zero_that_the_worksheet_does_not_show_is_named_where_it_may_be_a_figure(read: Read) -> None:
    def hide_zeros(sheet) -> None:
        sheet.sheet_view.showZeros = False

    row = ("1", "完了", "早い", "待ち時間", "分", "減", 20, 15, 0, 1000, 0, 0, 0)
    data = book([HEAD, row], hide_zeros)
    sheet, findings = read(data=data)
    message = "{}のセルに0がありますが、ゼロを表示しないシートなので、空として読みました。0という値なら、ゼロを表示する設定にしてください"
    named = {"I2": "実績値", "K2": "決算", "M2": "賛成"}
    assert [(each.cell, each.message) for each in findings if each.code == "hidden_zero"] == [
        (cell, message.format(heading)) for cell, heading in named.items()
    ]
    assert not any(value.text == "0" for value in sheet.values)


def test_zeros_that_are_shown_are_figures(read: Read) -> None:
    row = ("1", "完了", "早い", "待ち時間", "分", "減", 20, 15, 0, 1000, 0, "妥当", 0)
    sheet, findings = read(data=book([HEAD, row]))
    assert findings == ()
    assert [value.cell for value in sheet.values if value.text == "0"] == ["K2", "M2", "I2"]


def test_a_row_that_is_left_to_another_department_need_not_have_what_is_required(city: City) -> None:
    items = f"{ITEMS}2,1,道路の点検,2020,\n"
    root = city({}, items=items, more=DECLARED.replace("STATUS", "check"))
    first, second = ROW, ("2", *ROW[1:])
    blanks = [(number, *[""] * len(ROW[1:])) for number in "12"]
    parts = {"R2/甲課.tsv": text_of(HEAD, first, blanks[1]), "R2/乙課.tsv": text_of(HEAD, blanks[0], second)}
    reading = inspect_parts(parts, "R2", load_plan(root / "data" / "raw" / "machi"), FiscalYear(2020))
    assert reading.findings == ()
    assert [(value.number, value.file) for value in reading.status_sheet.values if value.kind == "vote"] == [
        ("1", "R2/甲課.tsv"),
        ("2", "R2/乙課.tsv"),
    ]
