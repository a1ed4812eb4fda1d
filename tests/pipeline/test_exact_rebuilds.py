"""A change of one input rebuilds exactly the reports that use it, and nothing else touches any of them."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from exact_changes import FILES, KINDS, OWN_YEAR, REPORTS, USED_BY, sheet
from exact_project import ExactProject
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tries import tries

SHORT, MANY = 4, 60  # examples of each kind of change
EXAMPLES = tries(SHORT, MANY)

# No shrinking: every try is a build, and the drawn example is clear enough.
PHASES = (Phase.explicit, Phase.generate)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExactProject]:
    """A project whose reports are all up to date."""
    project = ExactProject(tmp_path_factory.mktemp("exact"))
    with project.stand_in():
        assert set(project.build().made) == REPORTS
        yield project


@pytest.fixture
def restored(project: ExactProject) -> Iterator[ExactProject]:
    """The project, whose files are put back after the test."""
    remembered = project.remember()
    yield project
    project.restore(remembered)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_change_rebuilds_exactly_the_reports_that_use_it(kind, project: ExactProject) -> None:
    remembered, examples = project.remember(), count()

    @settings(max_examples=EXAMPLES, derandomize=True, database=None, phases=PHASES)
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        project.restore(remembered)
        changed = kind(project, data.draw)
        others = project.state_of(REPORTS - changed.expected.keys())
        stale = project.state_of(changed.expected)
        build = project.build(**changed.options)
        assert {report: build.why[report] for report in build.made} == changed.expected
        assert project.state_of(REPORTS - changed.expected.keys()) == others
        fresh = project.state_of(changed.expected)
        assert not any(stale.get(path) == state for path, state in fresh.items())
        assert all(project.files_of(report) for report in changed.expected)
        if next(examples) == 0:  # then nothing is left to do
            again = project.build(**changed.options | {"force": False})
            assert (again.made, set(again.why.values())) == ((), {("作った時から何も変わっていない",)})
            assert project.state_of(changed.expected) == fresh

    try:
        hold()
    finally:
        project.restore(remembered)


def test_each_file_rebuilds_the_reports_of_the_table(restored: ExactProject) -> None:
    """Every file of both plans and of the program, one after the other."""
    for path, (reports, label) in FILES.items():
        file = restored.root / path
        # White space between the cells is no part of a notebook's source.
        mark = b'"## ' if file.suffix == ".ipynb" else b""
        content = file.read_bytes()
        file.write_bytes(content.replace(mark, mark + b"* ", 1) if mark else content + b"\n")
        build = restored.build()
        assert {report: build.why[report] for report in build.made} == dict.fromkeys(
            reports, (f"{label} が変わった",)
        )


@settings(max_examples=EXAMPLES, derandomize=True, database=None, phases=PHASES)
@given(st.data())
def test_of_several_changed_sheets_each_report_names_its_own(project: ExactProject, data) -> None:
    """What only some years were built for is still seen when the others are."""
    sheets = data.draw(st.sets(st.sampled_from(sorted(USED_BY)), min_size=2, max_size=4))
    first = data.draw(st.sampled_from(sorted({year for _, year in REPORTS})))
    remembered = project.remember()
    try:
        for plan, name in sheets:
            file = sheet(project, plan, name)
            file.write_bytes(file.read_bytes() + b"\n")
        reasons = {
            (plan, year): tuple(
                f"状況調査 {name}.csv が変わった"
                for name in sorted(OWN_YEAR)
                if (plan, name) in sheets and year in USED_BY[plan, name]
            )
            for plan, year in REPORTS
        }
        for years, is_asked in (([first], lambda year: year == first), ((), lambda year: year != first)):
            build = project.build(years)
            assert {report: build.why[report] for report in build.made} == {
                report: why for report, why in reasons.items() if why and is_asked(report[1])
            }
    finally:
        project.restore(remembered)


def test_a_link_that_no_report_reads_leads_nowhere(restored: ExactProject, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_bytes(b"secret")
    for name in ("extra.csv", "published/2022/~$notes.csv", "plan.toml.bak"):
        (restored.root / "data/raw/yamaguchi" / name).symlink_to(tmp_path / "secret.csv")
    assert restored.build().made == ()
    assert restored.build(force=True).made
    assert not any(b"secret" in file.read_bytes() for report in REPORTS for file in restored.files_of(report))


def test_the_page_on_trust_gives_these_numbers(root: Path) -> None:
    page = (root / "docs/trust.md").read_text(encoding="utf-8")
    assert (
        f"each of {len(FILES)} files, and {len(KINDS)} kinds of change, {SHORT} random examples each" in page
    )
    assert f"examples each [{MANY}], held against a table" in page
