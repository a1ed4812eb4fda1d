"""Colours and hatches that charts, HTML and PDF share: colour-blind-safe, told apart in grey print.

A status gets its look by its group and its rank in the group, in any city's vocabulary; after nine the looks repeat.
Colour never stands alone: hatches differ too, and every chart labels its areas directly.
"""

from __future__ import annotations

__all__ = [
    "ACCENT", "GAP", "INK", "LOOKS", "MUTED", "PAPER", "RULE", "StatusStyle", "status_looks", "status_style",
]  # fmt: skip

from dataclasses import dataclass

from helpers.errors import FigureError
from helpers.plan import DONE, NOT_STARTED, OTHER, UNDER_WAY, Plan, Status

PAPER, INK, ACCENT = "#ffffff", "#1f2933", "#0b5394"
MUTED = "#52606d"  # small print on paper, 6.4:1
RULE = "#9aa5b1"  # thin lines
GAP = "#c9d1d9"  # hatch of what is missing


@dataclass(frozen=True)
class StatusStyle:
    """How one status is drawn: area, text on it, outline, hatch (matplotlib's letters, "" for none)."""

    fill: str
    text: str
    edge: str
    hatch: str = ""
    hatch_colour: str = PAPER


# The looks of a group by rank, nine each. No two looks of all groups are alike in grey: they differ in hatch or are 1.4 : 1
# to each other. A hatch is 1.45 : 1 to its fill or more, and a label keeps its 4.5 : 1 to both.
_DARK_BLUE, _BLUE, _PALE_BLUE = (ACCENT, "#2a70b0"), ("#86b3e0", "#c6e0f5"), ("#bfdcf3", "#7fb2e0")
_TEAL = ("#1d5c63", "#3a7c83")
_BROWN, _ORANGE, _PALE_ORANGE = ("#7a4106", "#a86218"), ("#e3a45c", "#f9d8ad"), ("#f9d8ad", "#e3a45c")
_SLATE, _GREY, _PALE_GREY = ("#4a545e", "#6a7580"), ("#9aa5b1", "#d5dade"), ("#d5dade", "#9aa5b1")
_WHITE = (PAPER, "#b9c1c9")


def _look(tone: tuple[str, str], hatch: str, edge: str, text: str = INK) -> StatusStyle:
    """The look of a tone: its fill and the colour of lines on it."""
    return StatusStyle(tone[0], text, edge, hatch, tone[1])


_LOOKS: dict[str, tuple[StatusStyle, ...]] = {
    DONE: (
        StatusStyle(ACCENT, PAPER, ACCENT),
        _look(_BLUE, "", ACCENT),
        _look(_TEAL, "\\\\\\", "#1d5c63", PAPER),
        _look(_PALE_BLUE, "///", ACCENT),
        _look(_BLUE, "---", ACCENT),
        _look(_DARK_BLUE, "xxx", ACCENT, PAPER),
        _look(_PALE_BLUE, "|||", ACCENT),
        _look(_TEAL, "...", "#1d5c63", PAPER),
        _look(_PALE_BLUE, "+++", ACCENT),
    ),
    UNDER_WAY: (
        StatusStyle("#d98324", INK, "#8a4b08", "//", "#eeb068"),
        StatusStyle("#f6cf9d", INK, "#8a4b08"),
        _look(_BROWN, "|||", "#7a4106", PAPER),
        _look(_PALE_ORANGE, "xxx", "#8a4b08"),
        _look(_ORANGE, "...", "#8a4b08"),
        _look(_BROWN, "---", "#7a4106", PAPER),
        _look(_PALE_ORANGE, "\\\\\\", "#8a4b08"),
        _look(_ORANGE, "+++", "#8a4b08"),
        _look(_BROWN, "///", "#7a4106", PAPER),
    ),
    NOT_STARTED: (
        StatusStyle("#b9b9b9", INK, MUTED, "\\\\\\", "#eeeeee"),
        StatusStyle(PAPER, INK, INK),
        _look(_SLATE, "+++", INK, PAPER),
        _look(_PALE_GREY, "---", MUTED),
        _look(_GREY, "xxx", INK),
        _look(_PALE_GREY, "...", MUTED),
        _look(_GREY, "|||", INK),
        _look(_WHITE, "///", INK),
        _look(_WHITE, "|||", INK),
    ),
}
_NOT_COUNTED = (
    StatusStyle("#f1f3f5", INK, MUTED, "oo", "#b9c1c9"),
    *(_look(_WHITE, hatch, MUTED) for hatch in ("++", "---", "...")),
)
# By name: that of the group for its first look ('done'), then 'done-2' and so on.
LOOKS: dict[str, StatusStyle] = {
    group if number == 1 else f"{group}-{number}": look
    for group, looks in _LOOKS.items()
    for number, look in enumerate(looks, 1)
}


def status_style(plan: Plan, status_name: str) -> StatusStyle:
    """The look of a status of the plan's vocabulary.

    Raises:
        FigureError: the status is not in the vocabulary.
    """
    for status in plan.statuses:
        if status.name == status_name:
            looks, peers = _looks_and_peers(plan, status)
            return looks[peers.index(status) % len(looks)]
    raise FigureError(
        f"実施状況「{status_name}」は区分にありません（{'／'.join(plan.status_names)}）。plan.toml の statuses を確認してください"
    )


def status_looks(plan: Plan) -> dict[str, str]:
    """Status name → name of its look in ``LOOKS``, without statuses that say nothing of progress."""
    names = {style: name for name, style in LOOKS.items()}
    return {
        status.name: names[status_style(plan, status.name)]
        for status in plan.statuses
        if not _is_silent(status)
    }


def _looks_and_peers(plan: Plan, status: Status) -> tuple[tuple[StatusStyle, ...], list[Status]]:
    if _is_silent(status):
        return _NOT_COUNTED, list(filter(_is_silent, plan.statuses))
    return _LOOKS[status.group], [
        other for other in plan.statuses if other.counted and other.group == status.group
    ]


def _is_silent(status: Status) -> bool:
    """Whether a status says nothing of progress: outside the shares, or counted as something else."""
    return not status.counted or status.group == OTHER
