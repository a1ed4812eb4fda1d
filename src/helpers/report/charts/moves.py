"""What moved: the flow of the items from last year's statuses to this year's, the moved ones by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from matplotlib.patches import PathPatch

from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.report.charts.canvas import WIDTH, Page, drawing, em_width, wrap
from helpers.report.charts.chart import Chart, NoChart
from helpers.report.charts.ribbons import BEGINS, ENDS, NODE, SIDE, Box, Ribbon
from helpers.report.charts.scope_counts import year_name
from helpers.report.palette import INK, MUTED, PAPER, RULE, StatusStyle, status_style

CHART_ID = "what_moved"
_JOINED, _ENDED = "新規", "終了"
_SPACE, _TOP, _LINE = 16.0, 26.0, 15.0
# More moved flows than these carry a number in place of words, as do those whose labels would be nearer than that.
_LABELLED, _APART = 5, 18.0
_OUTSIDE = StatusStyle(PAPER, INK, RULE)


@dataclass(frozen=True)
class _Flow:
    """The items that went from one status to another; ``begins`` is empty for joined, ``ends`` for ended items.

    ``shown``: both as the chart says them.
    """

    begins: str
    ends: str
    items: tuple[str, ...]
    shown: tuple[str, str]

    @property
    def moved(self) -> bool:
        return self.begins != self.ends

    @property
    def title(self) -> str:
        old, new = self.shown
        return f"{old} → {new}" if self.moved else f"{new}のまま"


def what_moved(
    transitions: pd.DataFrame, plan: Plan, year: FiscalYear, derived: Collection[FiscalYear] = ()
) -> Chart | NoChart:
    """Draw how the items moved between the statuses of the year before and those of ``year``; moved ones are named.

    ``transitions``: one row an item; columns number, item, policy, previous_status, status, remark. An empty previous
    status is an item that joined, an empty status one that ended; the remark tells of a split, a merger or an old number.

    Raises:
        FigureError: a status is not in the vocabulary, or a character has no glyph.
    """
    before = year.previous
    caption = f"実施状況の移り変わり: {year_name(before, derived)}から{year_name(year, derived)}へ"
    if transitions.empty:
        return NoChart(CHART_ID, caption, f"{before}の項目別の状況がありません")
    flows = _read(transitions, plan)
    moved = [flow for flow in flows if flow.moved]
    unit = min(5.5, 260 / len(transitions))
    ribbons = _ribbons(flows, plan, unit)
    labels = _labels(flows, ribbons)
    lines = _lines(moved, are_numbered=not labels)
    depth = max(max(ribbon.left, ribbon.right) + ribbon.height for ribbon in ribbons) - _TOP
    stayed = [f"{flow.title}{len(flow.items)}項目" for flow in flows if not flow.moved]
    changes = [
        f"{'から'.join(flow.shown)}へ{len(flow.items)}項目（{'、'.join(flow.items)}）" for flow in moved
    ]
    alt = f"{caption}。{len(transitions)}項目の流れ図。{'。'.join([*(changes or ['変わった項目なし']), *stayed])}。"
    with drawing(_TOP + depth + 14 + _LINE * len(lines) + 4) as page:
        page.text(SIDE, 8, year_name(before, derived), bold=True, align="center")
        page.text(WIDTH - SIDE, 8, year_name(year, derived), bold=True, align="center")
        _draw_flows(page, flows, ribbons, plan)
        if labels:
            _label_flows(page, flows, labels)
        else:
            _number_flows(page, flows, ribbons)
        for place, (text, bold) in enumerate(lines):
            page.text(0, _TOP + depth + 14 + (place + 0.5) * _LINE, text, bold=bold)
        return page.chart(CHART_ID, alt, caption)


def _read(transitions: pd.DataFrame, plan: Plan) -> list[_Flow]:
    """The flows in the plan's order of statuses, last year's first."""
    items: dict[tuple[str, str], list[str]] = {}
    for number, item, begins, ends, remark in zip(
        transitions["number"],
        transitions["item"],
        transitions["previous_status"],
        transitions["status"],
        transitions["remark"],
        strict=True,
    ):
        for status in filter(None, (begins, ends)):
            status_style(plan, status)
        # 新規 and 終了 also take in what was split or merged, and others have had another number.
        told = f"{number} {item}" + (f"（{remark}）" if remark else "")
        items.setdefault((begins, ends), []).append(told)
    order = {name: place for place, name in enumerate([*plan.status_names, ""])}
    joined, ended = (f"（{word}）" if word in order else word for word in (_JOINED, _ENDED))
    pairs = sorted(items, key=lambda pair: (order[pair[0]], order[pair[1]]))
    return [
        _Flow(begins, ends, tuple(items[begins, ends]), (begins or joined, ends or ended))
        for begins, ends in pairs
    ]


def _lines(moved: Sequence[_Flow], *, are_numbered: bool) -> list[tuple[str, bool]]:
    """The list under the drawing: each line and whether it is a heading."""
    lines = []
    for place, flow in enumerate(moved):
        key = _key(place) if are_numbered else ""
        lines.append((f"{key}{flow.title}（{len(flow.items)}項目）", True))
        for item in flow.items:
            first, *rest = wrap(item, WIDTH / 10 - 3)
            lines += [(f"・{first}", False), *((f"　{line}", False) for line in rest)]
    return lines or [("実施状況が変わった項目はありません", True)]


def _ribbons(flows: Sequence[_Flow], plan: Plan, unit: float) -> list[Ribbon]:
    """The ribbon of each flow: those of one status stand together on its side, the statuses apart."""
    order = sorted(range(len(flows)), key=lambda place: (_rank(plan, flows[place].ends), place))
    left = _edges([(place, flow.begins, len(flow.items)) for place, flow in enumerate(flows)], unit)
    right = _edges([(place, flows[place].ends, len(flows[place].items)) for place in order], unit)
    return [Ribbon(left[place], right[place], unit * len(flow.items)) for place, flow in enumerate(flows)]


def _edges(side: Iterable[tuple[int, str, int]], unit: float) -> dict[int, float]:
    """The upper edge of each flow on one side, from (place, status, items) in the order from top to bottom."""
    edges: dict[int, float] = {}
    y, above = _TOP, None
    for place, status, items in side:
        y += _SPACE if above not in (None, status) else 0
        edges[place], above = y, status
        y += unit * items
    return edges


def _draw_flows(page: Page, flows: Sequence[_Flow], ribbons: Sequence[Ribbon], plan: Plan) -> None:
    _draw_side(page, flows, ribbons, plan, at_left=True)
    _draw_side(page, flows, ribbons, plan, at_left=False)
    for flow, ribbon in sorted(zip(flows, ribbons, strict=True), key=lambda drawn: drawn[0].moved):
        style = _style(plan, flow.ends)
        page.add(
            PathPatch(
                ribbon.path,
                facecolor=style.fill if flow.moved else _tint(style.fill),
                edgecolor=INK if flow.moved else RULE,
                linewidth=1.2 if flow.moved else 0.5,
            )
        )


def _draw_side(
    page: Page, flows: Sequence[_Flow], ribbons: Sequence[Ribbon], plan: Plan, *, at_left: bool
) -> None:
    """Draw one side's statuses with their counts."""
    edges = [ribbon.left if at_left else ribbon.right for ribbon in ribbons]
    nodes: dict[str, list[int]] = {}
    for place in sorted(range(len(flows)), key=edges.__getitem__):
        nodes.setdefault(flows[place].begins if at_left else flows[place].ends, []).append(place)
    x = SIDE if at_left else ENDS
    for name, places in nodes.items():
        top, bottom = edges[places[0]], edges[places[-1]] + ribbons[places[-1]].height
        page.rectangle(x, top, NODE, bottom - top, _style(plan, name))
        shown = flows[places[0]].shown[0 if at_left else 1]
        label = f"{shown} {sum(len(flows[place].items) for place in places)}"
        page.text(
            x - 5 if at_left else x + NODE + 5,
            (top + bottom) / 2,
            label,
            min(10.5, (SIDE - 6) / em_width(label)),
            bold=True,
            align="right" if at_left else "left",
        )


