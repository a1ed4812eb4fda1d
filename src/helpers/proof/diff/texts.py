"""Compare the running text of two reports sentence by sentence."""

from __future__ import annotations

__all__ = ["changed_runs", "compare_texts"]

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from helpers.proof.diff.differences import TextChange
from helpers.proof.html_page import Text

# Two sentences of less likeness are not versions of each other: the first was removed, the second added.
_LIKE = 0.5
# A figure, a Latin word or a single character.
_PIECE = re.compile(r"[A-Za-z0-9.,]+%?|.", re.DOTALL)


def compare_texts(before: Sequence[Text], after: Sequence[Text]) -> tuple[TextChange, ...]:
    """List the texts that were changed, added or removed, in reading order."""
    old, new = ([(text.kind, text.text) for text in texts] for texts in (before, after))
    changes: list[TextChange] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            changes += _paired(before[i:j], after[k:m])
    return tuple(changes)


def changed_runs(before: str, after: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Split both texts into runs, each with whether it differs from the other text; figures are not split."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    runs: tuple[list[tuple[str, bool]], list[tuple[str, bool]]] = ([], [])
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, piece in ((0, "".join(old[i:j])), (1, "".join(new[k:m]))):
            if piece:
                runs[side].append((piece, tag != "equal"))
    return runs


def _paired(before: Sequence[Text], after: Sequence[Text]) -> Iterator[TextChange]:
    """Pair the versions of the same sentence, in order; the rest was removed or added."""
    if len(before) == len(after) == 1 and (before[0].section, before[0].kind) == (
        after[0].section,
        after[0].kind,
    ):
        # A single text for a single text under the same heading: reworded, however much.
        yield TextChange(after[0].section, after[0].kind, before[0].text, after[0].text)
        return
    left = 0
    for new in after:
        likely = [(_likeness(old, new), -at) for at, old in enumerate(before[left:], start=left)]
        best, at = max(likely, default=(0.0, 0))
        if best < _LIKE:
            yield TextChange(new.section, new.kind, None, new.text)
            continue
        for gone in before[left:-at]:
            yield TextChange(gone.section, gone.kind, gone.text, None)
        yield TextChange(new.section, new.kind, before[-at].text, new.text)
        left = -at + 1
    for gone in before[left:]:
        yield TextChange(gone.section, gone.kind, gone.text, None)


def _likeness(old: Text, new: Text) -> float:
    if old.kind != new.kind:
        return 0.0
    matcher = SequenceMatcher(None, old.text, new.text, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _LIKE else 0.0
