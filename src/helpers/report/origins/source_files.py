"""The files of a report's sheets, each with the id of its row in the appendix."""

from __future__ import annotations

__all__ = ["SourceFile", "file_anchor", "is_folder", "source_files_of"]

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.fiscal_year import FiscalYear
from helpers.history.history import History
from helpers.sheets import StatusSheet

_MOST_NAMED = 3


@dataclass(frozen=True)
class SourceFile:
    """A file of a year's sheet; ``anchor`` is the id of its row in the list of files."""

    year: FiscalYear
    file: str
    sheets: tuple[str, ...]
    sha256: str
    anchor: str

    @property
    def sheet_names(self) -> str:
        """The worksheets that were read: '状況調査', 'Ⅰ、Ⅱ、Ⅲ', 'No1〜No42（42シート）'; "" for a text file."""
        if len(self.sheets) > _MOST_NAMED:
            return f"{self.sheets[0]}〜{self.sheets[-1]}（{len(self.sheets)}シート）"
        return "、".join(self.sheets)


def source_files_of(history: History) -> Iterator[SourceFile]:
    """Every file that was read, by year and in the order of reading."""
    for year, sheet in sorted(history.sheets.items()):
        for number, (file, sha256) in enumerate(sheet.files.items(), start=1):
            sheets = tuple(source.sheet for source in sheet.sources if source.file == file)
            yield SourceFile(year, file, sheets, sha256, file_anchor(year, number))


def file_anchor(year: FiscalYear, number: int = 1) -> str:
    """The id of a file's row in the list of files: 'file-2022', 'file-2022-2'."""
    return f"file-{int(year)}" if number == 1 else f"file-{int(year)}-{number}"


def is_folder(sheet: StatusSheet) -> bool:
    """Whether a year's sheet is a folder of files."""
    return sheet.source.file not in sheet.files
