"""Run as a script in a process of its own: files on standard input, for each a line of JSON with its cells on standard output.

A file is its length in eight bytes, then its bytes. The script imports nothing of this package, so that it starts
quickly and under any path. Its arguments: the file of the reader (``xlrd_cells``), the folder of the libraries that
readers use, the limits as JSON, how many files may come.
"""

from __future__ import annotations

__all__ = ["TYPE_CHECKING", "Output", "RefusalError", "main"]

import contextlib
import json
import sys
import time
from importlib.machinery import SourceFileLoader
from types import ModuleType

TYPE_CHECKING = False  # so that typing, which is slow, is not imported
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class RefusalError(Exception):
    """Ends the reading of a file; ``answer`` says why, as JSON for the parent."""

    def __init__(self, error: str, **details: object) -> None:
        self.answer = {"error": error, **details}
        super().__init__(error)


class Output:
    """The output of a reader for one file, within the limits: its worksheets, or the file without its password."""

    def __init__(self, limits: Mapping[str, int]) -> None:
        self.sheets: list[dict[str, object]] = []
        self.opened = ""  # in base 64
        self._limits, self._characters = limits, 0

    @property
    def answer(self) -> dict[str, object]:
        """All of it, as JSON for the parent."""
        return {"sheets": self.sheets, "opened": self.opened}

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
                    raise RefusalError("long_cell", sheet=name, cell=[len(texts) - 1, column])
        self.sheets.append({"name": name, "rows": texts, **structure})


def main() -> None:
    reader, folder, limits, files = sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), int(sys.argv[4])
    _limit("RLIMIT_AS", limits["memory_bytes"])
    _limit("RLIMIT_CORE", 0)
    sys.path.append(folder)
    module = _load(reader)
    while length := sys.stdin.buffer.read(8):
        used = int(time.process_time())
        _limit("RLIMIT_CPU", used + limits["seconds"], files * limits["seconds"])
        answer = _answer(module, sys.stdin.buffer.read(int.from_bytes(length, "big")), Output(limits))
        print(json.dumps(answer), flush=True)


def _answer(reader: ModuleType, data: bytes, output: Output) -> dict[str, object]:
    try:
        reader.read(data, output)
    except RefusalError as refusal:
        return refusal.answer
    except MemoryError:
        raise  # Ends the process: the next file may need the memory that this one took.
    except Exception:  # Whatever a library makes of a damaged file.
        return {"error": "damaged"}
    return output.answer


def _limit(name: str, most: int, most_ever: int | None = None) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's time limit still holds there.
        return
    # macOS refuses some limits; the checks of the container and the parent's time limit hold there too.
    with contextlib.suppress(ValueError, OSError):
        hard = most if most_ever is None else most_ever
        resource.setrlimit(getattr(resource, name), (min(most, hard), hard))


def _load(file: str) -> ModuleType:
    module = ModuleType("reader")
    module.__file__ = file
    SourceFileLoader("reader", file).exec_module(module)
    return module


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


if __name__ == "__main__":
    main()
