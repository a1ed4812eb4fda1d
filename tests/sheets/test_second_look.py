"""Every workbook among the fixtures is read a second time, by another library: what cells hold agrees, or why not is listed."""

import io
from pathlib import Path

import pytest
from make_fixtures import FOLDER
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, load_workbook

from helpers.sheets.files.grid import Grid
from helpers.sheets.files.readers import read_grids
from helpers.sheets.files.unreadable import UnreadableError
from helpers.text.forms import cleaned

WORKBOOKS = sorted(path for ending in ("xlsx", "xls", "ods") for path in FOLDER.glob(f"*.{ending}"))

# Content that calamine does not read, by the beginning of the file's name.
DIFFERENT = {
    "struck_": "calamine reads struck text like other text",
    "shown_by_formats": "calamine gives the stored numbers",
    "zeros_not_shown": "calamine reads zeros whether or not they are shown",
    "tables_of_links": "calamine takes the tables of links for worksheets",
    "picture_": "calamine gives the error or the formula's text of a picture",
    "parts_in_utf16": "calamine takes no parts in UTF-16",
    "names_with_backslashes": "calamine finds no worksheet by a name with backslashes in small letters",
    "formula_with_an_error": "calamine leaves cells with errors empty",
    "locked_by_excel": "calamine does not try the password that Excel always has",
    "text_under_the_name_of_excel": "a text, and no workbook",
    "excel_95": "calamine takes code page 932 for another",
}


def stored(book: CalamineWorkbook, name: str) -> dict[tuple[int, int], str]:
    """What the second library finds in the cells of a worksheet, numbers as they are typed."""
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    values = {(row, column): value for row, cells in enumerate(rows) for column, value in enumerate(cells)}
    return {cell: text for cell, value in values.items() if (text := cleaned(_text(value)))}


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def shown(grid: Grid) -> dict[tuple[int, int], str]:
    cells = {(row, column): text for row, texts in enumerate(grid.rows) for column, text in enumerate(texts)}
    return {cell: cleaned(text) for cell, text in cells.items() if cleaned(text)}


def second_look(path: Path) -> dict[str, dict[tuple[int, int], str]] | None:
    try:
        book = load_workbook(io.BytesIO(path.read_bytes()))
        return {name: stored(book, name) for name in book.sheet_names}
    except (CalamineError, PasswordError):
        return None


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.name)
def test_a_second_library_finds_the_same_in_every_cell(path: Path) -> None:
    try:
        grids = read_grids(path.read_bytes(), path.suffix)
    except UnreadableError:
        return  # what must be refused stands in the table of defects
    ours = {grid.name: shown(grid) for grid in grids}
    is_same = ours == second_look(path)
    assert is_same != path.name.startswith(tuple(DIFFERENT))


def test_every_reason_is_needed() -> None:
    for beginning in DIFFERENT:
        assert any(path.name.startswith(beginning) for path in WORKBOOKS)
