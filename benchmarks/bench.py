"""Measure builds against the stock way and the floor, and print a table (see README.md beside this file)."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median

from environments import REPOSITORY, Environment, environment_variables, make_environments
from machine import machine, versions
from markdown_table import LEFT, markdown
from measure import peak_memory_mb, run

YEARS = (2018, 2021, 2022)
YEAR = 2022
SHEET = "data/raw/yamaguchi/R4.csv"
VERSIONS = (
    "pandas", "numpy", "matplotlib", "ipykernel", "papermill", "nbconvert", "typst", "jupyterlab", "playwright",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of the table: a figure, what it is held against, and which ratio is wanted."""

    what: str
    ours: str
    against: str
    ratio: str
    wanted: str
    is_reached: bool


@dataclass(frozen=True)
class Bench:
    """Two environments and a project folder for each."""

    ours: Environment
    stock: Environment
    project: Path
    stock_project: Path
    rounds: int

    def build(self, *arguments: str) -> list[str]:
        """Our command."""
        return [self.ours.program("gyokaku"), "build", "--root", str(self.project), *arguments]

    def stock_way(self, years: Sequence[int], with_ingest: bool = True) -> list[list[str]]:
        """The stock commands for these years; the report's notebook can also do without the other's frame."""
        return [command for year in years for command in self._stock_year(year, with_ingest)]

    def _stock_year(self, year: int, with_ingest: bool) -> Iterator[list[str]]:
        papermill, executed = self.stock.program("papermill"), f"executed/{year}.ipynb"
        parameters = ["-p", "plan", "yamaguchi", "-p", "year", str(year)]
        if with_ingest:
            yield [papermill, "notebooks/ingest.ipynb", f"executed/ingest-{year}.ipynb", *parameters]
        yield [papermill, "notebooks/annual_report.ipynb", executed, *parameters]
        yield [self.stock.program("jupyter-nbconvert"), "--to", "html", executed]
        yield [self.stock.python, str(Path(__file__).with_name("webpdf.py")), "--to", "webpdf", executed]

    def seconds(self, years: Sequence[int]) -> tuple[float, float, float]:
        """Medians, alternating, from nothing: ours, the stock way, the stock way without ingest."""
        ours, stock, ingest = [], [], []
        for _ in range(self.rounds):
            ours.append(self._ours(*map(str, years)))
            costs = [run(command, self.stock_project).seconds for command in self.stock_way(years)]
            stock.append(sum(costs))
            ingest.append(sum(costs[:: len(costs) // len(years)]))
        return median(ours), median(stock), median(map(float.__sub__, stock, ingest))

    def _ours(self, *arguments: str) -> float:
        shutil.rmtree(self.project / "reports", ignore_errors=True)
        return run(self.build(*arguments), self.project).seconds


def against_the_stock_way(bench: Bench, what: str, years: Sequence[int], wanted: float) -> Row:
    """Everything from nothing."""
    ours, stock, without = bench.seconds(years)
    against = f"stock way {stock:.1f} s ({without:.1f} s without ingest)"
    ratio = f"{stock / ours:.1f}× ({without / ours:.1f}×)"
    return Row(what, f"{ours:.2f} s", against, ratio, f"≥ {wanted:g}×", stock / ours >= wanted)


def one_year(bench: Bench) -> list[Row]:
    """One report, cold."""
    return [against_the_stock_way(bench, "one year, cold", [YEAR], 4)]


def three_years(bench: Bench) -> list[Row]:
    """All reports of the reference plan, cold."""
    return [against_the_stock_way(bench, "three years, cold", YEARS, 8)]


def one_more(bench: Bench) -> list[Row]:
    """One more report in a running build against the floor."""
    run(bench.build(str(YEAR)), bench.project)
    executed = bench.project / "reports" / "yamaguchi" / str(YEAR) / "report.ipynb"
    more, floors = [], []
    for _ in range(bench.rounds):
        more += map(float, _lines(bench, "one_more.py", str(bench.project), str(YEAR), "2"))
        floor = _lines(bench, "floor.py", str(bench.project), str(YEAR), str(executed), "2")
        floors += [json.loads(line) for line in floor]
    parts = {name: median(floor[name] for floor in floors) for name in floors[0]}
    ours, least = median(more), median(sum(floor.values()) for floor in floors)
    shown = ", ".join(f"{name} {seconds:.2f}" for name, seconds in parts.items())
    return [
        Row(
            "one more in a running build",
            f"{ours:.2f} s",
            f"floor {least:.2f} s ({shown})",
            f"{ours / least:.2f}",
            "≤ 1.3",
            ours / least <= 1.3,
        )
    ]


def nothing_to_do(bench: Bench) -> list[Row]:
    """An up-to-date build against an import of pandas and the start of a stock kernel."""
    run(bench.build(), bench.project)
    start = (
        "from jupyter_client.manager import start_new_kernel\n"
        "manager, client = start_new_kernel()\nclient.stop_channels()\nmanager.shutdown_kernel(now=True)"
    )
    ours, cpu, stock = [], [], []
    for _ in range(bench.rounds * 3):
        cost = run(bench.build(), bench.project)
        ours.append(cost.seconds)
        cpu.append(cost.cpu_seconds)
        stock.append(
            sum(
                run([bench.stock.python, "-c", code], bench.stock_project).seconds
                for code in ("import pandas", start)
            )
        )
    share = median(ours) / median(stock)
    against = f"import pandas + kernel start {median(stock):.2f} s"
    return [
        Row("nothing to do", f"{median(ours):.2f} s", against, f"{share:.2f}", "< 0.1", share < 0.1),
        Row("nothing to do, CPU", f"{median(cpu):.2f} s", "", "", "≤ 0.4 s", median(cpu) <= 0.4),
    ]


def one_sheet_changed(bench: Bench) -> list[Row]:
    """A build after one sheet was changed against a build of that year from nothing."""
    run(bench.build(), bench.project)
    sheet = bench.project / SHEET
    before = sheet.read_bytes()
    changed, cold = [], []
    for turn in range(bench.rounds):
        sheet.write_bytes(before + b"\n" * (turn + 1))
        changed.append(run(bench.build(), bench.project).seconds)
        cold.append(run(bench.build("--force", str(YEAR)), bench.project).seconds)
    sheet.write_bytes(before)
    ratio = median(changed) / median(cold)
    against = f"one year {median(cold):.2f} s"
    return [
        Row("one sheet changed", f"{median(changed):.2f} s", against, f"{ratio:.2f}", "≤ 1.3", ratio <= 1.3)
    ]


def memory(bench: Bench) -> list[Row]:
    """The peak of a build of three years with two jobs against the stock way's."""
    ours = peak_memory_mb([bench.build("--force", "--jobs", "2")], bench.project)
    stock = peak_memory_mb(bench.stock_way([YEAR]), bench.stock_project)
    ratio = ours / stock
    against = f"stock way {stock:.0f} MB"
    return [Row("peak memory, --jobs 2", f"{ours:.0f} MB", against, f"{ratio:.2f}", "< 2", ratio < 2)]


CASES: dict[str, Callable[[Bench], list[Row]]] = {
    "one-year": one_year,
    "three-years": three_years,
    "one-more": one_more,
    "nothing": nothing_to_do,
    "changed": one_sheet_changed,
    "memory": memory,
}


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    heads = ("", "ours", "against", "ratio", "wanted", "")
    return markdown(
        heads,
        [
            (
                row.what,
                row.ours,
                row.against,
                row.ratio,
                row.wanted,
                "reached" if row.is_reached else "**not reached**",
            )
            for row in rows
        ],
        LEFT,
    )


def _lines(bench: Bench, script: str, *arguments: str) -> list[str]:
    command = [bench.ours.python, str(Path(__file__).with_name(script)), *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, env=environment_variables())
    return ended.stdout.splitlines()


def _copy_project(folder: Path) -> Path:
    for part in ("data/raw", "notebooks"):
        shutil.copytree(REPOSITORY / part, folder / part)
    (folder / "executed").mkdir()
    return folder


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each kind (default: 3)")
    parser.add_argument("--only", action="append", choices=CASES, help="measure only this; may be repeated")
    options = parser.parse_args()
    about = machine()
    ours, stock = make_environments()
    with tempfile.TemporaryDirectory(prefix="gyokaku-bench-") as name:
        names = (Path(name) / str(number) for number in count())
        bench = Bench(ours, stock, _copy_project(next(names)), _copy_project(next(names)), options.rounds)
        # Once through everything: what is read from the disk the first time is nobody's fault.
        run(bench.build("2018"), bench.project)
        for command in bench.stock_way([2018]):
            run(command, bench.stock_project)
        rows: list[Row] = []
        for case in options.only or CASES:
            print(f"Measuring {case} ...", file=sys.stderr)
            rows += CASES[case](bench)
            print(rows[-1], file=sys.stderr)
    sides = [
        f"{side}: {versions(environment, VERSIONS)}"
        for side, environment in (("ours", ours), ("stock", stock))
    ]
    print(about, *sides, "", table(rows), sep="\n")


if __name__ == "__main__":
    main()
