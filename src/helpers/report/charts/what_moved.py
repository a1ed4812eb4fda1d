"""What moved: the flow of the items from last year's statuses to this year's, the moved ones by name."""

from __future__ import annotations

__all__ = ["draw"]

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal

import pandas as pd
from matplotlib.patches import PathPatch

from helpers.history.history import History
from helpers.plan import Plan
from helpers.plan.words.report_words import Wording
from helpers.report.charts.drawing.canvas import WIDTH, Page, drawing, em_width, wrap
from helpers.report.charts.drawing.chart import Chart, fitting_words
from helpers.report.charts.drawing.ribbons import BEGINS, ENDS, NODE, SIDE, Box, Ribbon
from helpers.report.palette import INK, MUTED, PAPER, RULE, StatusStyle, status_style
from helpers.report.sentences.phrases import year_name
from helpers.report.tables.items import item_transitions
from helpers.text.forms import circled
from helpers.text.wrapping import on_two_lines

_JOINED, _ENDED = "新規", "終了"
_SPACE, _TOP, _LINE = 16.0, 26.0, 15.0
_LARGE = 8.0  # the size of a status at the side that takes two lines
# The highest chart on a page, and its smallest letters. With more moved items only the table names them; with more
# flows there is no chart.
_HIGHEST, _SMALLEST = 760.0, 7.0
_NAMED_BY_TABLE = "※{item}の名前は、状況が変わった{item}の表にあります。"
# More moved flows than this are labelled by numbers, as are flows whose labels would be closer than ``_APART`` units.
_LABELLED, _APART = 5, 18.0
_OUTSIDE = StatusStyle(PAPER, INK, RULE)


@dataclass(frozen=True)
class _Flow:
    """The items that went from one status to another.

    ``statuses``: last year's, "" for items that joined, and this year's, "" for items that ended; ``shown``: both as
    the chart says them.
    """

    statuses: tuple[str, str]
    shown: tuple[str, str]
    items: tuple[str, ...]
    ribbon: Ribbon

    @property
    def moved(self) -> bool:
        return self.statuses[0] != self.statuses[1]

    @property
    def title(self) -> str:
        return " → ".join(self.shown) if self.moved else f"{self.shown[1]}のまま"


def draw(history: History) -> Chart | None:
    """Draw how the items moved between the statuses of last year and those of this year; moved ones are named.

    None where either year is not known item by item, or where a page could not hold so many flows.

    Raises:
        FigureError: a character has no glyph.
    """
    changes = item_transitions(history)
    if changes is None:
        return None
    before, now = year_name(history, history.year.previous), year_name(history, history.year)
    flows = _flows(changes, history.plan)
    moved = [flow for flow in flows if flow.moved]
    words = history.plan.wording
    labels = _labels(flows, words)
    stayed = [f"{flow.title}{words.items(len(flow.items))}" for flow in flows if not flow.moved]
    named_by_table = _NAMED_BY_TABLE.format(item=words.item)
    counts = [f"{'から'.join(flow.shown)}へ{words.items(len(flow.items))}" for flow in moved]
    names = [f"{count}（{'、'.join(flow.items)}）" for count, flow in zip(counts, moved, strict=True)]
    choices = ([*(names or [f"変わった{words.item}なし"]), *stayed], [named_by_table[:-1], *counts, *stayed])
    caption = f"実施状況の移り変わり: {before}から{now}へ"
    alt = f"{caption}。{words.items(len(changes))}の流れ図。{fitting_words(map('。'.join, choices))}。"
    foot = max(edge + flow.ribbon.height for flow in flows for edge in flow.ribbon.edges) + 14
    lines = _lines(moved, words, are_numbered=not labels)
    if _too_high(foot, lines):
        lines = [*(line for line in lines if line[1]), (named_by_table, False)]
    if _too_high(foot, lines):
        return None
    with drawing(foot + _LINE * len(lines) + 4) as page:
        page.text(SIDE, 8, before, bold=True, align="center")
        page.text(WIDTH - SIDE, 8, now, bold=True, align="center")
        _draw_flows(page, flows, history.plan)
        if labels:
            _label_flows(page, flows, labels)
        else:
            _number_flows(page, moved)
        for number, (text, bold) in enumerate(lines):
            page.text(0, foot + (number + 0.5) * _LINE, text, bold=bold)
        return page.chart("what_moved", alt, caption)


