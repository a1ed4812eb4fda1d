"""Run as a script in a process of its own: a workbook on standard input, its cells as JSON on standard output.

It imports nothing of this package, so that it starts quickly and under any path. Its arguments: the file of the
reader (``xlrd_cells``), the folder of the library that the reader uses, the limits as JSON.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import sys
from importlib.machinery import SourceFileLoader
from types import ModuleType

TYPE_CHECKING = False  # so that typing, which is slow, is not imported
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class RefusalError(Exception):
    """Ends the reading; ``answer`` says why, as JSON for the parent."""

    def __init__(self, error: str, **details: object) -> None:
        self.answer = {"error": error, **details}
        super().__init__(error)


class Output:
    """The worksheets that a reader hands over, within the limits."""

    def __init__(self, limits: Mapping[str, int]) -> None:
        self.sheets: list[dict[str, object]] = []
        self._limits, self._characters = limits, 0

    def refuse(self, error: str, **details: object) -> RefusalError:
        """The exception that ends the reading, for the reader to raise."""
        return RefusalError(error, **details)

    def check_size(self, sheet: str, cells: int) -> None:
        """Refuse a worksheet with more cells, empty ones included, than may be handed over."""
        if cells > self._limits["cells"]:
            raise RefusalError("too_large", sheet=sheet)

    def add(self, name: str, rows: Iterable[Iterable[object]], **structure: object) -> None:
        """Add a worksheet; its values are turned into texts."""
        texts: list[list[str]] = []
        for row in rows:
            texts.append([_text(value) for value in row])
            # Many cells may share one text: the answer for a small file can be large.
            self._characters += sum(map(len, texts[-1]))
            if self._characters > self._limits["characters"]:
                raise RefusalError("too_long", sheet=name)
            for column, text in enumerate(texts[-1]):
                if len(text) > self._limits["cell_characters"]:
                    raise RefusalError("long_cell", sheet=name, place=[len(texts) - 1, column])
        self.sheets.append({"name": name, "rows": texts, **structure})


def main() -> None:
    reader, folder, limits = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    _limit(limits["memory_bytes"], limits["seconds"])
    sys.path.append(folder)
    output = Output(limits)
    answer: dict[str, object] = {"sheets": output.sheets}
    try:
        _load(reader).read(sys.stdin.buffer.read(), output)
    except RefusalError as refusal:
        answer = refusal.answer
    json.dump(answer, sys.stdout)


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


def _load(file: str) -> ModuleType:
    module = ModuleType("reader")
    SourceFileLoader("reader", file).exec_module(module)
    return module


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)


if __name__ == "__main__":
    main()