def _labels(flows: Sequence[_Flow], ribbons: Sequence[Ribbon]) -> list[tuple[str, float, Box]]:
    """On each flow what it is: text, size and ground; none where one would not be seen to belong to its flow alone."""
    labels: list[tuple[str, float, Box]] = []
    for flow, ribbon in zip(flows, ribbons, strict=True):
        text = f"{flow.title}  {len(flow.items)}項目"
        size = min(10.0, (ENDS - BEGINS - 20) / em_width(text))
        labels.append((text, size, Box(WIDTH / 2, ribbon.middle, em_width(text) * size + 8, size + 4)))
    heights = sorted(box.y for _, _, box in labels)
    are_apart = all(below - above >= _APART for above, below in pairwise(heights))
    hides_none = not any(
        ribbon.runs_under(box)
        for place, ribbon in enumerate(ribbons)
        for of, (_, _, box) in enumerate(labels)
        if of != place
    )
    few = sum(flow.moved for flow in flows) <= _LABELLED
    return labels if few and are_apart and hides_none else []


def _label_flows(page: Page, flows: Sequence[_Flow], labels: Sequence[tuple[str, float, Box]]) -> None:
    for flow, (text, size, box) in zip(flows, labels, strict=True):
        page.label_ground(box.x, box.y, box.width, box.height)
        colour = INK if flow.moved else MUTED
        page.text(box.x, box.y, text, size, bold=flow.moved, colour=colour, align="center")


def _number_flows(page: Page, flows: Sequence[_Flow], ribbons: Sequence[Ribbon]) -> None:
    """Number the moved flows where they begin, as in the list under the drawing."""
    moved = [place for place, flow in enumerate(flows) if flow.moved]
    begins = {place: ribbons[place].left + ribbons[place].height / 2 for place in moved}
    for place, y in _apart(begins, 11).items():
        x = BEGINS + 12 + 12 * (moved.index(place) % 2)
        page.label_ground(x, y, 11, 11)
        page.text(x, y, _key(moved.index(place)), 9.5, bold=True, align="center")


def _apart(heights: Mapping[int, float], distance: float) -> dict[int, float]:
    """Move labels apart to at least ``distance``, as little as may be, first down and then back up to the last one."""
    order = sorted(heights, key=lambda place: (heights[place], place))
    moved: dict[int, float] = {}
    lowest = -distance
    for place in order:
        lowest = moved[place] = max(heights[place], lowest + distance)
    highest = max(heights.values(), default=0) + 2 * distance
    for place in reversed(order):
        highest = moved[place] = min(moved[place], highest - distance)
    return moved


def _key(place: int) -> str:
    """①, ②, …, as far as there are such characters; then plain numbers."""
    return chr(ord("①") + place) if place < 20 else f"({place + 1})"


def _rank(plan: Plan, name: str) -> int:
    return plan.status_names.index(name) if name in plan.status_names else len(plan.statuses)


def _style(plan: Plan, name: str) -> StatusStyle:
    return status_style(plan, name) if name in plan.status_names else _OUTSIDE


def _tint(colour: str) -> str:
    """A quarter of the colour on white."""
    return "#" + "".join(f"{255 - (255 - int(colour[at : at + 2], 16)) // 4:02x}" for at in (1, 3, 5))
