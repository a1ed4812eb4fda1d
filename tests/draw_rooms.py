"""Draw docs/images/rooms.svg, the rooms of the package and who imports from whom: run it, or `make pictures`."""

import ast
from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from helpers.text.html import tag
from import_graph import PACKAGE, ROOMS, Graph, import_graph, modules, parsed, room_of

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "images" / "rooms.svg"
_ROW, _TOP, _LEFT, _CELL, _RIGHT = 42, 96, 430, 32, 16
_PURPOSE = 62  # characters
_INK, _PALE, _RULE, _DOT = "#1f2933", "#52606d", "#d9dfe5", "#1d5b8f"


def picture(graph: Graph) -> str:
    """The picture as SVG: a row and a column a room; a number says how many modules import from the column's room."""
    width, height = _LEFT + _CELL * len(ROOMS) + _RIGHT, _TOP + _ROW * len(ROOMS) + 30
    parts = [
        tag("title", "Rooms of the package and their imports"),
        tag("rect", width=str(width), height=str(height), fill="#ffffff"),
        *(part for index, room in enumerate(ROOMS) for part in _row(graph, index, room)),
        _text(16, height - 10, "A number: so many modules of the row import from the column. Nothing stands right of the diagonal.", 11, _PALE),
    ]  # fmt: skip
    size = {"width": str(width), "height": str(height), "font_family": "sans-serif", "role": "img"}
    drawn = tag("svg", *parts, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width} {height}", **size)
    return f"{drawn}\n".replace("><", ">\n<")


def _row(graph: Graph, index: int, room: str) -> Iterator[Markup]:
    y, x = _TOP + _ROW * index, _LEFT + _CELL * index
    mine = [module for module in graph if room_of(module) == room]
    folder = PACKAGE / room
    yield tag(
        "rect",
        x="8",
        y=str(y + 3),
        width=str(_LEFT - 24),
        height=str(_ROW - 6),
        rx="4",
        fill="#f3f6f9",
        stroke=_RULE,
    )
    yield _text(18, y + 19, f"{room}/" if folder.is_dir() else f"{room}.py", 14, _INK, weight="bold")
    yield _text(
        _LEFT - 26,
        y + 19,
        f"{sum(_is_code(m) for m in mine)} modules" if folder.is_dir() else "",
        11,
        _PALE,
        anchor="end",
    )
    inner = sorted(path.name for path in folder.glob("*/") if (path / "__init__.py").is_file())
    yield _text(18, y + 33, "  ".join(f"{name}/" for name in inner) or _purpose(room), 11, _PALE)
    yield _text(0, 0, room, 12, _INK, transform=f"translate({x + _CELL // 2 + 4} {_TOP - 8}) rotate(-55)")
    yield tag("rect", x=str(x + 3), y=str(y + 5), width=str(_CELL - 6), height=str(_ROW - 10), fill=_RULE)
    for other, column in zip(ROOMS, range(len(ROOMS)), strict=True):
        importing = sum(any(room_of(i) == other for i in graph[module]) for module in mine)
        if importing and other != room:
            yield _text(
                _LEFT + _CELL * column + _CELL // 2,
                y + _ROW // 2 + 5,
                str(importing),
                13,
                _DOT,
                anchor="middle",
                weight="bold",
            )
    yield tag(
        "line", x1="8", x2=str(_LEFT + _CELL * len(ROOMS)), y1=str(y + _ROW), y2=str(y + _ROW), stroke=_RULE
    )


def _text(
    x: int,
    y: int,
    words: str,
    size: int,
    fill: str,
    anchor: str | None = None,
    weight: str | None = None,
    transform: str | None = None,
) -> Markup:
    look = {"font_size": str(size), "fill": fill, "text_anchor": anchor, "font_weight": weight}
    return tag("text", words, x=str(x), y=str(y), transform=transform, **look)


def _is_code(module: str) -> bool:
    return modules()[module].name != "__init__.py"


def _purpose(room: str) -> str:
    file = modules()[room]
    line = (ast.get_docstring(parsed(file)) or "").partition("\n")[0]
    line = line.replace("``", "")
    return line if len(line) <= _PURPOSE else f"{line[:_PURPOSE].rpartition(' ')[0]} …"


if __name__ == "__main__":
    PICTURE.write_text(picture(import_graph()), encoding="utf-8")
