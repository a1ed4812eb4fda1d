"""Run as a script in a process of its own: a workbook on standard input, its cells as JSON on standard output.

It imports nothing of this package, so that it starts quickly and under any path. Its limits come as arguments:
folder of the reader's package, memory in bytes, seconds, cells, characters in a cell, characters in all.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import sys


def main() -> None:
    folder, (memory, seconds, *most) = sys.argv[1], map(int, sys.argv[2:7])
    _limit(memory, seconds)
    sys.path.append(folder)
    data = sys.stdin.buffer.read()
    json.dump(_read(data, *most), sys.stdout)


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's time limit still holds there.
        return
    wanted = ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0))
    for kind, limit in wanted:
        # macOS refuses some limits; the checks of the container and the parent's time limit hold there too.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def _read(data: bytes, cells: int, longest: int, characters: int) -> dict[str, object]:
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, load_workbook

    try:
        workbook = load_workbook(io.BytesIO(data))
        sheets = []
        for index, metadata in enumerate(workbook.sheets_metadata):
            if metadata.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_index(index)
            last_row, last_column = sheet.end or (-1, -1)
            if (last_row + 1) * (last_column + 1) > cells:
                return {"error": "too_large", "sheet": metadata.name}
            rows: list[list[str]] = []
            for row in sheet.to_python(skip_empty_area=False):
                # One text may be shared by every cell: a file of 50 KB would write gigabytes to its parent.
                rows.append([_text(value) for value in row])
                characters -= sum(map(len, rows[-1]))
                if characters < 0:
                    return {"error": "too_long", "sheet": metadata.name}
                for column, text in enumerate(rows[-1]):
                    if len(text) > longest:
                        return {
                            "error": "long_cell",
                            "sheet": metadata.name,
                            "place": [len(rows) - 1, column],
                        }
            merged = [
                [top, left, bottom, right] for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            ]
            sheets.append({"name": metadata.name, "rows": rows, "merged": merged})
    except PasswordError:
        return {"error": "password"}
    except CalamineError as error:
        return {"error": "corrupt", "detail": str(error)[:200]}
    return {"sheets": sheets}


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


if __name__ == "__main__":
    main()
