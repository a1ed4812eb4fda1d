"""Seconds for one more report in a running build, from its sheets to its files.

Kernels' server, exporters and fonts are there already, and nothing of the plan is known.

Arguments: project folder, year, repetitions.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

from helpers.fiscal_year import FiscalYear
from helpers.pipeline.site import PlanSite
from helpers.pipeline.workers import Workers
from helpers.project import Target


def main() -> None:
    """Measure and print."""
    root, year, repetitions = Path(sys.argv[1]), FiscalYear(int(sys.argv[2])), int(sys.argv[3])
    folder = PlanSite(root, "yamaguchi").folder
    first = Target(folder.plan.id, min(folder.sheets))
    with Workers(jobs=1) as workers:
        workers.start()
        for target in [first, *[Target(folder.plan.id, year)] * repetitions]:
            begin = time.perf_counter()
            site = PlanSite(root, folder.plan.id)  # a new one each time: it remembers the sheets that it read
            inputs = site.folder.gather(target)
            warnings = site.check_sheets(target, inputs)
            inputs = replace(inputs, frames=site.frames(target, inputs))
            workers.submit(target, inputs, len(warnings), lambda done, what: None).result()
            if target != first:
                print(time.perf_counter() - begin)


if __name__ == "__main__":
    main()
