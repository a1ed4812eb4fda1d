"""Send the orders of so many reports through a scheduler as a build does, and say of each that it came back."""

from __future__ import annotations

import argparse
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path

from helpers.fiscal_year import FiscalYear
from helpers.pipeline.cluster.dask_crew import ClusterCrew
from helpers.pipeline.outcome import MadeReport
from helpers.pipeline.site import PlanFolder
from helpers.project import Target


def main() -> None:
    """Send, receive, and check each answer against its manifest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("plan")
    parser.add_argument("year", type=FiscalYear.parse)
    parser.add_argument("reports", type=int)
    parser.add_argument("address")
    options = parser.parse_args()
    target = Target(options.plan, options.year)
    inputs = PlanFolder.open(options.root, options.plan).gather(target)
    under_way: set[Future[MadeReport]] = set()
    with ClusterCrew(options.address) as crew:
        crew.start()
        for left in range(options.reports - 1, -1, -1):
            under_way.add(crew.submit(target, inputs, 0, lambda done, step: None))
            while under_way and (left == 0 or len(under_way) >= crew.room()):
                done, under_way = wait(under_way, crew.patience, FIRST_COMPLETED)
                for future in done:
                    future.result()
                    print(f"{target}: 作成しました", flush=True)


if __name__ == "__main__":
    main()
