"""A change of one input rebuilds exactly the reports that use it, and nothing else touches any of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from exact_changes import KINDS, OWN_YEAR, REPORTS, USED_BY, newline, sheet
from exact_project import ExactProject
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

LONG = os.environ.get("GYOKAKU_TEST_LONG") == "1"
SHORT, MANY = 4, 60  # examples of each kind of change
EXAMPLES = MANY if LONG else SHORT

# Not shrunk where it fails: every try is a build, and what was drawn says enough.
PHASES = (Phase.explicit, Phase.generate)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExactProject]:
    """A project whose reports are all up to date."""
    project = ExactProject(tmp_path_factory.mktemp("exact"))
    with project.stand_in():
        assert set(project.build().made) == REPORTS
        yield project


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_change_rebuilds_exactly_the_reports_that_use_it(kind, project: ExactProject) -> None:
    @settings(max_examples=EXAMPLES, derandomize=True, database=None, phases=PHASES)
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        remembered = project.remember()
        try:
            changed = kind(project, data.draw)
            others = project.state_of(REPORTS - changed.expected.keys())
            stale = project.state_of(changed.expected)
            build = project.build(**changed.options)
            assert {report: build.why[report] for report in build.made} == changed.expected
            assert project.state_of(REPORTS - changed.expected.keys()) == others
            fresh = project.state_of(changed.expected)
            assert not any(stale.get(path) == state for path, state in fresh.items())
            assert all(project.files_of(report) for report in changed.expected)
            assert (project.root / "reports/index.html").stat().st_size > 1000
            again = project.build(**changed.options | {"force": False})
            assert (again.made, set(again.why.values())) == ((), {("作った時から何も変わっていない",)})
            assert project.state_of(changed.expected) == fresh
        finally:
            project.restore(remembered)

    hold()


def test_each_sheet_rebuilds_the_reports_of_the_table(project: ExactProject) -> None:
    """Every sheet of both plans, one after the other."""
    remembered = project.remember()
    try:
        for (plan, name), years in USED_BY.items():
            file = sheet(project, plan, name)
            file.write_bytes(file.read_bytes() + b"\n")
            assert set(project.build().made) == {(plan, year) for year in years}
    finally:
        project.restore(remembered)


@settings(max_examples=2 * EXAMPLES, derandomize=True, database=None, phases=PHASES)
@given(st.data())
def test_of_several_changed_sheets_each_report_tells_its_own(project: ExactProject, data) -> None:
    """What only some years were built for is still seen when the others are."""
    sheets = data.draw(st.sets(st.sampled_from(sorted(USED_BY)), min_size=2, max_size=4))
    first = data.draw(st.sampled_from(range(2018, 2025)).filter(lambda year: year in {y for _, y in REPORTS}))
    remembered = project.remember()
    try:
        for plan, name in sheets:
            file = sheet(project, plan, name)
            file.write_bytes(newline(file.read_bytes(), data.draw))
        expected = {
            (plan, year): tuple(
                f"状況調査 {name}.csv が変わった"
                for name in sorted(OWN_YEAR)
                if (plan, name) in sheets and year in USED_BY[plan, name]
            )
            for plan, year in REPORTS
        }
        expected = {report: told for report, told in expected.items() if told}
        asked = project.build([first])
        assert {report: asked.why[report] for report in asked.made} == {
            report: told for report, told in expected.items() if report[1] == first
        }
        rest = project.build()
        assert {report: rest.why[report] for report in rest.made} == {
            report: told for report, told in expected.items() if report[1] != first
        }
    finally:
        project.restore(remembered)


def test_a_link_that_no_report_reads_leads_nowhere(project: ExactProject, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_bytes(b"secret")
    for name in ("extra.csv", "published/2022/~$notes.csv", "plan.toml.bak"):
        (project.root / "data/raw/yamaguchi" / name).symlink_to(tmp_path / "secret.csv")
    try:
        assert project.build().made == ()
        assert project.build(force=True).made
        assert not any(
            b"secret" in path.read_bytes() for report in REPORTS for path in project.files_of(report)
        )
    finally:
        for link in (project.root / "data/raw/yamaguchi").rglob("*"):
            if link.is_symlink():
                link.unlink()


def test_no_example_sees_what_another_changed(project: ExactProject) -> None:
    """Between examples every byte is as at first, so that no example hides behind another."""
    before = project.remember()
    sheet(project, "umikaze", "R3").unlink()
    project.build()
    project.restore(before)
    assert project.remember() == before
    assert project.build().made == ()


def test_the_page_on_trust_gives_these_numbers(root: Path) -> None:
    page = (root / "docs/trust.md").read_text(encoding="utf-8")
    assert f"{len(KINDS)} kinds of change, {SHORT} random examples each [{MANY}]" in page
