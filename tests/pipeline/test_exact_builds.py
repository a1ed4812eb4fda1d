"""True builds of the synthetic plan after random changes: what was left alone is, byte for byte, what a new build makes."""

import random
import shutil
from pathlib import Path

import pytest
from exact_changes import USED_BY, YEARS

from fingerprints import fingerprint
from helpers.pipeline.identity.manifest import Manifest
from helpers.pipeline.reports import build_reports
from helpers.pipeline.workers import usable_cores
from tries import tries

pytestmark = pytest.mark.slow

SHORT, MANY = 2, 12
ROUNDS = tries(SHORT, MANY)
PLAN = "umikaze"
SHEETS = sorted(name for plan, name in USED_BY if plan == PLAN)
# Texts added at the end of a sheet and of the plan's settings, which the report shows or not.
WORDS = ("※備考を書き加えた。", "※数字を確かめた。", "")
ITEMS = ("", "1-1-1", "2-2-1")


def build(root: Path) -> set[int]:
    """Build what is out of date with kernels and exports; the years that were made."""
    result = build_reports(root, plan_id=PLAN, jobs=usable_cores())
    assert result.is_good, [*result.problems, *(outcome.error for outcome in result.outcomes)]
    return {outcome.target.year.western for outcome in result.outcomes if not outcome.is_current}


def published(root: Path) -> dict[int, dict[str, str]]:
    """SHA-256 of the files of each report, and of its processed frames."""
    processed = fingerprint(root / "data/processed" / PLAN)
    return {
        year: fingerprint(root / "reports" / PLAN / str(year))
        | {name: sha256 for name, sha256 in processed.items() if name.startswith(str(year))}
        for year in YEARS[PLAN]
    }


def identities(root: Path) -> dict[int, object]:
    """What each published report says it was made from."""
    files = {year: root / "reports" / PLAN / str(year) / "manifest.json" for year in YEARS[PLAN]}
    return {year: manifest.identity for year, file in files.items() if (manifest := Manifest.read(file))}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, built_umikaze: Path) -> Path:
    """The synthetic plan with its six reports."""
    root = shutil.copytree(built_umikaze, tmp_path_factory.mktemp("true") / "project")
    assert build(root) == set()
    return Path(root)


def test_no_report_that_was_left_alone_is_stale(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A note or an empty line after a sheet's table, an item's status turned: each round goes on from the last."""
    draw = random.Random(4)
    for _ in range(ROUNDS):
        before, made_before = published(project), identities(project)
        sheets = draw.sample(SHEETS, draw.choice((1, 2)))
        for name in sheets:
            file = project / "data/raw" / PLAN / f"{name}.csv"
            text = turned(file.read_text(encoding="utf-8"), draw.choice(ITEMS))
            file.write_text(f"{text}{draw.choice(WORDS)}\n", encoding="utf-8")
        expected = set().union(*(USED_BY[PLAN, name] for name in sheets))
        assert build(project) == expected
        after, made_after = published(project), identities(project)
        for year in YEARS[PLAN]:
            assert (after[year] == before[year]) == (year not in expected)
            assert (made_after[year] == made_before[year]) == (year not in expected)
    copy = tmp_path_factory.mktemp("copy") / "project"
    for part in ("data/raw", "notebooks"):
        shutil.copytree(project / part, copy / part)
    assert build(copy) == set(YEARS[PLAN])
    assert published(copy) == published(project)
    assert build(project) == set()


def turned(sheet: str, item: str) -> str:
    """The text of a sheet with another status of an item, if it has that item."""
    lines = sheet.splitlines(keepends=True)
    for index, line in enumerate(lines):
        if item and line.startswith(f"{item},"):
            old, new = (",◎,", ",○,") if ",◎," in line else (",○,", ",◎,")
            lines[index] = line.replace(old, new)
    return "".join(lines)


def test_the_page_on_trust_gives_these_numbers(root: Path) -> None:
    page = (root / "docs/trust.md").read_text(encoding="utf-8")
    assert f"{SHORT} rounds of random changes to six sheets [{MANY}]" in page
    assert len(SHEETS) == 6
