"""Kinds of flaws in a page's looks, with remedies, in words for those who prepare the report."""

from __future__ import annotations

__all__ = ["Flaw", "Kind", "sentences"]

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

_SHORTER = "plan.toml の実施状況・基本方針の名前、items.csv の推進項目名、状況調査のこの文のうち、長いものを短くしてください"
_FEWER = "plan.toml の実施状況と基本方針の名前を、目標の表と図では目標値と実績値を短くすると大きくなります"
_ASK = "管理者に知らせてください"


class Kind(Enum):
    """A kind of flaw: its words in messages, the remedy, and whether text is lost or covered."""

    CUT = ("用紙の外に出て切れています", _SHORTER, True)
    COVERED = ("ほかの文字と重なっています", _SHORTER, True)
    BEYOND_MARGIN = ("余白にはみ出しています", _SHORTER, False)
    BEYOND_CELL = ("隣の欄にかかっています", _SHORTER, False)
    SMALL = ("6ポイントより小さくなっています", _FEWER, False)
    BROKEN = ("1行に4文字も入らない幅で折り返しています", _SHORTER, False)
    HEADING_ONLY = ("見出しだけのページになっています", _ASK, False)
    EMPTY = ("何もないページです", _ASK, False)

    def __init__(self, words: str, remedy: str, is_loss: bool) -> None:
        self.words, self.remedy, self.is_loss = words, remedy, is_loss


class Flaw(NamedTuple):
    """A flaw on a page (from 0); ``part``: the table, figure or sentence as named in messages, ``text``: the letters."""

    kind: Kind
    page: int
    part: str
    text: str = ""


def sentences(flaws: Iterable[Flaw]) -> list[str]:
    """Write one sentence for all flaws of a kind at a place of a page, in order.

    >>> sentences([Flaw(Kind.CUT, 0, "表「まとめ」", "実施"), Flaw(Kind.CUT, 0, "表「まとめ」", "合計")])[0][:36]
    'report.pdf 1ページ 表「まとめ」: 「実施」などが用紙の外に'
    """
    texts: dict[tuple[Kind, int, str], list[str]] = {}
    for kind, page, part, text in flaws:
        texts.setdefault((kind, page, part), []).append(text)
    return [
        f"report.pdf {page + 1}ページ{f' {part}' if part else ''}: {_subject(kind, named)}{kind.words}。{kind.remedy}"
        for (kind, page, part), named in texts.items()
    ]


def _subject(kind: Kind, texts: list[str]) -> str:
    if kind is Kind.EMPTY:
        return ""
    if not texts[0]:
        return "文字が"
    return f"「{texts[0][:20]}」{'など' if len(set(texts)) > 1 else ''}が"
