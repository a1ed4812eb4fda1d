"""The running text of two reports, sentence against sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from helpers.proof.diff.differences import TextChange
from helpers.proof.html_page import Text

# Below this likeness two sentences are not versions of one: one went and another came.
_LIKE = 0.5
# A figure or a Latin word, else one character.
_PIECE = re.compile(r"[A-Za-z0-9.,]+%?|.", re.DOTALL)


def compare_texts(before: Sequence[Text], after: Sequence[Text]) -> tuple[TextChange, ...]:
    """The texts that changed, came or went, in reading order."""
    old, new = ([(text.kind, text.text) for text in texts] for texts in (before, after))
    changes: list[TextChange] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            changes += _paired(before[i:j], after[k:m])
    return tuple(changes)


def changed_runs(before: str, after: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both texts as runs, each with whether it differs from the other; figures stay in one piece."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    runs: tuple[list[tuple[str, bool]], list[tuple[str, bool]]] = ([], [])
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, piece in ((0, "".join(old[i:j])), (1, "".join(new[k:m]))):
            if piece:
                runs[side].append((piece, tag != "equal"))
    return runs


def _paired(before: Sequence[Text], after: Sequence[Text]) -> Iterator[TextChange]:
    """Versions of one sentence beside each other, in order; the rest gone or new."""
    if len(before) == len(after) == 1 and (before[0].section, before[0].kind) == (
        after[0].section,
        after[0].kind,
    ):
        # One for one in the same place: reworded, however much.
        yield TextChange(after[0].section, after[0].kind, before[0].text, after[0].text)
        return
    left = 0
    for new in after:
        likely = [(_likeness(old, new), -place) for place, old in enumerate(before[left:], start=left)]
        best, place = max(likely, default=(0.0, 0))
        if best < _LIKE:
            yield TextChange(new.section, new.kind, None, new.text)
            continue
        for gone in before[left:-place]:
            yield TextChange(gone.section, gone.kind, gone.text, None)
        yield TextChange(new.section, new.kind, before[-place].text, new.text)
        left = -place + 1
    for gone in before[left:]:
        yield TextChange(gone.section, gone.kind, gone.text, None)


def _likeness(old: Text, new: Text) -> float:
    if old.kind != new.kind:
        return 0.0
    matcher = SequenceMatcher(None, old.text, new.text, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _LIKE else 0.0
