"""What moved: the flow of the items from last year's statuses to this year's, the moved ones by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from helpers.charts.chart import Chart, NoChart
from helpers.charts.counts import year_name
from helpers.charts.page import WIDTH, Page, drawing, em_width, wrap
from helpers.fiscal_year import FiscalYear
from helpers.palette import INK, MUTED, PAPER, RULE, StatusStyle, status_style
from helpers.plan import Plan

CHART_ID = "what_moved"
_JOINED, _ENDED = "新規", "終了"
_SIDE, _NODE, _SPACE, _TOP, _LINE = 84.0, 16.0, 16.0, 26.0, 15.0
_LABELLED = 5  # more moved flows than these carry a number in place of words
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
    status is an item that joined, an empty status one that ended; the remark tells of a split or a merger.

    Raises:
        FigureError: a status is not in the vocabulary, or a character has no glyph.
    """
    before = year.previous
    caption = f"実施状況の移り変わり: {year_name(before, derived)}から{year_name(year, derived)}へ"
    if transitions.empty:
        return NoChart(CHART_ID, caption, f"{before}の項目別の状況がありません")
    flows = _read(transitions, plan)
    moved = [flow for flow in flows if flow.moved]
    lines = _lines(moved)
    unit = min(5.5, 260 / len(transitions))
    nodes = max(len({flow.begins for flow in flows}), len({flow.ends for flow in flows}))
    depth = unit * len(transitions) + _SPACE * (nodes - 1)
    stayed = [f"{flow.title}{len(flow.items)}項目" for flow in flows if not flow.moved]
    changes = [
        f"{'から'.join(flow.shown)}へ{len(flow.items)}項目（{'、'.join(flow.items)}）" for flow in moved
    ]
    alt = f"{caption}。{len(transitions)}項目の流れ図。{'。'.join([*(changes or ['変わった項目なし']), *stayed])}。"
    with drawing(_TOP + depth + 14 + _LINE * len(lines) + 4) as page:
        page.text(_SIDE, 8, year_name(before, derived), bold=True, align="center")
        page.text(WIDTH - _SIDE, 8, year_name(year, derived), bold=True, align="center")
        _draw_flows(page, flows, plan, unit)
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
        # 新規 and 終了 also take in what was split or merged, which the remark tells.
        told = f"{number} {item}" + (f"（{remark}）" if remark and not (begins and ends) else "")
        items.setdefault((begins, ends), []).append(told)
    order = {name: place for place, name in enumerate([*plan.status_names, ""])}
    joined, ended = (f"（{word}）" if word in order else word for word in (_JOINED, _ENDED))
    pairs = sorted(items, key=lambda pair: (order[pair[0]], order[pair[1]]))
    return [
        _Flow(begins, ends, tuple(items[begins, ends]), (begins or joined, ends or ended))
        for begins, ends in pairs
    ]


def _lines(moved: Sequence[_Flow]) -> list[tuple[str, bool]]:
    """The list under the drawing: each line and whether it is a heading."""
    lines = []
    for place, flow in enumerate(moved):
        key = _key(place) if len(moved) > _LABELLED else ""
        lines.append((f"{key}{flow.title}（{len(flow.items)}項目）", True))
        for item in flow.items:
            first, *rest = wrap(item, WIDTH / 10 - 3)
            lines += [(f"・{first}", False), *((f"　{line}", False) for line in rest)]
    return lines or [("実施状況が変わった項目はありません", True)]


