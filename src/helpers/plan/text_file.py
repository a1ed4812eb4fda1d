"""Read a text file of a plan's folder: UTF-8, with or without BOM."""

from __future__ import annotations

from pathlib import Path

from helpers.errors import PlanFileError


def read_text(file: Path, *, if_missing: str, if_not_utf8: str) -> str:
    """The text of a plan file; the two remedies say what to do where there is none, or none in UTF-8.

    Raises:
        PlanFileError: the file is not there, or is not UTF-8; names the file, the byte and the remedy.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PlanFileError(file, "", f"{file.parent} に {file.name} がありません", if_missing) from None
    except UnicodeDecodeError as error:
        raise PlanFileError(
            file, f"{error.start}バイト目", "UTF-8 の文字として読めません", if_not_utf8
        ) from None
