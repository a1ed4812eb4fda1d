"""Many plans through one window: what is under way, what is locked and what is held in memory."""

import errno
import shutil
import threading
import weakref
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import pytest
from filelock import FileLock, Timeout
from small_projects import REPOSITORY, short_report

from helpers.errors import NotebookError
from helpers.fiscal_year import FiscalYear
from helpers.pipeline import job
from helpers.pipeline.builder import Builder
from helpers.pipeline.identity.manifest import NAME
from helpers.pipeline.outcome import CrewError, Watcher
from helpers.pipeline.publication import exclusion
from helpers.pipeline.reports import build_reports
from helpers.pipeline.site import PlanSite
from helpers.project import Target

R3, R4 = FiscalYear(2021), FiscalYear(2022)
TARGETS = [*(Target("umikaze", FiscalYear(year)) for year in range(2019, 2025)), Target("yamaguchi", R4)]


class FilesOfAReport(dict):
    """A dict that can be told from outside to be gone."""


class OneThread:
    """A crew whose reports are made by one thread, in order, when the builder waits; knows what is alive."""

    patience = None

    def __init__(self, room=lambda: 1, fails=lambda target: False, meanwhile=lambda target: None):
        self.room, self.fails, self.meanwhile = room, fails, meanwhile
        self.pool = ThreadPoolExecutor(1)
        self.submitted, self.held, self.alive = [], [], []

    def start(self):
        pass

    def check(self):
        raise AssertionError("nobody waits for this crew with a limit")

    def submit(self, target, inputs, warnings, progress) -> Future:
        self.submitted.append(target)
        self.alive.append(len(self.still_held()))
        self.held.append(weakref.ref(inputs))
        self.meanwhile(target)
        return self.pool.submit(self._make, target, inputs)

    def _make(self, target, inputs):
        if self.fails(target):
            raise NotebookError(f"{target}: as told")
        made = short_report(target, inputs)
        made = replace(made, files=FilesOfAReport(made.files))
        self.held.append(weakref.ref(made.files))
        return made

    def still_held(self):
        return [held for held in self.held if held() is not None]


@pytest.fixture
def two_plans(make_project):
    """The reference plan, and the synthetic one with its six years."""
    root = make_project("runs_well")
    shutil.copytree(REPOSITORY / "tests/plans/umikaze", root / "data/raw/umikaze")
    return root


@pytest.fixture
def built(two_plans):
    """Both plans, with all reports up to date."""
    assert Builder(two_plans, OneThread()).build(TARGETS).is_good
    return two_plans


def is_locked(root, plan_id):
    try:
        with FileLock(root / "reports" / plan_id / ".lock", timeout=0):
            return False
    except Timeout:
        return True


def test_reports_of_two_plans_are_made_side_by_side(two_plans, monkeypatch, short_reports):
    together = threading.Barrier(2, timeout=30)

    def make_report(target, inputs, *_):
        together.wait()  # passed only while another report is being made, which is of the other plan
        return short_report(target, inputs)

    monkeypatch.setattr(job, "make_report", make_report)
    result = build_reports(two_plans, [R4], jobs=2)
    assert not together.broken
    assert [outcome.target.plan_id for outcome in result.outcomes] == ["umikaze", "yamaguchi"]
    assert result.is_good


def test_no_more_is_under_way_than_there_is_room_for_which_is_asked_anew(two_plans):
    rooms = iter([1, 1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3])
    ended, under_way = [], []

    class Ends(Watcher):
        def ends(self, outcome):
            ended.append(outcome)

    crew = OneThread(
        lambda: next(rooms), meanwhile=lambda _: under_way.append(len(crew.submitted) - len(ended))
    )
    result = Builder(two_plans, crew, Ends()).build(TARGETS)
    assert result.is_good
    assert max(under_way) == 3
    assert under_way[0] == 1


def test_what_a_report_took_is_let_go_before_the_next_ones_begin(two_plans):
    crew = OneThread(room=lambda: 2, fails=lambda target: target.year.western in (2020, 2021))
    result = Builder(two_plans, crew).build(TARGETS)
    assert [outcome.error is not None for outcome in result.outcomes] == [
        target.year.western in (2020, 2021) for target in TARGETS
    ]
    # Counted as each report began: beside it one is being made, and a thread may still hold another's inputs or files.
    assert max(crew.alive) <= 4
    crew.pool.shutdown()
    assert not crew.still_held()


def test_why_a_report_had_to_be_made_is_kept_where_it_fails(built):
    sheets = built / "data/raw/umikaze"
    for name, more in (("R4.csv", "\n"), ("R6.csv", "9-9,,,\n")):  # the second is refused before it is made
        with (sheets / name).open("a", encoding="utf-8") as sheet:
            sheet.write(more)
    (sheets / "R3.csv").unlink()
    crew = OneThread(fails=lambda target: target.year.western == 2022)
    failed = {
        outcome.target.year.western: outcome.why
        for outcome in Builder(built, crew).build(TARGETS).outcomes
        if outcome.error
    }
    assert failed == {
        2021: (),  # there is no telling without its sheet
        2022: (
            "状況調査 R3.csv がなくなった",
            "状況調査 R4.csv が変わった",
            "状況調査のある前の年度が令和3年度から令和2年度に替わった",
        ),
        2024: ("状況調査 R6.csv が変わった",),
    }


