"""Measure builds against the stock way, the floor and the revision before, and print a table (see README.md beside this file)."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median

from environments import (
    BEFORE,
    REPOSITORY,
    environment_variables,
    make_environment,
    make_environment_of,
    make_stock,
)
from machine import cores, machine, versions
from markdown_table import LEFT, markdown
from measure import peak_memory_mb, run
from nation_plans import Municipality, write_plans
from nation_processes import adopting_orphans
from nation_run import watch_build
from sides import SHEET, YEAR, YEARS, Side, StockWay, open_side
from standing import lay_out_standing

SEED = 1741
MUNICIPALITIES, TEN = 1741, 10
CHECKED_PLANS, CHECKED_YEARS = 300, 5
LARGE = 700  # items
VERSIONS = (
    "pandas", "numpy", "matplotlib", "ipykernel", "papermill", "nbconvert", "typst", "jupyterlab", "playwright",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A line of the table: a figure by what it was measured with, and what is wanted of it."""

    what: str
    ours: str
    wanted: str
    ratio: str
    is_reached: bool
    stock: str = ""
    floor: str = ""
    before: str = ""
    floor_before: str = ""


@dataclass(frozen=True)
class Bench:
    """What is compared, and how often and how large.

    Attributes:
        many: reports of the runs in which core-seconds are counted.
        plans: of the project whose reports all stand, ten years each.
    """

    ours: Side
    before: Side
    stock: StockWay
    rounds: int
    many: int
    plans: int

    def paired(self, measure: Callable[[Side], float]) -> tuple[float, float]:
        """The medians of both revisions, measured by turns."""
        ours, before = zip(
            *((measure(self.ours), measure(self.before)) for _ in range(self.rounds)), strict=True
        )
        return median(ours), median(before)


def _at_most(
    what: str, ours: float, limit: float, against: float, of: str, unit: str = "s", **cells: str
) -> Row:
    """A row whose figure is wanted to be at most a share of another one."""
    ratio = ours / against
    return Row(what, f"{ours:.2f} {unit}", f"≤ {limit:g} × {of}", f"{ratio:.2f}", ratio <= limit, **cells)


def _within(what: str, ours: float, limit: float, **cells: str) -> Row:
    """A row whose figure is wanted within a number of seconds."""
    return Row(what, f"{ours:.2f} s", f"≤ {limit:g} s", "", ours <= limit, **cells)


def _against_the_stock_way(bench: Bench, what: str, years: tuple[int, ...], wanted: float) -> Row:
    names, stock = tuple(map(str, years)), []

    def cold(side: Side) -> float:
        if side is bench.ours:
            stock.append(bench.stock.seconds(years))
        return side.cold(*names)

    ours, before = bench.paired(cold)
    ratio = median(stock) / ours
    cells = {"stock": f"{median(stock):.1f} s", "before": f"{before:.2f} s"}
    return Row(
        what, f"{ours:.2f} s", f"≥ {wanted:g} × faster than stock", f"{ratio:.1f}", ratio >= wanted, **cells
    )


def one_year(bench: Bench) -> Iterator[Row]:
    """One report, cold."""
    yield _against_the_stock_way(bench, "one year, cold", (YEAR,), 7)


def three_years(bench: Bench) -> Iterator[Row]:
    """All reports of the reference plan, cold."""
    yield _against_the_stock_way(bench, "three years, cold", YEARS, 13)


def one_more(bench: Bench) -> Iterator[Row]:
    """One more report in a running build, against the floor of the revision before."""
    parts: dict[Side, list[dict[str, float]]] = {bench.ours: [], bench.before: []}

    def more(side: Side) -> float:
        run(side.build(str(YEAR)), side.project)
        parts[side] += side.floor()
        return median(side.one_more())

    ours, before = bench.paired(more)
    floors = {side: median(sum(part.values()) for part in floor) for side, floor in parts.items()}
    shown = ", ".join(
        f"{name} {median(part[name] for part in parts[bench.ours]):.2f}" for name in parts[bench.ours][0]
    )
    yield _at_most(
        "one more report in a running build",
        ours,
        1.0,
        floors[bench.before],
        f"{BEFORE}'s floor",
        floor=f"{floors[bench.ours]:.2f} s ({shown})",
        before=f"{before:.2f} s",
        floor_before=f"{floors[bench.before]:.2f} s",
    )


def changed(bench: Bench) -> Iterator[Row]:
    """A build after one sheet was changed."""
    for side in (bench.ours, bench.before):
        run(side.build(), side.project)
    turns = count(1)

    def after_a_change(side: Side) -> float:
        sheet = side.project / SHEET
        before = sheet.read_bytes()
        sheet.write_bytes(before + b"\n" * next(turns))
        try:
            return run(side.build(), side.project).seconds
        finally:
            sheet.write_bytes(before)

    ours, before = bench.paired(after_a_change)
    yield _at_most("one sheet changed", ours, 0.8, before, BEFORE, before=f"{before:.2f} s")


def nothing_to_do(bench: Bench) -> Iterator[Row]:
    """A build of three reports that are up to date."""
    for side in (bench.ours, bench.before):
        run(side.build(), side.project)
    ours, before = bench.paired(
        lambda side: median(run(side.build(), side.project).seconds for _ in range(5))
    )
    yield _within("nothing to do, three reports", ours, 0.4, before=f"{before:.2f} s")


def many(bench: Bench) -> Iterator[Row]:
    """Core-seconds a report in a run of many, in pairs of runs."""
    turns = count(1)

    def core_seconds(side: Side) -> float:
        root = side.new_project(f"many-{next(turns)}")
        write_plans(root, bench.many, TEN, SEED)
        with adopting_orphans():
            watched = watch_build(side.build(root=root), environment_variables(), bench.many, cores())
        return watched.core_seconds

    ours, before = bench.paired(core_seconds)
    what = f"core-seconds a report, {bench.many} reports"
    yield _at_most(what, ours, 0.55, before, BEFORE, before=f"{before:.2f} s")


