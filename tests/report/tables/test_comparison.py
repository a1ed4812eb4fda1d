"""Whatever the statuses and the printing rules: tables cross-foot and changes are differences of what is printed."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import tables
from helpers.fiscal_year import FiscalYear
from helpers.history.counts import TOTAL
from helpers.history.history import History
from helpers.history.opening import history_of
from helpers.plan import Plan
from helpers.plan.printing import CHANGE_FORMS, ROUNDINGS, PrintingRules
from helpers.plan.reading.plan_file import load_plan
from helpers.report.sentences import sections as sentences
from helpers.report.tables.comparison import GRAND_TOTAL
from helpers.sheets.status_sheet import SheetSource, StatusSheet
from plan_shapes import Shape, history_of_shape
from small_city import ITEMS_HEADER, OUTSIDE, SMALL_STATUSES, Small, lay_out

WORDS = ("完了", "進行中", "未着手", "対象外")
STATUSES = SMALL_STATUSES + OUTSIDE
ITEMS = ITEMS_HEADER + "".join(
    f"{number},{1 + number % 2},項目{number},{2021 if number > 9 else 2020},{2020 if number < 3 else ''}\n"
    for number in range(1, 12)
)
BEFORE, NOW = FiscalYear(2020), FiscalYear(2021)

rules = st.builds(
    PrintingRules,
    decimals=st.sampled_from([0, 1, 2]),
    rounding=st.sampled_from(sorted(ROUNDINGS)),
    increase=st.just("+"),
    decrease=st.just("-"),
    no_change=st.just("±0"),
    no_share=st.just("…"),
    change=st.sampled_from(CHANGE_FORMS),
    bare_whole=st.booleans(),
)
# Draw years in which no or all items count more often.
statuses = st.lists(st.sampled_from(WORDS), min_size=9, max_size=9) | st.sampled_from(WORDS).map(
    lambda word: [word] * 9
)


@pytest.fixture(scope="module")
def any_plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    root: Path = lay_out(tmp_path_factory.mktemp("city"), {}, statuses=STATUSES, items=ITEMS)
    return load_plan(root / "data" / "raw" / "machi")


def history(plan: Plan, printing: PrintingRules, before: list[str], now: list[str]) -> History:
    """Two years of the small city, made without files."""
    plan = replace(plan, printing=printing)
    blank = dict.fromkeys(("activities", "department", "remarks", "file", "sheet", "cell"), "")
    sheets = {}
    for year, words in ((BEFORE, before), (NOW, now)):
        records = [
            {"fiscal_year": int(year), "number": item.number, "policy": item.policy.numeral, "item": item.name,
             "status": word, "items": 1, **blank}
            for item, word in zip(plan.items_in(year), words, strict=True)
        ]  # fmt: skip
        sheets[year] = StatusSheet(year, records, SheetSource("x.csv", "0" * 64, ""))
    return history_of(plan, NOW, sheets)


def percent(cell: str) -> Decimal | None:
    return None if cell == "…" else Decimal(cell.removesuffix("%"))


@given(rules, statuses, statuses)
def test_printed_tables_cross_foot(
    any_plan: Plan, printing: PrintingRules, before: list[str], now: list[str]
) -> None:
    two_years = history(any_plan, printing, before, now)
    overall = tables.overall(two_years).printed.set_index("実施状況")
    by_policy = tables.by_policy(two_years).printed
    for column in ("項目数", "前年項目数"):
        counts = overall[column].astype(int)
        assert counts.drop(TOTAL).sum() == counts[TOTAL] == 9
        parts = by_policy[by_policy["実施状況"] != GRAND_TOTAL].astype({column: int})
        assert parts.groupby("実施状況")[column].sum().to_dict() == counts.to_dict()
        assert by_policy.iloc[-1][column] == "9"
    listed = tables.items(two_years).printed["実施状況"].value_counts()
    assert {word: listed.get(word, 0) for word in WORDS} == overall["項目数"].astype(int).drop(
        TOTAL
    ).to_dict()


@given(rules, statuses, statuses)
def test_the_printed_change_is_the_difference_of_the_printed_figures(
    any_plan: Plan, printing: PrintingRules, before: list[str], now: list[str]
) -> None:
    for row in tables.by_policy(history(any_plan, printing, before, now)).printed.to_dict("records"):
        items = int(row["項目数"]) - int(row["前年項目数"])
        shares = percent(row["割合"]), percent(row["前年割合"])
        signed = f"{items:+d}" if items else "±0"
        if row["実施状況"] in (TOTAL, GRAND_TOTAL) or None in shares:
            # A column of points holds no items: a total is 100 % in both years, other rows have no shares.
            in_points = "±0" if None not in shares else "…"
            assert row["前年比"] == (in_points if printing.change == "points" else signed)
            continue
        points = shares[0] - shares[1]
        size = (
            str(abs(points))
            if not (printing.bare_whole and abs(points) in (0, 100))
            else str(int(abs(points)))
        )
        moved = (
            f"{'+' if points > 0 else '-'}{Decimal(size):.{0 if '.' not in size else printing.decimals}f}%"
        )
        changes = {
            "items": signed,
            "points": moved if points else "±0",
            "items_and_points": f"{signed}({moved if points else '±0'})" if items or points else "±0",
        }
        assert row["前年比"].replace(".00%", "%").replace(".0%", "%") == changes[printing.change].replace(
            ".00%", "%"
        ).replace(".0%", "%")


@given(rules, statuses, statuses)
def test_shares_that_do_not_sum_to_100_are_said_and_no_others(
    any_plan: Plan, printing: PrintingRules, before: list[str], now: list[str]
) -> None:
    two_years = history(any_plan, printing, before, now)
    table = tables.overall(two_years)
    notes = " ".join(table.notes)
    for column, year in (("割合", NOW), ("前年割合", BEFORE)):
        shares = [percent(cell) for cell in table.printed[column][:3]]
        if None in shares:
            assert shares == [None] * 3
        else:
            assert (sum(shares) != 100) == (f"{year} {printing.share(sum(shares))}" in notes)
    assert "「対象外」は割合の分母に含みません" in notes


@given(rules, statuses, statuses)
def test_every_sentence_can_be_told(
    any_plan: Plan, printing: PrintingRules, before: list[str], now: list[str]
) -> None:
    two_years = history(any_plan, printing, before, now)
    for make in (sentences.overall, sentences.by_policy, sentences.moved, sentences.summary):
        for line in repr(make(two_years)).split("\n"):
            assert line.endswith("。")
            assert not any(word in line for word in ("None", "nan", "…", "、。", "全0")), line


@given(rules, statuses, statuses)
def test_records_say_the_same_as_the_cells(
    any_plan: Plan, printing: PrintingRules, before: list[str], now: list[str]
) -> None:
    table = tables.overall(history(any_plan, printing, before, now))
    for cells, record in zip(table.printed.to_dict("records"), table.records.to_dict("records"), strict=True):
        assert (cells["実施状況"], int(cells["項目数"])) == (record["status"], record["items"])
        share = percent(cells["割合"])
        assert pd.isna(record["share"]) if share is None else Decimal(str(record["share"])) * 100 == share


def test_a_plan_that_names_no_marks_has_those_of_the_document(small: Small) -> None:
    table = tables.by_policy(small({2020: "完了 完了 未着手 未着手", 2021: "完了 未着手 未着手 未着手"}))
    assert list(table.printed["前年比"])[:4] == ["△1(△50.0%)", "-", "+1(+50.0%)", "-"]
    assert list(table.printed["前年比"])[-1] == "-"
    assert list(table.records["change_items"])[:4] == [-1, 0, 1, 0]


def test_sums_beside_100_percent_of_many_policies_are_counted_after_twenty(plan: Plan) -> None:
    history = history_of_shape(plan, Shape(items=63, statuses=3, policies=21, moved=0))
    table = tables.by_policy(history)
    assert table is not None
    (note,) = (note for note in table.notes if note.startswith("※端数処理"))
    assert note.count("99.9%") == 20 and note.endswith("、ほか22件）。")