def _too_high(foot: float, lines: Sequence[tuple[str, bool]]) -> bool:
    return foot + _LINE * len(lines) > _HIGHEST


def _flows(changes: pd.DataFrame, plan: Plan) -> list[_Flow]:
    """The flows in the plan's order of statuses, last year's first."""
    items: dict[tuple[str, str], list[str]] = {}
    columns = [changes[name] for name in ("number", "item", "previous_status", "status", "remark")]
    for number, item, begins, ends, remark in zip(*columns, strict=True):
        # 新規 and 終了 also take in what was split or merged, and others have had another number.
        name = f"{number} {item}" + (f"（{remark}）" if remark else "")
        items.setdefault((begins, ends), []).append(name)
    order = {name: position for position, name in enumerate([*plan.status_names, ""])}
    joined, ended = (f"（{word}）" if word in order else word for word in (_JOINED, _ENDED))
    unit = min(5.5, 260 / len(changes))
    heights = {
        pair: unit * len(items[pair])
        for pair in sorted(items, key=lambda pair: (order[pair[0]], order[pair[1]]))
    }
    left = _edges(heights, 0)
    right = _edges({pair: heights[pair] for pair in sorted(heights, key=lambda pair: order[pair[1]])}, 1)
    return [
        _Flow(
            pair,
            (pair[0] or joined, pair[1] or ended),
            tuple(items[pair]),
            Ribbon((left[pair], right[pair]), height),
        )
        for pair, height in heights.items()
    ]


def _edges(heights: Mapping[tuple[str, str], float], side: int) -> dict[tuple[str, str], float]:
    """The upper edge of each flow on a side, from top to bottom: those of one status together, the statuses apart."""
    edges: dict[tuple[str, str], float] = {}
    y, above = _TOP, None
    for pair, height in heights.items():
        y += _SPACE if above not in (None, pair[side]) else 0
        edges[pair], above = y, pair[side]
        y += height
    return edges


def _lines(moved: Sequence[_Flow], words: Wording, *, are_numbered: bool) -> list[tuple[str, bool]]:
    """The list under the drawing: each line and whether it is a heading."""
    lines = []
    for number, flow in enumerate(moved):
        key = circled(number) if are_numbered else ""
        lines.append((f"{key}{flow.title}（{words.items(len(flow.items))}）", True))
        for item in flow.items:
            first, *rest = wrap(item, WIDTH / 10 - 3)
            lines += [(f"・{first}", False), *((f"　{line}", False) for line in rest)]
    return lines or [(f"実施状況が変わった{words.item}はありません", True)]


def _draw_flows(page: Page, flows: Sequence[_Flow], plan: Plan) -> None:
    for side in (0, 1):
        _draw_side(page, flows, plan, side)
    for flow in sorted(flows, key=lambda flow: flow.moved):
        fill = _style(plan, flow.statuses[1]).fill
        page.add(
            PathPatch(
                flow.ribbon.path,
                facecolor=fill if flow.moved else _tint(fill),
                edgecolor=INK if flow.moved else RULE,
                linewidth=1.2 if flow.moved else 0.5,
            )
        )


