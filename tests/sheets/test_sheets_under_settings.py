"""What a plan's settings change in how its sheets are read."""

from dataclasses import replace

from helpers.fiscal_year import FiscalYear, Period
from helpers.plan import Status
from helpers.plan.reading.plan_file import load_plan
from spreadsheets import inspect_bytes

YEAR = FiscalYear(2022)
HEADER = "番号,基本方針,推進項目,実施状況,主な取組\n"


def read(plan, lines: str):
    return inspect_bytes(lines.encode(), "R4.csv", plan, YEAR)


def codes(reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def with_items(plan, count: int, **changes):
    items = plan.items[:count]
    return replace(plan, items=(replace(items[0], **changes), *items[1:]))


def test_an_item_listed_again_under_another_policy_counts_once_with_the_text_of_its_own(minato):
    plan = with_items(minato, 1, also_in=(minato.policies[1],))
    again, own = "1,Ⅱ,窓口のワンストップ化,実施,再び\n", "1,Ⅰ,窓口のワンストップ化,実施,本文\n"
    for lines in (again + own, own + again):
        reading = read(plan, HEADER + lines + "合計,,,1,\n")
        assert reading.findings == ()
        assert reading.status_sheet.statuses[["policy", "activities"]].to_numpy().tolist() == [["Ⅰ", "本文"]]


def test_an_item_listed_again_must_have_one_status(minato):
    plan = with_items(minato, 1, also_in=(minato.policies[1],))
    reading = read(plan, HEADER + "1,Ⅱ,窓口のワンストップ化,検討中,\n1,Ⅰ,窓口のワンストップ化,実施,\n")
    assert codes(reading) == ["repeat_differs"]


def test_a_repeat_that_the_plan_does_not_know_is_refused_with_its_remedy(minato):
    lines = "1,Ⅰ,窓口のワンストップ化,実施,\n1,Ⅱ,窓口のワンストップ化（再掲）,実施,\n"
    reading = read(with_items(minato, 1), HEADER + lines)
    assert codes(reading) == ["policy_mismatch"]
    assert "items.csv に書く" in reading.findings[0].message


def test_a_word_that_is_not_in_use_in_the_year_is_unknown(minato):
    old = Status("着手", life=Period(FiscalYear(2020), FiscalYear(2021)))
    plan = replace(with_items(minato, 1), statuses=(*minato.statuses, old))
    reading = read(plan, "番号,実施状況\n1,着手\n")
    assert codes(reading) == ["unknown_status"]
    assert "着手／" not in reading.findings[0].message
    assert inspect_bytes("番号,実施状況\n1,着手\n".encode(), "R3.csv", plan).findings == ()


def test_digits_as_statuses_are_not_taken_for_counts(minato):
    plan = replace(with_items(minato, 3), statuses=tuple(Status(digit) for digit in "321"))
    reading = read(plan, "番号,実施状況\n1,3\n2,1.0\n3,２\n合計,3\n")
    assert reading.findings == ()
    assert reading.status_sheet.statuses["status"].tolist() == ["3", "1", "2"]
    assert codes(read(plan, "番号,実施状況\n1,3\n2,1\n3,4\n")) == ["unknown_status"]


def test_statuses_that_differ_in_case_only_are_told_apart(minato):
    plan = replace(with_items(minato, 2), statuses=(Status("A"), Status("a")))
    assert read(plan, "番号,実施状況\n1,Ａ\n2,a\n").status_sheet.statuses["status"].tolist() == ["A", "a"]


def test_case_does_not_matter_where_it_distinguishes_nothing(minato):
    plan = replace(with_items(minato, 1), statuses=(Status("A"), Status("B")))
    assert read(plan, "番号,実施状況\n1,ｂ\n").status_sheet.statuses["status"].tolist() == ["B"]


def test_column_names_of_the_plan_are_found_too(minato):
    aliases = minato.column_aliases | {"実施状況": (*minato.column_aliases["実施状況"], "判定")}
    plan = replace(with_items(minato, 1), column_aliases=aliases)
    assert read(plan, "番号,判定\n1,実施\n").findings == ()
    assert codes(read(with_items(minato, 1), "番号,判定\n1,実施\n")) == ["no_header"]


def test_a_total_may_leave_out_statuses_that_do_not_count(minato):
    statuses = (Status("実施"), Status("対象外", counted=False))
    plan = replace(with_items(minato, 3), statuses=statuses)
    lines = "番号,実施状況\n1,実施\n2,対象外\n3,実施\n合計,"
    assert codes(read(plan, f"{lines}2\n")) == codes(read(plan, f"{lines}3\n")) == []
    assert codes(read(plan, f"{lines}1\n")) == ["total_disagrees"]


def test_a_column_name_of_the_plan_goes_before_the_same_name_of_another_column(city):
    # 評価 is 実施状況 unless the plan says otherwise.
    folder = city({}, more='\n[columns]\n"備考" = ["評価"]\n') / "data" / "raw" / "machi"
    lines = "番号,実施状況,評価\n1,完了,良\n2,完了,\n3,完了,可\n4,完了,\n"
    reading = inspect_bytes(lines.encode(), "R2.csv", load_plan(folder))
    assert reading.findings == ()
    assert reading.status_sheet.statuses["remarks"].tolist() == ["良", "", "可", ""]
    without = lines.replace("実施状況", "様子").encode()
    assert codes(inspect_bytes(without, "R2.csv", load_plan(folder))) == ["missing_column"]
