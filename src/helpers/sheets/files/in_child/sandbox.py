"""Run a reader's library in a process of its own, with limits of memory and time for each file that it reads."""

from __future__ import annotations

__all__ = ["XLRD", "ChildReader", "Sheets", "sheets_in_child", "unlocked"]

import base64
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Timer
from typing import Any

from helpers.sheets.files.grid import address
from helpers.sheets.files.unreadable import (
    LOCKED_BY_EXCEL,
    Limits,
    UnreadableError,
    cell_too_long,
    corrupt,
    not_a_spreadsheet,
    password_protected,
    too_large,
    too_late,
    too_long,
)

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class ChildReader:
    """A file that ``cells_as_json`` loads for its function ``read(data, output)``, and the library that the file imports."""

    file: Path
    library: str


XLRD = ChildReader(_HERE / "xlrd_cells.py", "xlrd")
_PASSWORD = ChildReader(_HERE / "excel_password.py", "msoffcrypto")

Sheets = list[dict[str, Any]]


def sheets_in_child(
    files: Sequence[bytes], reader: ChildReader, limits: Limits
) -> Iterator[Sheets | UnreadableError]:
    """Read every worksheet of each file: ``name``, ``rows`` of texts, and the structure where the reader gives it.

    An error is that of its file: the reader refused it, ended before its time, or took too long.
    """
    for answer in _answers(files, reader, limits):
        yield answer if isinstance(answer, UnreadableError) else answer["sheets"]


def unlocked(data: bytes, limits: Limits) -> bytes:
    """Decrypt an xlsx with the password that Excel itself tries first.

    Raises:
        UnreadableError: the password is another one, or opening took too long.
    """
    (answer,) = _answers([data], _PASSWORD, limits)
    if isinstance(answer, UnreadableError):
        raise answer if answer.code == too_late(limits).code else password_protected()
    return base64.b64decode(answer["opened"])


def _answers(
    files: Sequence[bytes], reader: ChildReader, limits: Limits
) -> Iterator[dict[str, Any] | UnreadableError]:
    """Ask one child process for file after file, and another one where it ends.

    The file at which a child ends is given to a child of its own, unless it had one: what an earlier file left
    behind may have ended it.
    """
    child: _Child | None = None
    try:
        for data in files:
            child = child or _Child(reader, limits, len(files))
            answer = child.ask(data)
            if answer is None and child.asked > 1 and not child.is_late:
                child.end()
                child = _Child(reader, limits, len(files))
                answer = child.ask(data)
            if answer is not None:
                yield _error_in(answer, limits) or answer
                continue
            # A reader that runs out of memory is aborted by a signal; a damaged file may make it panic.
            yield too_late(limits) if child.is_late else corrupt("表の中身を読めません")
            child.end()
            child = None
    finally:
        if child is not None:
            child.end()


def _error_in(answer: Mapping[str, Any], limits: Limits) -> UnreadableError | None:
    """Why the reader refused a file; None where it did not."""
    match answer.get("error"):
        case "password":
            return password_protected(LOCKED_BY_EXCEL)
        case "other_document":
            return not_a_spreadsheet("Wordなど別の文書")
        case "too_large":
            return too_large(f"表が大きすぎます（上限{limits.cells:,}セル）", answer["sheet"])
        case "too_long":
            return too_long(limits, answer["sheet"])
        case "long_cell":
            return cell_too_long(limits, answer["sheet"], address(*answer["cell"]))
        case str():
            return corrupt("表の中身を読めません")
    return None


class _Child:
    """A process that reads file after file; each has the whole time.

    ``asked``: the number of files; ``is_late``: whether the last one took too long, which ends the process.
    """

    def __init__(self, reader: ChildReader, limits: Limits, files: int) -> None:
        script = str(_HERE / "cells_as_json.py")
        command = [
            sys.executable,
            "-I",
            "-S",
            "-X",
            "utf8",
            script,
            str(reader.file),
            _folder_of(reader.library),
        ]
        passed_on = ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH")
        self._process = subprocess.Popen(
            [*command, json.dumps(asdict(limits)), str(files)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if name in passed_on},
        )
        self._seconds = limits.seconds
        self.asked, self.is_late = 0, False

    def ask(self, data: bytes) -> dict[str, Any] | None:
        """The process's answer to a file; None if the process ends without one."""
        self.asked, self.is_late = self.asked + 1, False
        timer = Timer(self._seconds, self._give_up)
        timer.start()
        line = b""
        try:
            assert self._process.stdin and self._process.stdout
            self._process.stdin.write(len(data).to_bytes(8, "big"))
            self._process.stdin.write(data)
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except OSError:
            pass  # It ended while the file was written.
        finally:
            timer.cancel()
            timer.join()
        answer: dict[str, Any] | None = json.loads(line) if line.endswith(b"\n") else None
        return answer

    def end(self) -> None:
        """End the process, if it still runs."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # bytes of a file that nobody read
                if pipe is not None:
                    pipe.close()
        self._process.wait()

    def _give_up(self) -> None:
        self.is_late = True
        self._process.kill()


def _folder_of(library: str) -> str:
    """The folder from which a library is imported."""
    spec = importlib.util.find_spec(library)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(library)
    return str(Path(spec.origin).parents[1 if spec.submodule_search_locations else 0])
