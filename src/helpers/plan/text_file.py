"""Read a text file of a plan's folder: UTF-8, with or without BOM."""

from __future__ import annotations

from pathlib import Path

from helpers.errors import PlanFileError


def read_text(file: Path, *, if_missing: str, if_unreadable: str, or_cp932: bool = False) -> str:
    """The text of a plan file; the two remedies say what to do where there is none, or none that can be read.

    ``or_cp932``: what Japanese Excel saves as plain CSV and calls Shift_JIS is read, too.

    Raises:
        PlanFileError: the file is not there, cannot be opened, or is in another encoding; names the file, the line and the remedy.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PlanFileError(file, "", f"{file.parent} に {file.name} がありません", if_missing) from None
    except OSError as error:
        remedy = "読み取りの権限と、ほかのプログラムで開いていないかを確かめてください"
        raise PlanFileError(file, "", f"読めません（{error.strerror}）", remedy) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
    if or_cp932:
        try:
            return file.read_text(encoding="cp932")
        except UnicodeDecodeError:
            pass
    known = "UTF-8 でも Shift_JIS でもありません" if or_cp932 else "UTF-8 ではありません"
    raise PlanFileError(file, f"{line}行目", f"文字を読めません（{known}）", if_unreadable)
