"""Whole builds of fiscal 2022 from the same items in other layouts, and what becomes of a report as its parts change."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from commands import gyokaku
from made_reports import lay_out_reference
from spreadsheets import books, csv_text

# Tables that name files and cells of the sheets.
OF_PLACES = {"items.csv", "sources.csv", "source_files.csv", "source_cells.csv"}
STATUSES = ("実施", "一部実施", "検討中", "未実施")
Rows = list[list[str]]


def read_rows(root: Path) -> tuple[Rows, Rows]:
    """The lines above the items of R4.csv, and the items."""
    text = (root / "data" / "raw" / "yamaguchi" / "R4.csv").read_text(encoding="utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text)) if any(row)]
    items = [row for row in rows if row[0].isdigit()]
    assert len(items) == 42
    return rows[:2], items


def departments(folder: Path, head: Rows, items: Rows) -> None:
    (folder / "R4" / "総務部").mkdir(parents=True)
    (folder / "R4" / "財政部.xlsx").write_bytes(books({"Sheet": head + items[::3]}))
    (folder / "R4" / "総務部" / "人事課.xlsx").write_bytes(
        books({"a": head + items[1::6], "b": head + items[4::6]})
    )
    (folder / "R4" / "市民部.csv").write_text(csv_text(head + items[2::3]), encoding="utf-8")


def cards(folder: Path, head: Rows, items: Rows) -> None:
    sheets = {f"No{item[0]}": [head[0], [], *map(list, zip(head[1], item, strict=True))] for item in items}
    (folder / "R4.xlsx").write_bytes(books(sheets))


def matrix(folder: Path, head: Rows, items: Rows) -> None:
    columns = [*head[1][:3], *STATUSES, *head[1][4:]]
    marks = ([*item[:3], *("○" if item[3] == name else "" for name in STATUSES), *item[4:]] for item in items)
    (folder / "R4.xlsx").write_bytes(books({"状況調査": [head[0], columns, *marks]}))


def policies(folder: Path, head: Rows, items: Rows) -> None:
    numerals = dict.fromkeys(item[1][0] for item in items)
    sheets = {numeral: head + [i for i in items if i[1].startswith(f"{numeral} ")] for numeral in numerals}
    (folder / "R4.xlsx").write_bytes(books(sheets))


def tables_of(root: Path) -> dict[str, bytes]:
    folder = root / "reports" / "yamaguchi" / "2022" / "tables"
    return {file.name: file.read_bytes() for file in folder.glob("*.csv") if file.name not in OF_PLACES}


@pytest.mark.slow
@pytest.mark.parametrize("write", [departments, cards, matrix, policies])
def test_the_same_items_in_another_layout_give_the_same_tables(
    tmp_path: Path, files_2022: dict[str, bytes], write: Callable[[Path, Rows, Rows], None]
) -> None:
    project = lay_out_reference(tmp_path)
    head, items = read_rows(project)
    folder = project / "data" / "raw" / "yamaguchi"
    (folder / "R4.csv").unlink()
    write(folder, head, items)
    result = gyokaku("build", "R4", "--root", project)
    assert result.exit_code == 0, result.output
    wanted = {Path(name).name: data for name, data in files_2022.items() if name.endswith(".csv")}
    assert tables_of(project) == {name: data for name, data in wanted.items() if name not in OF_PLACES}


@pytest.mark.slow
def test_a_part_that_is_changed_added_or_renamed_makes_the_report_again_and_a_bad_one_leaves_it(
    tmp_path: Path,
) -> None:
    project = lay_out_reference(tmp_path)
    head, items = read_rows(project)
    folder = project / "data" / "raw" / "yamaguchi"
    (folder / "R4.csv").unlink()
    departments(folder, head, items)

    def why() -> str:
        result = gyokaku("build", "R4", "--root", project, "--why")
        assert result.exit_code == 0, result.output
        return result.output

    assert "まだ作られていない" in why()
    assert "作った時から何も変わっていない" in why()
    (folder / "R4" / "市民部.csv").rename(folder / "R4" / "市民課.csv")
    assert "状況調査 R4/市民部.csv が R4/市民課.csv に名前を変えた" in why()
    (folder / "R4" / "~$財政部.xlsx").write_bytes(b"?")  # what Excel leaves while the file is open
    assert "作った時から何も変わっていない" in why()
    (folder / "R4" / "企画課.csv").write_bytes((folder / "R4" / "市民課.csv").read_bytes())
    result = gyokaku("build", "--root", project)
    assert result.exit_code == 1
    assert "R4/企画課.csv" in result.output and "R4/市民課.csv" in result.output
    assert [path.name for path in sorted((project / "reports" / "yamaguchi").iterdir()) if path.is_dir()] == [
        "2018",
        "2021",
        "2022",
    ]
