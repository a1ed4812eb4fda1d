"""Reasons why a cell that is not empty has no readable text, each with its remedy."""

from __future__ import annotations

__all__ = ["UnreadCell", "why_unread"]

import re
from dataclasses import dataclass

from helpers.sheets.files.grid import BLANKED, STRUCK, UNSHOWN, Grid, is_error_value, is_picture
from helpers.sheets.finding import quoted
from helpers.sheets.finding_log import Position
from helpers.sheets.rows.header import ITEM, NUMBER, STATUS

# Spreadsheet programs export this for a number that its column is too narrow to show.
_TOO_NARROW = re.compile("[#＃]{2,}")
_NEEDED = (NUMBER, ITEM, STATUS)
# The first characters of an error, of a number that did not fit, of a picture: few texts begin so.
_SUSPICIOUS = frozenset("#＃E[=")


@dataclass(frozen=True)
class UnreadCell:
    """A finding about a cell; a warning where the report can do without the text."""

    code: str
    message: str
    is_error: bool = True


def why_unread(grid: Grid, at: Position, column: str) -> UnreadCell | None:
    """Say why the first cell of a merged range, or a single one, has no text to read; None where it has, or is empty."""
    text, quirk = grid.cell(*at), grid.quirk(at)
    is_needed = column in _NEEDED
    if (unclear := grid.unclear.get(at)) is not None:
        return UnreadCell(unclear.code, unclear.message)
    if at in grid.uncached:
        remedy = "Excelで開いて上書き保存するか、値として貼り付けてください"
        return UnreadCell("no_cached_value", f"{column}の数式に計算結果が保存されていません。{remedy}")
    is_suspicious = text[:1] in _SUSPICIOUS
    if is_suspicious and is_error_value(text):
        remedy = "数式を直すか、値を入力してください"
        return UnreadCell("error_value", f"{column}の数式の結果がエラー（{text}）です。{remedy}")
    if is_suspicious and _TOO_NARROW.fullmatch(text):
        remedy = "表計算ソフトで列の幅を広げて保存し直すか、値を入力してください"
        return UnreadCell(
            "too_narrow",
            f"{column}が{quoted(text)}です。列の幅が足りないまま書き出されたようで、元の値が分かりません。{remedy}",
        )
    if is_suspicious and is_picture(text):
        remedy = "画像は読めないため、文字で入力してください"
        return UnreadCell("picture", f"{column}のセルの中身が画像です。{remedy}", is_needed)
    if quirk is None:
        return None
    detail = quoted(quirk.text)
    if quirk.kind == UNSHOWN:
        message = f"{column}のセルの値{quoted(text)}が、表示形式{detail}で何と表示されるか分かりません。表示されている文字を入力してください"
        return UnreadCell("unknown_format", message)
    if quirk.kind == BLANKED:
        message = f"{column}のセルに値{detail}がありますが、表示形式のため何も表示されません。表示形式を直すか、値を消してください"
        return UnreadCell("hidden_value", message, is_needed)
    if quirk.kind == STRUCK and not text:
        message = f"{column}{detail}は取り消し線で消されているため、読んでいません。要らなければ削除し、要る場合は取り消し線を外してください"
        return UnreadCell("struck_out", message, is_needed)
    return None