def memory(bench: Bench) -> Iterator[Row]:
    """The peak of a build of three years with two jobs."""
    ours, before = bench.paired(
        lambda side: peak_memory_mb([side.build("--force", "--jobs", "2")], side.project)
    )
    stock = peak_memory_mb(bench.stock.commands([YEAR]), bench.stock.project)
    cells = {"stock": f"{stock:.0f} MB", "before": f"{before:.0f} MB"}
    yield _at_most("peak memory, --jobs 2", ours, 0.45, stock, "stock", "MB", **cells)


def large(bench: Bench) -> Iterator[Row]:
    """The last report of a plan of many items and ten years, against the reference report."""
    reference = bench.ours.cold(str(YEAR))
    municipality = Municipality(1, SEED, range(2015, 2015 + TEN), LARGE)
    root = bench.ours.new_project("large")
    municipality.write(root)
    seconds = run(bench.ours.build(str(municipality.years[-1]), root=root), root).seconds
    yield _at_most(
        f"a plan of {LARGE} items and ten years, one report", seconds, 5, reference, "the reference report"
    )


def standing(bench: Bench) -> Iterator[Row]:
    """Nothing to do where a nation's reports stand; the revision before gets a tenth of them."""
    seconds = {}
    for side, plans in ((bench.ours, bench.plans), (bench.before, max(1, bench.plans // 10))):
        root = lay_out_standing(side, plans, TEN, SEED)
        # The first reads all files and makes the index, the second reads it.
        seconds[side] = [run(side.build(root=root), root).seconds for _ in range(3)][-1]
        shutil.rmtree(root)
    what = f"nothing to do, {bench.plans:,} × {TEN} reports standing"
    before = f"{seconds[bench.before]:.2f} s for {max(1, bench.plans // 10) * TEN:,} reports"
    yield _within(what, seconds[bench.ours], 2, before=before)


def checks(bench: Bench) -> Iterator[Row]:
    """``verify`` of plans without published figures, and ``check`` of all their sheets."""
    seconds: dict[tuple[str, Side], float] = {}
    for side in (bench.ours, bench.before):
        root = side.new_project("checked")
        write_plans(root, CHECKED_PLANS * CHECKED_YEARS, CHECKED_YEARS, SEED)
        program, raw = side.environment.program("gyokaku"), root / "data" / "raw"
        files = sorted(map(str, raw.glob("*/*")))
        sheets = [file for file in files if not file.endswith(("plan.toml", "items.csv"))]
        seconds["verify", side] = run([program, "verify", "--root", str(root)], root, succeeds=False).seconds
        seconds["check", side] = run([program, "check", *sheets], root).seconds
    for what, command, limit in (
        (f"`verify` of {CHECKED_PLANS} plans × {CHECKED_YEARS} sheets, nothing published", "verify", 2),
        (f"`check` of {CHECKED_PLANS * CHECKED_YEARS:,} sheets", "check", 8),
    ):
        before = f"{seconds[command, bench.before]:.1f} s"
        yield _within(what, seconds[command, bench.ours], limit, before=before)


CASES: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "one-year": one_year,
    "three-years": three_years,
    "one-more": one_more,
    "changed": changed,
    "nothing": nothing_to_do,
    "many": many,
    "memory": memory,
    "large": large,
    "standing": standing,
    "checks": checks,
}


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table."""
    heads = ("", "ours", "stock way", "floor", BEFORE, f"floor of {BEFORE}", "wanted", "is", "")
    lines = [
        (
            *(row.what, row.ours, row.stock, row.floor, row.before, row.floor_before, row.wanted, row.ratio),
            "reached" if row.is_reached else "**not reached**",
        )
        for row in rows
    ]
    return markdown(heads, lines, LEFT)


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="runs of each kind (default: 3)")
    parser.add_argument("--only", action="append", choices=CASES, help="measure only this; may be repeated")
    parser.add_argument(
        "--many", type=int, default=100, metavar="N", help="reports of the paired runs (default: 100)"
    )
    parser.add_argument(
        "--standing", type=int, default=MUNICIPALITIES, metavar="N",
        help=f"plans whose {TEN} reports stand (default: {MUNICIPALITIES})",
    )  # fmt: skip
    options = parser.parse_args()
    about = machine()
    here, stock, (there, checkout) = make_environment(), make_stock(), make_environment_of(BEFORE)
    with tempfile.TemporaryDirectory(prefix="gyokaku-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        ours, before = (
            open_side(here, REPOSITORY, folder / "ours"),
            open_side(there, checkout, folder / "before"),
        )
        stock_project = open_side(here, REPOSITORY, folder / "stock").project
        (stock_project / "executed").mkdir()
        bench = Bench(
            ours, before, StockWay(stock, stock_project), options.rounds, options.many, options.standing
        )
        # Once through everything: what is read from the disk the first time is nobody's fault.
        for side in (ours, before):
            side.cold("2018")
        if not options.only or {"one-year", "three-years", "memory"} & set(options.only):
            bench.stock.seconds([2018])
        rows: list[Row] = []
        for case in options.only or CASES:
            print(f"Measuring {case} ...", file=sys.stderr)
            for row in CASES[case](bench):
                rows.append(row)
                print(table([row]).splitlines()[-1], file=sys.stderr)
    print(
        about,
        f"ours: {versions(here, VERSIONS)}",
        f"stock: {versions(stock, VERSIONS)}",
        "",
        table(rows),
        sep="\n\n",
    )


if __name__ == "__main__":
    main()
