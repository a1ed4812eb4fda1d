"""Colours and hatches that charts, HTML and PDF share: colour-blind-safe, told apart in grey print.

A status takes its look from its group and its rank in it, so that any city's vocabulary has one.
Colour never stands alone: hatches differ too, and every chart labels its areas directly.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpers.errors import FigureError
from helpers.plan import DONE, NOT_STARTED, UNDER_WAY, Plan, Status

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


# A hatch is always farther from its text than the fill is: a label on hatched ground keeps its contrast.
_LOOKS: dict[str, tuple[StatusStyle, ...]] = {
    DONE: (
        StatusStyle(ACCENT, PAPER, ACCENT),
        StatusStyle("#9fc5e8", INK, ACCENT),
        StatusStyle("#2f6d3f", PAPER, "#2f6d3f", "\\\\\\", "#1d4a29"),
        StatusStyle("#d3e6f5", INK, ACCENT, "///", PAPER),
    ),
    UNDER_WAY: (
        StatusStyle("#d98324", INK, "#8a4b08", "//", "#e89c45"),
        StatusStyle("#f6cf9d", INK, "#8a4b08"),
        StatusStyle("#8a4b08", PAPER, "#8a4b08", "\\\\\\", "#6b3a05"),
        StatusStyle("#fbe8cf", INK, "#8a4b08", "xxx", PAPER),
    ),
    NOT_STARTED: (
        StatusStyle("#b9b9b9", INK, MUTED, "\\\\\\", "#dedede"),
        StatusStyle(PAPER, INK, INK),
        StatusStyle("#5f6a75", PAPER, INK, "xxx", "#4a545e"),
        StatusStyle("#e1e5e9", INK, MUTED, "---", PAPER),
    ),
}
_NOT_COUNTED = (
    StatusStyle("#f1f3f5", INK, RULE, "xx", PAPER),
    StatusStyle(PAPER, INK, RULE, "++", "#e1e5e9"),
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
    """Status name → name of its look in ``LOOKS``; one outside the shares has none."""
    names = {style: name for name, style in LOOKS.items()}
    return {status.name: names[status_style(plan, status.name)] for status in plan.statuses if status.counted}


def _looks_and_peers(plan: Plan, status: Status) -> tuple[tuple[StatusStyle, ...], list[Status]]:
    if not status.counted:
        return _NOT_COUNTED, [other for other in plan.statuses if not other.counted]
    return _LOOKS[status.group], [
        other for other in plan.statuses if other.counted and other.group == status.group
    ]