def test_a_plan_is_locked_from_its_first_report_to_the_publication_of_its_last(two_plans):
    seen = []

    def look(target):
        seen.append((target.plan_id, is_locked(two_plans, "umikaze"), is_locked(two_plans, "yamaguchi")))

    Builder(two_plans, OneThread(meanwhile=look)).build(TARGETS)
    assert seen == [("umikaze", True, False)] * 6 + [("yamaguchi", False, True)]
    assert not is_locked(two_plans, "yamaguchi")


def test_a_plan_that_another_build_works_on_is_a_problem_of_its_own(two_plans):
    (two_plans / "reports/umikaze").mkdir(parents=True)
    crew, ends = OneThread(), []
    listener = Watcher()
    listener.ends = lambda outcome: ends.append((outcome.target, outcome.error is None))
    with FileLock(two_plans / "reports/umikaze/.lock"):
        result = Builder(two_plans, crew, listener).build(TARGETS)
    assert crew.submitted == TARGETS[-1:]
    assert ends == [(target, target in crew.submitted) for target in TARGETS]
    assert ["別の build" in str(problem) for problem in result.problems] == [True]
    assert [outcome.target for outcome in result.outcomes] == TARGETS[-1:]


def test_what_is_up_to_date_needs_no_lock(built):
    crew = OneThread()
    with FileLock(built / "reports/umikaze/.lock"):
        result = Builder(built, crew).build(TARGETS)
    assert result.is_good
    assert all(outcome.is_current for outcome in result.outcomes)
    assert crew.submitted == []


def test_a_report_that_another_build_made_before_the_lock_was_had_is_not_made_again(built, monkeypatch):
    reports, aside = built / "reports/umikaze", built / "aside"
    reports.rename(aside)
    lock = PlanSite.lock

    def lock_late(site):
        if aside.exists():
            aside.rename(reports)
        return lock(site)

    monkeypatch.setattr(PlanSite, "lock", lock_late)
    crew = OneThread()
    result = Builder(built, crew).build(TARGETS)
    assert all(outcome.is_current for outcome in result.outcomes)
    assert crew.submitted == []


def test_what_a_killed_build_left_is_mended_also_where_nothing_is_made(built):
    left = [built / folder / "umikaze/.2024.new-x" for folder in ("reports", "data/processed")]
    for folder in left:
        folder.mkdir()
    assert Builder(built, OneThread()).build(TARGETS).is_good
    assert not any(folder.exists() for folder in left)
    assert not is_locked(built, "umikaze")


def test_leftovers_that_cannot_be_cleared_stop_no_other_plan(two_plans, monkeypatch):
    def refuse(folder):
        if folder.name == "umikaze":
            raise PermissionError(errno.EACCES, "as told")

    monkeypatch.setattr(exclusion, "clear_leftovers", refuse)
    (two_plans / "reports/umikaze/.2024.new-x").mkdir(parents=True)
    crew = OneThread()
    result = Builder(two_plans, crew).build(TARGETS)
    assert crew.submitted == TARGETS[-1:]
    (problem,) = result.problems
    assert "umikaze のフォルダーを片付けられません（as told）" in str(problem)
    assert not is_locked(two_plans, "umikaze")


@pytest.mark.parametrize("name", ["plan.toml", "items.csv"])
def test_a_plan_that_changes_in_mid_build_makes_no_report_of_two_plans(two_plans, name):
    file = two_plans / "data/raw/umikaze" / name

    def save(target):
        if target.year.western == 2020:
            file.write_bytes(file.read_bytes() + b"\n")

    crew = OneThread(meanwhile=save)
    result = Builder(two_plans, crew).build(TARGETS)
    assert crew.submitted == [*TARGETS[:2], TARGETS[-1]]
    assert [outcome.summary is not None for outcome in result.outcomes] == [True] * 2 + [False] * 4 + [True]
    errors = {str(outcome.error) for outcome in result.outcomes if outcome.error}
    assert errors == {
        f"data/raw/umikaze/{name} は、作成を始めた後に変わりました。保存が終わってから、もう一度実行してください"
    }
    assert Builder(two_plans, OneThread()).build(TARGETS).is_good


def test_a_lost_crew_ends_the_build_and_leaves_what_is_published(two_plans):
    def lose(target):
        if target.year.western == 2021:
            raise CrewError("切れました")

    result = Builder(two_plans, OneThread(meanwhile=lose)).build(TARGETS)
    assert [str(problem) for problem in result.problems] == ["切れました"]
    assert [outcome.target.year.western for outcome in result.outcomes] == [2019, 2020]
    assert all((two_plans / outcome.target.folder / NAME).is_file() for outcome in result.outcomes)
    assert not result.is_good
    assert not is_locked(two_plans, "umikaze")


def test_what_was_made_when_the_crew_is_lost_is_published(two_plans):
    def room():
        if len(crew.submitted) < 2:
            return 9
        crew.pool.shutdown()  # waits until both are made
        raise CrewError("切れました")

    crew = OneThread(room)
    result = Builder(two_plans, crew).build(TARGETS)
    assert [str(problem) for problem in result.problems] == ["切れました"]
    assert [outcome.target for outcome in result.outcomes] == TARGETS[:2]
    assert all((two_plans / target.folder / NAME).is_file() for target in TARGETS[:2])


def test_an_interrupted_build_leaves_no_lock(two_plans):
    def interrupt(target):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Builder(two_plans, OneThread(meanwhile=interrupt)).build(TARGETS)
    assert not is_locked(two_plans, "umikaze")