def _draw_flows(page: Page, flows: list[_Flow], plan: Plan, unit: float) -> None:
    right_order = sorted(range(len(flows)), key=lambda place: (_rank(plan, flows[place].ends), place))
    left = _stack(page, flows, range(len(flows)), plan, unit, at_left=True)
    right = _stack(page, flows, right_order, plan, unit, at_left=False)
    for place in sorted(range(len(flows)), key=lambda place: flows[place].moved):
        moved, style = flows[place].moved, _style(plan, flows[place].ends)
        page.add(
            PathPatch(
                _band(left[place], right[place], unit * len(flows[place].items)),
                facecolor=style.fill if moved else _tint(style.fill),
                edgecolor=INK if moved else RULE,
                linewidth=1.2 if moved else 0.5,
            )
        )
    if sum(flow.moved for flow in flows) > _LABELLED:
        _number_flows(page, flows, left, unit)
    else:
        _label_flows(page, flows, left, right, unit)


def _label_flows(
    page: Page, flows: list[_Flow], left: Mapping[int, float], right: Mapping[int, float], unit: float
) -> None:
    """Write on every flow what it is."""
    middles = {
        place: (left[place] + right[place] + unit * len(flow.items)) / 2 for place, flow in enumerate(flows)
    }
    for place, y in _apart(middles, 15).items():
        text, moved = f"{flows[place].title}  {len(flows[place].items)}項目", flows[place].moved
        size = min(10.0, (WIDTH - 2 * _SIDE - 2 * _NODE - 20) / em_width(text))
        page.label_ground(WIDTH / 2, y, em_width(text) * size + 8, size + 4)
        page.text(WIDTH / 2, y, text, size, bold=moved, colour=INK if moved else MUTED, align="center")


def _number_flows(page: Page, flows: list[_Flow], left: Mapping[int, float], unit: float) -> None:
    """Number the moved flows where they begin, as in the list under the drawing."""
    moved = [place for place, flow in enumerate(flows) if flow.moved]
    begins = {place: left[place] + unit * len(flows[place].items) / 2 for place in moved}
    for place, y in _apart(begins, 11).items():
        x = _SIDE + _NODE + 12 + 12 * (moved.index(place) % 2)
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


def _stack(
    page: Page, flows: list[_Flow], order: Iterable[int], plan: Plan, unit: float, *, at_left: bool
) -> dict[int, float]:
    """Draw one side's statuses with their counts; returns the upper edge of each flow on that side."""
    edges: dict[int, float] = {}
    nodes: dict[str, list[int]] = {}
    for place in order:
        nodes.setdefault(flows[place].begins if at_left else flows[place].ends, []).append(place)
    y = _TOP
    x = _SIDE if at_left else WIDTH - _SIDE - _NODE
    for name, places in nodes.items():
        top = y
        for place in places:
            edges[place] = y
            y += unit * len(flows[place].items)
        page.rectangle(x, top, _NODE, y - top, _style(plan, name))
        shown = flows[places[0]].shown[0 if at_left else 1]
        label = f"{shown} {sum(len(flows[place].items) for place in places)}"
        page.text(
            x - 5 if at_left else x + _NODE + 5,
            (top + y) / 2,
            label,
            min(10.5, (_SIDE - 6) / em_width(label)),
            bold=True,
            align="right" if at_left else "left",
        )
        y += _SPACE
    return edges


def _band(left: float, right: float, height: float) -> Path:
    begins, ends, middle = _SIDE + _NODE, WIDTH - _SIDE - _NODE, WIDTH / 2
    points = [
        (begins, left),
        (middle, left),
        (middle, right),
        (ends, right),
        (ends, right + height),
        (middle, right + height),
        (middle, left + height),
        (begins, left + height),
        (begins, left),
    ]
    curve = [Path.CURVE4] * 3
    return Path(points, [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY])


def _rank(plan: Plan, name: str) -> int:
    return plan.status_names.index(name) if name in plan.status_names else len(plan.statuses)


def _style(plan: Plan, name: str) -> StatusStyle:
    return status_style(plan, name) if name in plan.status_names else _OUTSIDE


def _tint(colour: str) -> str:
    """A quarter of the colour on white."""
    return "#" + "".join(f"{255 - (255 - int(colour[at : at + 2], 16)) // 4:02x}" for at in (1, 3, 5))
