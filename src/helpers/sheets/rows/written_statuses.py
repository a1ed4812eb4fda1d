"""Read statuses as cells write them: numbered, in brackets, or listed with a mark at the one that is meant."""

from __future__ import annotations

__all__ = ["LONGEST", "NOTE_NUMBER", "Listing", "WrittenStatuses"]

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from helpers.plan import Status
from helpers.sheets.rows.policy_names import unique
from helpers.text.forms import folded, variant_folded

LONGEST = 200  # characters of a cell that may be a status
NOTE_NUMBER = re.compile(r"[※*]\d*$")

# As they are after folding (NFKC, variants unified). A circle is no mark beside a filled one: ●実施 ○一部実施.
_ON, _CIRCLE, _OFF, _FILLED = "■☑☒✅✓✔√レ●◎◉⦿★▣🗹", "○", "□☐◇☆▢×", "●◎◉⦿"
_IN_BRACKETS = rf"(?:[{_ON}{_CIRCLE}]|[xv]|済|該当)"
_MARK = rf"[{_ON}{_CIRCLE}{_OFF}]|\({_IN_BRACKETS}?\)|\[{_IN_BRACKETS}?\]"
_NUMBER = r"(?:\([1-9a-zア-ン]\)|[1-9a-zア-ン][.):、,]|[1-9❶-❾](?!\d))"
_BETWEEN = "[・、,/|;:。]*"
# Compiled on first use, because most sheets need none of them.
_BEFORE = rf"(?:[・◆▶→>]|{_NUMBER})"
_AFTER = "。.、,;:・"
_BRACKETS = ("()", "「」", "『』", "【】", "[]", "〔〕", "<>", "〈〉", "《》", '""')


class Listing(NamedTuple):
    """Statuses that a cell lists, and those of them that it marks."""

    listed: tuple[str, ...]
    marked: tuple[str, ...]


class WrittenStatuses:
    """The statuses of a plan by the ways in which cells write them."""

    def __init__(self, statuses: Iterable[Status]) -> None:
        self._names = [(name, status.name) for status in statuses for name in (status.name, *status.aliases)]
        self._variants = {variant_folded(name) for name, _ in self._names}
        self._signs = frozenset("".join(self._variants))
        # Most cells are looked up several times, to find the layout and in the checks.
        self._read: dict[str, str | None] = {}

    def status(self, text: str) -> str | None:
        """The status that a cell names; None where no status is meant without doubt."""
        if len(text) > LONGEST:
            return None
        if text not in self._read:
            self._read[text] = self._status(text)
        return self._read[text]

    def _status(self, text: str) -> str | None:
        form = variant_folded(text)
        if not any(name in form for name in self._variants):
            return None  # as most texts of a sheet, which need not be looked at closely
        if (status := self._plain(text)) is not None:
            return status
        listing = self.listing(text)
        if listing is not None:
            return listing.marked[0] if len(listing.marked) == 1 else None
        return self._forms[1].get(self._bare(form))

    def number_before(self, text: str) -> str:
        """The number or letter that a cell has before its one status: '1' of '①実施'; "" for none."""
        if self.names_one(text) or self.status(text) is None:
            return ""
        number = re.match(_NUMBER, variant_folded(text))
        return number[0].strip("().:、,") if number and not self._has_own(number[0]) else ""

    def listing(self, text: str) -> Listing | None:
        """The statuses that a cell lists with marks: '■実施 □一部実施'; None where it does not, or not for certain.

        One status with a mark is a list, too; so are several without any mark.
        """
        if len(text) > LONGEST or self._plain(text) is not None:
            return None
        for blanks in (r"\s+", r"\n+", "$."):  # what cuts the text: every blank, or line ends, or nothing
            form = variant_folded(re.sub(blanks, "、", text.strip()))
            readings = {reading for pattern in self._patterns if (reading := self._listing(form, pattern))}
            if readings:
                return readings.pop() if len(readings) == 1 else None
        return None

    def names_one(self, text: str) -> bool:
        """Whether a cell has the name of a status and nothing else."""
        return bool(text) and len(text) <= LONGEST and self._plain(text) is not None

    def _plain(self, text: str) -> str | None:
        form = folded(text)
        written = NOTE_NUMBER.sub("", form) or form
        for candidate in dict.fromkeys((form, written, written.removesuffix(".0"))):
            for names, fold in zip(self._forms, (folded, variant_folded), strict=True):
                if (status := names.get(fold(candidate))) is not None:
                    return status
        return None

    @cached_property
    def _forms(self) -> tuple[dict[str, str], dict[str, str]]:
        return unique((folded(a), b) for a, b in self._names), unique(
            (variant_folded(a), b) for a, b in self._names
        )

    def _bare(self, form: str) -> str:
        """A status without number, brackets and full stop around it; signs that statuses themselves have stay."""
        while True:
            before = re.match(_BEFORE, form)
            is_in_brackets = len(form) > 2 and form[0] + form[-1] in _BRACKETS
            if before and not self._has_own(before[0]):
                shorter = form[before.end() :]
            elif is_in_brackets:
                shorter = form[1:-1]
            else:
                shorter = form.rstrip(_AFTER)
            if shorter == form:
                return form
            form = shorter

    def _has_own(self, decoration: str) -> bool:
        return any(sign in self._signs for sign in decoration if sign not in "().:、,")

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        names = "|".join(map(re.escape, sorted(self._forms[1], key=len, reverse=True))) or "(?!)"
        name, mark = f"(?P<name>{names})", f"(?P<mark>{_MARK})?"
        return (
            re.compile(f"{_BETWEEN}{mark}(?:{_NUMBER})?{name}{_BETWEEN}"),
            re.compile(f"{_BETWEEN}(?:{_NUMBER})?{name}{mark}{_BETWEEN}"),
        )

    def _listing(self, form: str, pattern: re.Pattern[str]) -> Listing | None:
        marks: dict[str, str] = {}
        for match in _cut(form, pattern):
            if match is None:
                return None
            status, mark = self._forms[1][match["name"]], match["mark"] or ""
            decoration = match[0].replace(match["name"], "", 1)
            if status in marks or self._has_own(decoration):
                return None
            marks[status] = mark.strip("()[]") or mark
        if len(marks) == 1 and not any(marks.values()):
            return None
        has_filled = any(mark in _FILLED for mark in marks.values() if mark)
        marked = [
            status
            for status, mark in marks.items()
            if mark and mark not in (*_OFF, "()", "[]") and not (mark in _CIRCLE and has_filled)
        ]
        return Listing(tuple(marks), tuple(marked))


def _cut(form: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str] | None]:
    """The pieces of a text; at the end None where it does not consist of them."""
    at = 0
    while at < len(form):
        match = pattern.match(form, at)
        yield match
        if match is None:
            return
        at = match.end()
