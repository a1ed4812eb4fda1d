"""Every error that the workbook raises on purpose.

    GyokakuError
    ├── UsageError            a command or parameter that makes no sense (exit 2)
    │   ├── FiscalYearError   text that names no fiscal year
    │   └── ParameterError    a notebook parameter of an unknown name or the wrong type
    ├── DataError             something is wrong with the data (exit 1)
    │   ├── PlanFileError     plan.toml, items.csv or published figures
    │   ├── SheetError        a status sheet with findings that are errors
    │   └── FigureError       our own figures do not add up, or differ from the published ones
    ├── WriteError            a file, a folder or the standard output that cannot be written (exit 1)
    └── BuildError            a report could not be made (exit 1)
        ├── NotebookError     a cell raised, a kernel died, a cell never ran
        └── ExportError       the executed notebook could not be set as HTML or PDF

A build adds subclasses for the errors that it handles differently: ``WithheldError`` (``pipeline/outcome.py``), ``InUseError``
(``pipeline/publication/exclusion.py``), ``CrewError`` (``pipeline/outcome.py``) and ``OtherSoftwareError`` (``pipeline/cluster/worker_job.py``).

An error is raised where the fact is known and shown once, at the command.
Messages are Japanese, for the officials who can correct the data.
"""

from __future__ import annotations

__all__ = [
    "BuildError", "DataError", "ExportError", "FigureError", "FiscalYearError", "GyokakuError",
    "NotebookError", "ParameterError", "PlanFileError", "SheetError", "UsageError", "WriteError",
    "collecting", "first_few", "refuse_all",
]  # fmt: skip

import copyreg
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class GyokakuError(Exception):
    """Root of the errors that a user is meant to read; ``exit_code`` is what the command returns."""

    exit_code = 1

    def __reduce__(self) -> tuple[Any, ...]:
        # Keep all attributes when pickled between processes: by default unpickling calls the class with the message alone.
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class UsageError(GyokakuError):
    """A command or parameter that makes no sense."""

    exit_code = 2


class FiscalYearError(UsageError, ValueError):
    """Text that names no fiscal year."""


class ParameterError(UsageError):
    """A notebook parameter of an unknown name or the wrong type."""


class DataError(GyokakuError):
    """Something is wrong with the data."""


class PlanFileError(DataError):
    """A plan file that cannot be used: names file, location, value and remedy."""

    def __init__(self, file: Path | str, location: str, problem: str, remedy: str) -> None:
        self.file, self.location, self.problem, self.remedy = Path(file), location, problem, remedy
        parts = self.file.parts[-3:]
        # 'plan.toml'; 'published/2022/items.csv', to tell it from the plan's own.
        name = "/".join(parts[parts.index("published") :]) if "published" in parts else self.file.name
        super().__init__(f"{name}{'!' if location else ''}{location}: {problem}。{remedy}")


@contextmanager
def collecting(errors: list[PlanFileError]) -> Iterator[None]:
    """Add an error that the block raises to ``errors``, to be raised with others by ``refuse_all``."""
    try:
        yield
    except PlanFileError as error:
        errors.append(error)


def refuse_all(errors: Sequence[PlanFileError]) -> None:
    """Raise several errors as one, each on lines of its own; do nothing without errors.

    Raises:
        PlanFileError: the first, with the messages of the others below its own.
    """
    if errors:
        errors[0].args = ("\n".join(map(str, errors)),)
        raise errors[0]


def first_few(lines: Sequence[str], rest: str, most: int = 12) -> Sequence[str]:
    """The first lines of many; the others are counted: 'ほか{}件'."""
    return [*lines[:most], rest.format(len(lines) - most)] if len(lines) > most else lines


class SheetError(DataError):
    """A status sheet with findings that are errors; all of them are kept, and each is a line of the message."""

    def __init__(self, findings: Iterable[object]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class FigureError(DataError):
    """Our figures do not add up, or differ from the published ones without a recorded erratum."""


class WriteError(GyokakuError):
    """A file, a folder or the standard output that cannot be written."""


class BuildError(GyokakuError):
    """A report could not be made; the old one stays."""


class NotebookError(BuildError):
    """A notebook that did not run to its end: a cell raised, the kernel died, a cell never ran."""


class ExportError(BuildError):
    """An executed notebook that could not be set as HTML or PDF."""
