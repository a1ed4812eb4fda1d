"""Draw docs/images/layout-*.svg, the layouts of a status sheet, from the tests' fixtures: run it, or `make pictures`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from helpers.plan.model import COLUMN_ALIASES
from helpers.sheets.files.grid import Grid
from helpers.sheets.files.readers import read_grids
from helpers.text.forms import width_of
from helpers.text.html import tag

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests" / "sheets" / "fixtures"
IMAGES = ROOT / "docs" / "images"
# The picture, the fixture, how many worksheets and rows of each are drawn.
PICTURES = {
    "layout-rows.svg": ("plain.xlsx", 1, 6),
    "layout-columns.svg": ("items_in_columns.csv", 1, 6),
    "layout-matrix.svg": ("marks_under_a_head.xlsx", 1, 7),
    "layout-cards.svg": ("cards_on_worksheets.xlsx", 2, 9),
    "layout-cards-above.svg": ("cards_with_labels_above.csv", 1, 15),
    "layout-worksheets.svg": ("a_sheet_for_every_policy.xlsx", 2, 5),
}
# Pixels of a row, of half a character and of the margin; half characters of a cell.
_ROW, _UNIT, _MARGIN, _LONGEST = 24, 6.4, 8, 22
_INK, _PALE, _RULE, _HEAD = "#1f2933", "#52606d", "#8c96a0", "#e6edf4"
_LABELS = {name for names in COLUMN_ALIASES.values() for name in names}


def picture(name: str) -> str:
    """A picture as SVG: the first rows of the fixture's worksheets, one below the other."""
    fixture, sheets, rows = PICTURES[name]
    grids = read_grids((FIXTURES / fixture).read_bytes(), Path(fixture).suffix)[:sheets]
    parts: list[Markup] = []
    top, right = _MARGIN, 0
    for grid in grids:
        widths = [_width(grid, column, rows) for column in range(grid.width)]
        if len(grids) > 1:
            top += _ROW
            parts.append(_text(_MARGIN, top - 8, f"シート「{grid.name}」", _PALE))
        parts += _cells(grid, widths, rows, top)
        title = round(_UNIT * (2 + width_of(grid.cell(0, 0))))
        right = max(right, _MARGIN + max(sum(widths), title))
        top += _ROW * min(rows, len(grid.rows)) + _MARGIN
    width, height = right + _MARGIN, top
    size = {"width": str(width), "height": str(height), "font_family": "sans-serif", "role": "img"}
    drawn = tag(
        "svg",
        tag("title", f"{fixture} の初めの行"),
        tag("rect", width=str(width), height=str(height), fill="#ffffff"),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        **size,
    )
    return f"{drawn}\n".replace("><", ">\n<")


def _width(grid: Grid, column: int, rows: int) -> int:
    # A title is wider than its column, and runs over the empty cells beside it.
    texts = (grid.cell(row, column) for row in range(1, rows))
    return round(_UNIT * (2 + max((min(_LONGEST, width_of(text)) for text in texts), default=2)))


def _cells(grid: Grid, widths: Sequence[int], rows: int, top: int) -> Iterator[Markup]:
    ends = {(first, left): (last, right) for first, left, last, right in grid.merged}
    for row in range(min(rows, len(grid.rows))):
        is_title = row == 0 and len(grid.texts(row)) == 1
        for column in range(grid.width):
            if not grid.begins(row, column):
                continue
            last, right = ends.get((row, column), (row, column))
            x, y = _MARGIN + sum(widths[:column]), top + _ROW * row
            text = grid.cell(row, column)
            if not is_title and grid.texts(row):
                yield tag(
                    "rect",
                    x=str(x),
                    y=str(y),
                    width=str(sum(widths[column : right + 1])),
                    height=str(_ROW * (last - row + 1)),
                    fill=_HEAD if text in _LABELS else "none",
                    stroke=_RULE,
                )
            if text:
                yield _text(x + 6, y + 16, text if is_title else _cut(text), _INK)


def _cut(text: str) -> str:
    line = text.partition("\n")[0]
    while width_of(line) > _LONGEST:
        line = f"{line.removesuffix('…')[:-1]}…"
    return line


def _text(x: int, y: int, words: str, fill: str) -> Markup:
    return tag("text", words, x=str(x), y=str(y), font_size="12", fill=fill)


if __name__ == "__main__":
    for file in PICTURES:
        (IMAGES / file).write_text(picture(file), encoding="utf-8")
