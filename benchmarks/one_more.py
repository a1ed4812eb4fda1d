"""Seconds for one more report in a running build: kernels' server, exporters and fonts are there already.

Arguments: project folder, year, repetitions.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from helpers.fiscal_year import FiscalYear
from helpers.pipeline.crews.workers import Workers
from helpers.pipeline.identity.inputs import gather_inputs
from helpers.pipeline.site import PlanFolder
from helpers.pipeline.target import Target


def main() -> None:
    """Measure and print."""
    root, year, repetitions = Path(sys.argv[1]), FiscalYear(int(sys.argv[2])), int(sys.argv[3])
    folder = PlanFolder.open(root, "yamaguchi")
    first = Target(folder.plan.id, min(folder.sheets))
    with Workers(jobs=1) as workers:
        workers.start()
        for target in [first, *[Target(folder.plan.id, year)] * repetitions]:
            inputs = gather_inputs(root, folder.plan, folder.sheets, target)
            begin = time.perf_counter()
            workers.submit(target, inputs, 0, lambda done, what: None).result()
            if target != first:
                print(time.perf_counter() - begin)


if __name__ == "__main__":
    main()
