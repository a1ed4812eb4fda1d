#!/usr/bin/env bash
# pygal 3.1.3: in a stacked chart (StackedBar, HorizontalStackedBar, StackedLine) a year without a value, None, is printed as 0: as the
# label over the bar, in the description that stands in the SVG for the tooltip, and in the table of render_table. So a department
# that handed in nothing is said to have 0 items. Bar and Line of the same values leave the year out. The documentation shows
# Bar and StackedBar with the same data, years without a value as None, and calls the second the same graph with stacked values.
# Seen: for None, 2, None Bar 2 alone and empty cells; StackedBar 0, 2, 0 and cells of 0.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet pygal==3.1.3 lxml==6.0.2
"$work/env/bin/python" <<'PYTHON'
import pygal
from lxml import etree, html


def printed(kind: type) -> tuple[list[str], list[str]]:
    """The descriptions in the drawing, and the cells of the table, of a series that has a value for the second year alone."""
    chart = kind(print_values=True)
    chart.x_labels = ["R3", "R4", "R5"]
    chart.add("実施", [None, 2, None])
    drawing = etree.fromstring(chart.render())
    table = html.fromstring(chart.render_table(style=False))
    cells = [cell.text or "" for cell in table.iter("td")]
    return [node.text for node in drawing.iter("{*}desc") if node.get("class") == "value"], cells


for kind in (pygal.Bar, pygal.Line, pygal.StackedBar, pygal.HorizontalStackedBar, pygal.StackedLine):
    values, cells = printed(kind)
    print(kind.__name__, values, cells)
    is_stack = "Stacked" in kind.__name__
    assert values == (["0", "2", "0"] if is_stack else ["2"]), "missing years are left out now"
    assert [cell for cell in cells if cell in ("", "0", "2")] == (["0", "2", "0"] if is_stack else ["", "2", ""]), "cells are blank now"
PYTHON
echo "as described"
