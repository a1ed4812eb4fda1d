"""Write the sheets in ``fixtures/``: ``python tests/sheets/make_fixtures.py [NAME…]``, all of them without names."""

import sys
from pathlib import Path

from fixtures_made import (
    broken_files,
    cells,
    defects,
    excel_95,
    formats,
    forms,
    layouts,
    shown,
    statuses,
    xls,
)
from fixtures_made.writing import FIXTURES

FOLDER = Path(__file__).with_name("fixtures")
FAMILIES = (formats, excel_95, layouts, forms, cells, defects, broken_files, shown, statuses, xls)


def main() -> None:
    """Write the fixtures that are named, or all."""
    for name in sys.argv[1:] or FIXTURES:
        (FOLDER / name).write_bytes(FIXTURES[name]())


if __name__ == "__main__":
    main()
