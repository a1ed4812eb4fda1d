"""``docs/plan-settings.md`` is held to the code: every key that is read is listed, every listed key is read."""

import re
import tomllib
from pathlib import Path

import pytest

from helpers.fiscal_year import FiscalYear
from helpers.plan import COLUMN_ALIASES
from helpers.plan.printing import PrintingRules
from helpers.plan.reading.declared.measures_file import MEASURE_COLUMNS
from helpers.plan.reading.items_file import COLUMNS, OPTIONAL_COLUMNS
from helpers.plan.reading.plan_file import load_plan
from helpers.plan.reading.toml_section import Section
from helpers.plan.reserved_words import TAKEN, TOTAL_LABELS
from small_city import City, effect

PLANS = Path(__file__).parents[1] / "plans"
OTHER_TABLES = """
[[brackets]]
name = "進展"
statuses = ["完了", "進行中"]

[[printing_changes]]
year = 2021
decimals = 0

[[policies.renamed]]
year = 2021
name = "暮らし"

[effects_total]
name = "効果額"

[[known_shares]]
year = 2019
shares = { "完了" = 100, "進行中" = 0, "未着手" = 0 }
policies = { "1" = { "完了" = 100, "進行中" = 0, "未着手" = 0 } }
"""


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "plan-settings.md").read_text(encoding="utf-8")


def table(page: str, section: str) -> list[list[str]]:
    """The cells of the rows of a section's table, without code marks."""
    text = page.split(f"## {section}\n")[1].split("\n## ")[0]
    rows = [line for line in text.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]


def keys_that_are_read(monkeypatch: pytest.MonkeyPatch, city: City) -> set[str]:
    """Every key that loading the synthetic plans and a small city asks for, which have every table between them."""
    sections: list[Section] = []
    begin = Section.__init__

    def remember(self: Section, *arguments: object) -> None:
        begin(self, *arguments)  # type: ignore[arg-type]
        sections.append(self)

    monkeypatch.setattr(Section, "__init__", remember)
    for plan in ("umikaze", "shiosai"):
        load_plan(PLANS / plan)
    parts = effect("歳入", "歳入見込", "歳入実績") + effect("歳出", "歳出見込", "歳出実績")
    city({}, more=OTHER_TABLES + parts)
    sections = [section for section in sections if section.file.name == "plan.toml"]
    tables = {re.sub(r"\[\d+\]", "[]", section.location) for section in sections}
    keys = {re.sub(r"\[\d+\]", "[]", section.where(key)) for section in sections for key in section.known}
    return {_generic(key) for key in keys if key not in tables and f"{key}[]" not in tables}


def _generic(key: str) -> str:
    if key.startswith("columns."):
        return "columns.<列名>"
    if key.startswith("printing_changes[]."):
        return key if key.endswith(".year") else "printing_changes[].<設定>"
    if key.startswith("known_shares[].shares."):
        return "known_shares[].shares.<区分>"
    if key.startswith("known_shares[].policies."):
        return "known_shares[].policies.<基本方針>.<区分>"
    if key.startswith("departments."):
        return "departments.<旧課名>"
    return re.sub(
        r"^(judgements.*\.map)\..*", r"\1.<語>", re.sub(r"^(status_changes.*\.map)\..*", r"\1.<旧区分>", key)
    )


def test_every_key_that_is_read_is_listed_and_every_listed_key_is_read(
    page: str, monkeypatch: pytest.MonkeyPatch, city: City
) -> None:
    listed = [row[0].strip("`") for row in table(page, "plan.toml")]
    assert len(set(listed)) == len(listed)
    assert set(listed) == keys_that_are_read(monkeypatch, city)


def test_every_column_of_the_items_is_listed(page: str) -> None:
    assert [row[0].strip("`") for row in table(page, "items.csv")] == [*COLUMNS, *OPTIONAL_COLUMNS]


def test_every_column_of_the_measures_is_listed(page: str) -> None:
    assert [row[0].strip("`") for row in table(page, "measures.csv")] == [*MEASURE_COLUMNS]


def test_every_column_of_the_sheets_that_can_be_renamed_is_listed(page: str) -> None:
    (row,) = [row for row in table(page, "plan.toml") if row[0] == "`columns.<列名>`"]
    assert [name for name in COLUMN_ALIASES if name not in row[3]] == []


def test_the_words_that_no_status_may_be_are_listed(page: str) -> None:
    (row,) = [row for row in table(page, "plan.toml") if row[0] == "`statuses[].name`"]
    assert [word for word in (*TOTAL_LABELS, *TAKEN) if f"`{word}`" not in row[-2]] == []


def test_the_defaults_are_those_of_the_code(page: str) -> None:
    defaults = PrintingRules()
    for row in table(page, "plan.toml"):
        if row[0].startswith("`printing."):
            code = getattr(defaults, row[0].strip("`").removeprefix("printing."))
            assert row[2].strip("`") == (str(code).lower() if isinstance(code, bool) else str(code)), row[0]


def test_every_example_is_toml(page: str) -> None:
    for key, *_, example in table(page, "plan.toml"):
        (name,) = tomllib.loads(example.strip("`"))
        assert name == re.sub(r"(\.<[^>]+>)+$", "", key.strip("`")).rsplit(".", 1)[-1] or key in (
            "`columns.<列名>`",
            "`departments.<旧課名>`",
            "`printing_changes[].<設定>`",
        )


def test_the_whole_example_loads(page: str, tmp_path: Path) -> None:
    folder = tmp_path / "machi"
    folder.mkdir()
    for language, name in (("toml", "plan.toml"), ("csv", "items.csv")):
        (block,) = re.findall(rf"```{language}\n(.*?)```", page, re.S)
        (folder / name).write_text(block, encoding="utf-8")
    plan = load_plan(folder)
    assert [len(plan.items_in(FiscalYear(year))) for year in (2021, 2022)] == [2, 3]
    assert plan.counted_names == ("S", "A", "B")
    assert (plan.printing.decimals, plan.printing.decrease) == (0, "▲")
