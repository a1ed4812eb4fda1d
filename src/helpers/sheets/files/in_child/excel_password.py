"""Run as a script in a process of its own: decrypt a workbook with Excel's default password into a file.

Excel opens such a workbook without asking for a password. Arguments: the file to write, the folder
of excelize, the limits as JSON. Exit code 3: the password is another one.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys

EXCELS_OWN = "VelvetSweatshop"
OTHER_PASSWORD = 3


def main() -> int:
    target, folder, limits = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    _limit(limits)
    sys.path.append(folder)
    import excelize  # type: ignore[import-untyped]

    options = excelize.Options(
        password=EXCELS_OWN,
        unzip_size_limit=limits["unpacked_bytes"],
        unzip_xml_size_limit=limits["unpacked_bytes"],
        tmp_dir=os.path.dirname(target),  # noqa: PTH120 - pathlib is slow to import
    )
    try:
        workbook = excelize.open_reader(sys.stdin.buffer.read(), options)
    except RuntimeError:
        return OTHER_PASSWORD
    workbook.save_as(target, excelize.Options(password=""))
    return 0


def _limit(limits: dict[str, int]) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's time limit still holds there.
        return
    # Data instead of addresses: Go, in which excelize is written, reserves far more of those than it uses.
    wanted = (
        (resource.RLIMIT_DATA, limits["memory_bytes"]),
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_FSIZE, limits["unpacked_bytes"]),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, limit in wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


if __name__ == "__main__":
    sys.exit(main())
