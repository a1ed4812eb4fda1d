"""Random sheets of a year in every layout, format and number of parts, and the figures that must come out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fixtures_made.xls import xls_book
from hypothesis import strategies as st
from random_sheets import (
    HEADERS,
    OPTIONAL,
    Written,
    as_ods,
    as_text,
    as_xls,
    as_xlsx,
    number_written,
    plans,
    status_written,
    texts,
)

from helpers.plan import Plan
from helpers.text.forms import cleaned, variant_folded
from spreadsheets import as_texts, books

MARKS = ("○", "◯", "〇", "●", "◎", "レ", "✓", "✔", "■", "1")
NO_MARKS = ("", "", "×", "-", "□", "0")
TITLE = ["令和4年度 実施状況調査"]
FREE = ("主な取組", "所管課", "備考")
Cells = dict[str, str]


@dataclass(repr=False)
class Year:
    """The parts of a year's sheet by name, and the figures that must come out, in the plan's order."""

    plan: Plan
    parts: dict[str, bytes]
    expected: list[tuple[str, ...]]

    def __repr__(self) -> str:
        texts = {name: data.decode() for name, data in self.parts.items() if name.endswith("csv")}
        return f"{self.plan.status_names} {[*self.parts]} {texts} {self.expected}"


@st.composite
def years(draw: Any) -> Year:
    """The items of a random plan, divided among files, each file in a layout and a format of its own."""
    plan = draw(plans())
    kept = draw(st.sets(st.sampled_from(OPTIONAL)))
    count = draw(st.integers(1, min(3, len(plan.items))))
    groups: list[list[Cells]] = [[] for _ in range(count)]
    year = Year(plan, {}, [])
    for index, item in enumerate(plan.items):
        status = draw(st.sampled_from(plan.statuses))
        free = {column: draw(texts).replace("\t", " ") for column in FREE}
        cells = free | {
            "番号": number_written(draw, item.number),
            "基本方針": draw(st.sampled_from([item.policy.label, item.policy.numeral, ""])),
            "推進項目": item.name,
            "実施状況": status.name,
            "alias": status.aliases[0],
        }
        group = index if index < count else draw(st.integers(0, count - 1))
        groups[group].append({name: text for name, text in cells.items() if name not in set(OPTIONAL) - kept})
        year.expected.append(
            (item.number, status.name, *(cleaned(free[c]) if c in kept else "" for c in FREE))
        )
    for number, group in enumerate(groups, start=1):
        for name, data in _files(draw, plan, draw(st.permutations(group))):
            year.parts[f"R4/{number}{name}"] = data
    return year


def _files(draw: Any, plan: Plan, items: Sequence[Cells]) -> Iterator[tuple[str, bytes]]:
    layout = draw(st.sampled_from([_rows, _matrix, _cards, _lying]))
    if (several := draw(st.sampled_from(["", ".xlsx", ".xls"]))) != "":
        # A worksheet for each of some runs of the items.
        size = draw(st.integers(1, len(items)))
        runs = [items[start : start + size] for start in range(0, len(items), size)]
        sheets = {f"課{at}": layout(draw, plan, run) for at, run in enumerate(runs)}
        if several == ".xlsx":
            lines = {name: [[text or None for text in row] for row in rows] for name, rows in sheets.items()}
            yield several, books(lines, lambda last: [as_texts(sheet) for sheet in last.parent])
        else:
            yield several, xls_book(sheets)
        return
    written = Written(plan, layout(draw, plan, items), [])
    ways: dict[str, Callable[[Written], bytes]] = {
        ".csv": lambda sheet: as_text(sheet, "utf-8", ","), ".xlsx": as_xlsx, ".xls": as_xls, ".ods": as_ods,
    }  # fmt: skip
    ending = draw(st.sampled_from(list(ways)))
    yield ending, ways[ending](written)


def _names(draw: Any, items: Sequence[Cells]) -> list[str]:
    return list(draw(st.permutations([name for name in items[0] if name != "alias"])))


def _rows(draw: Any, plan: Plan, items: Sequence[Cells]) -> list[list[str]]:
    names = _names(draw, items)
    header = [draw(st.sampled_from(HEADERS[name])) for name in names]
    return [TITLE, header, *([_value(draw, item, name) for name in names] for item in items)]


def _lying(draw: Any, plan: Plan, items: Sequence[Cells]) -> list[list[str]]:
    """Rows on their side; one column alone would be a card."""
    title, *lines = _rows(draw, plan, items)
    return [title, *(map(list, zip(*lines, strict=True)) if len(items) > 1 else lines)]


def _matrix(draw: Any, plan: Plan, items: Sequence[Cells]) -> list[list[str]]:
    names = _names(draw, items)
    statuses = draw(st.permutations(plan.statuses))
    headings = [draw(st.sampled_from([status.name, status.aliases[0]])) for status in statuses]
    at = names.index("実施状況")
    cells = [draw(st.sampled_from(HEADERS[name])) for name in names]
    lower = [*cells[:at], *headings, *cells[at + 1 :]]
    rows = [TITLE, lower]
    if draw(st.booleans()):
        upper = [*cells[:at], "実施状況", *[""] * (len(headings) - 1), *cells[at + 1 :]]
        rows = [TITLE, upper, [*[""] * at, *headings, *[""] * (len(names) - at - 1)]]
    for item in items:
        marks = [
            draw(st.sampled_from(MARKS)) if status.name == item["実施状況"] else _no_mark(draw, status.name)
            for status in statuses
        ]
        values = [_value(draw, item, name) for name in names]
        rows.append([*values[:at], *marks, *values[at + 1 :]])
    return rows


def _no_mark(draw: Any, status: str) -> str:
    """What stands where there is no mark; in the column of × a × is one."""
    text = draw(st.sampled_from(NO_MARKS))
    return "" if variant_folded(text) == variant_folded(status) else text


def _cards(draw: Any, plan: Plan, items: Sequence[Cells]) -> list[list[str]]:
    names = _names(draw, items)
    labels = {
        name: draw(st.sampled_from(["{}", "【{}】", "■{}", "{}："])).format(
            draw(st.sampled_from(HEADERS[name]))
        )
        for name in names
    }
    in_row = draw(st.integers(1, 2))
    is_above = draw(st.booleans())
    gap = [[]] * draw(st.integers(0, 2))
    rows = [TITLE, []]
    for item in items:
        for start in range(0, len(names), in_row):
            row = names[start : start + in_row]
            values = [_value(draw, item, name) for name in row]
            if is_above:
                rows += [[labels[name] for name in row], values]
            else:
                rows.append(
                    [text for name, value in zip(row, values, strict=True) for text in (labels[name], value)]
                )
        rows += gap
    return rows


def _value(draw: Any, item: Cells, name: str) -> str:
    return status_written(draw, item["実施状況"], item["alias"]) if name == "実施状況" else item[name]
