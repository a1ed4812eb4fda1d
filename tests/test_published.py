import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.errors import PlanFileError
from helpers.history import History
from helpers.published import Reconciliation, reconcile
from helpers.report import load_history

PUBLISHED = "data/raw/yamaguchi/published/2022"


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A copy of the reference project that a test may spoil."""
    shutil.copytree(root / "data" / "raw" / "yamaguchi", tmp_path / "data" / "raw" / "yamaguchi")
    (tmp_path / "notebooks").mkdir()
    return tmp_path


def reconciled(root: Path) -> Reconciliation:
    return reconcile(load_history("yamaguchi", 2022, root))


def edit(file: Path, change: Callable[[list[list[str]]], None]) -> None:
    """Change the rows of a csv file in place."""
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
    change(rows)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    file.write_text(out.getvalue(), encoding="utf-8")


def test_every_published_figure_of_2022_is_ours_or_a_recorded_slip(history_2022: History) -> None:
    result = reconcile(history_2022)
    assert (result.matches, len(result.differences), result.total) == (373, 3, 376)
    assert result.ok
    assert [(d.row, d.printed) for d in result.differences] == [
        (number, "基本方針Ⅰ 協働によるまちづくりの推進") for number in ("4", "7", "9")
    ]
    by_table = {table.table: (table.matches, table.errata, table.total) for table in result.tables}
    assert by_table == {
        "plan_overview": (6, 0, 6), "highlights": (37, 3, 40), "overall": (25, 0, 25),
        "by_policy": (112, 0, 112), "items": (168, 0, 168), "summary": (25, 0, 25),
    }  # fmt: skip


def cells_of_every_table(root: Path) -> list[tuple[str, int, int]]:
    places = []
    for file in sorted((root / PUBLISHED).glob("*.csv")):
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
        # One cell of each column, but for the one that holds the recorded slips.
        columns = range(2 if file.stem == "highlights" else 1, len(rows[0]))
        places += [(file.name, 1 + column % (len(rows) - 1), column) for column in columns]
    return places


@pytest.mark.parametrize(("name", "line", "column"), cells_of_every_table(Path(__file__).parents[1]))
def test_one_changed_published_cell_is_one_difference_with_both_values(
    copy: Path, name: str, line: int, column: int
) -> None:
    edit(copy / PUBLISHED / name, lambda rows: rows[line].__setitem__(column, "99.9%"))
    result = reconciled(copy)
    assert not result.ok
    assert "99.9%" in {difference.printed for difference in result.unrecorded}


def test_one_changed_status_is_found_in_every_table_that_it_reaches(copy: Path) -> None:
    sheet = copy / "data" / "raw" / "yamaguchi" / "R4.csv"
    text = sheet.read_text(encoding="utf-8")
    assert text.count("官民連携の新たな仕組みの研究,実施") == 1
    sheet.write_text(
        text.replace("官民連携の新たな仕組みの研究,実施", "官民連携の新たな仕組みの研究,未実施"),
        encoding="utf-8",
    )
    result = reconciled(copy)
    assert not result.ok
    assert {difference.table for difference in result.unrecorded} == {
        "overall",
        "by_policy",
        "items",
        "summary",
    }


def test_a_row_that_the_document_lacks_is_a_difference(copy: Path) -> None:
    edit(copy / PUBLISHED / "items.csv", lambda rows: rows.__delitem__(5))
    result = reconciled(copy)
    assert [(d.row, d.printed) for d in result.unrecorded] == [("5", "（行なし）")]
    assert result.total == 372


def test_a_row_that_we_lack_is_a_difference(copy: Path) -> None:
    edit(copy / PUBLISHED / "items.csv", lambda rows: rows.append(["3(1)", "", "43", "新項目", "実施"]))
    assert {d.ours for d in reconciled(copy).unrecorded} == {"（行なし）"}


def test_the_order_of_the_rows_counts(copy: Path) -> None:
    edit(copy / PUBLISHED / "items.csv", lambda rows: rows.insert(2, rows.pop(1)))
    assert [d.column for d in reconciled(copy).unrecorded] == ["行の順序"]


def test_a_recorded_slip_that_is_no_longer_there_is_a_difference(copy: Path) -> None:
    def mend(rows: list[list[str]]) -> None:
        for row in rows:
            row[1] = row[1].replace("協働によるまちづくりの推進", "協働・官民連携の推進")

    edit(copy / PUBLISHED / "highlights.csv", mend)
    result = reconciled(copy)
    assert (result.matches, result.total) == (376, 376)
    assert [d.row for d in result.unrecorded] == ["errata.toml"]


def test_without_the_record_the_slip_is_a_difference(copy: Path) -> None:
    (copy / PUBLISHED / "errata.toml").unlink()
    assert len(reconciled(copy).unrecorded) == 3


def test_a_year_without_published_figures_has_nothing_to_compare(root: Path) -> None:
    result = reconcile(load_history("yamaguchi", 2021, root))
    assert (result.has_published, result.total, result.ok) == (False, 0, True)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("umsatz.csv", "節,a\n", ("umsatz.csv", "「umsatz」", "overall")),
        ("overall.csv", "", ("overall.csv", "見出し行")),
        ("overall.csv", "実施状況,項目数\n", ("overall.csv", "A1", "節")),
        ("overall.csv", "節,実施状況,項目数\n2(3),実施\n", ("overall.csv", "1件目", "2個", "3個")),
        ("overall.csv", "節,項目数\n2(3),34\n", ("overall.csv", "実施状況")),
        ("overall.csv", "節,実施状況,項目数\n2(3),実施,34\n2(3),実施,34\n", ("overall.csv", "2件目", "「実施」", "1件目")),
        ("errata.toml", "[[erratum]]\ntable =", ("errata.toml", "TOML")),
        ("errata.toml", '[[erratum]]\ntable = "overall"\n', ("errata.toml", "erratum[1].column", "column =")),
        ("errata.toml", '[[erratum]]\ntable = "x"\ncolumn = "a"\nprinted = "1"\nours = "2"\nreason = "r"\n',
         ("errata.toml", "erratum[1].table", "「x」", "overall")),
        ("errata.toml", "erratum = 3\n", ("errata.toml", "erratum")),
        ("errata.toml", "[[errata]]\n", ("errata.toml", "errata", "erratum")),
    ],
)  # fmt: skip
def test_files_that_cannot_be_used_say_where_and_why(
    copy: Path, name: str, text: str, told: tuple[str, ...]
) -> None:
    (copy / PUBLISHED / name).write_text(text, encoding="utf-8")
    with pytest.raises(PlanFileError) as caught:
        reconciled(copy)
    assert [words for words in told if words not in str(caught.value)] == []