def _draw_side(page: Page, flows: Sequence[_Flow], plan: Plan, side: int) -> None:
    """Draw the statuses of last year (side 0) or this year (1) with their counts."""
    nodes: dict[str, list[_Flow]] = {}
    for flow in sorted(flows, key=lambda flow: flow.ribbon.edges[side]):
        nodes.setdefault(flow.statuses[side], []).append(flow)
    x, text_x = ((SIDE, SIDE - 5), (ENDS, ENDS + NODE + 5))[side]
    for name, members in nodes.items():
        top = members[0].ribbon.edges[side]
        bottom = members[-1].ribbon.edges[side] + members[-1].ribbon.height
        page.rectangle(x, top, NODE, bottom - top, _style(plan, name))
        count = str(sum(len(flow.items) for flow in members))
        shown = members[0].shown[side]
        lines, size = [f"{shown} {count}"], 10.5
        if em_width(lines[0]) * _LARGE > SIDE - 6:
            room = (SIDE - 6) / _LARGE
            *above, last = wrap(shown, room)
            pair = on_two_lines(lines[0], room, em_width)
            lines, size = list(pair or [*above, f"{last} {count}"]), _LARGE
        for number, line in enumerate(lines):
            y = (top + bottom) / 2 + (number - (len(lines) - 1) / 2) * (size + 0.5)
            align: Literal["left", "right"] = "left" if side else "right"
            page.text(text_x, y, line, size, bold=True, align=align, within=SIDE - 6)


def _labels(flows: Sequence[_Flow], words: Wording) -> list[tuple[str, float, Box]]:
    """The label of each flow: text, size and ground; no labels where any would hide another label or flow."""
    labels: list[tuple[str, float, Box]] = []
    for flow in flows:
        text = f"{flow.title}  {words.items(len(flow.items))}"
        size = min(10.0, (ENDS - BEGINS - 20) / em_width(text))
        labels.append((text, size, Box(WIDTH / 2, flow.ribbon.middle, em_width(text) * size + 8, size + 4)))
    heights = sorted(box.y for _, _, box in labels)
    are_apart = all(below - above >= _APART for above, below in pairwise(heights))
    hides_none = not any(
        flow.ribbon.runs_under(box)
        for number, flow in enumerate(flows)
        for of, (_, _, box) in enumerate(labels)
        if of != number
    )
    few = sum(flow.moved for flow in flows) <= _LABELLED
    are_legible = all(size >= _SMALLEST for _, size, _ in labels)
    return labels if few and are_apart and are_legible and hides_none else []


def _label_flows(page: Page, flows: Sequence[_Flow], labels: Sequence[tuple[str, float, Box]]) -> None:
    for flow, (text, size, box) in zip(flows, labels, strict=True):
        page.label_ground(box.x, box.y, box.width, box.height)
        colour = INK if flow.moved else MUTED
        page.text(box.x, box.y, text, size, bold=flow.moved, colour=colour, align="center")


def _number_flows(page: Page, moved: Sequence[_Flow]) -> None:
    """Number the moved flows where they begin, as in the list under the drawing."""
    heights = [flow.ribbon.edges[0] + flow.ribbon.height / 2 for flow in moved]
    for number, y in enumerate(_apart(heights, 11)):
        x = BEGINS + 12 + 12 * (number % 2)
        page.label_ground(x, y, 11, 11)
        page.text(x, y, circled(number), 9.5, bold=True, align="center")


def _apart(heights: Sequence[float], distance: float) -> list[float]:
    """Move rising heights apart to at least ``distance``, as little as may be, first down, then back up to the last."""
    if not heights:
        return []
    *others, last = accumulate(heights, lambda above, y: max(y, above + distance))
    limit = min(last, heights[-1] + distance)
    upwards = accumulate([limit, *reversed(others)], lambda below, y: min(y, below - distance))
    return list(upwards)[::-1]


def _style(plan: Plan, name: str) -> StatusStyle:
    return status_style(plan, name) if name else _OUTSIDE


def _tint(colour: str) -> str:
    """A quarter of the colour on white."""
    return "#" + "".join(f"{255 - (255 - int(colour[at : at + 2], 16)) // 4:02x}" for at in (1, 3, 5))
