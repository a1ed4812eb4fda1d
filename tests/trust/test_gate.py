"""Figures that cannot lie: a table that is wrong in any file of a report stops its publication."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from helpers import gate, provenance, tables
from helpers.errors import FigureError
from helpers.gate import check_report, check_same_cells
from helpers.history import History
from helpers.published import reconcile
from helpers.report import load_history
from helpers.table import Table
from made_reports import made_files
from small_city import TAKEN_OVER

# A figure in each cross-footed table of the page (its first place), and what is put in its stead.
WRONG_CELLS = [
    ("overall", ">34</a>", ">35</a>", "合計"),
    ("overall", "81.0%", "81.1%", "割合"),
    ("overall", "76.2%", "76.1%", "割合"),
    ("overall", ">32</a>", ">31</a>", "overall_before"),
    ("by_policy", ">11</a>", ">12</a>", "by_policy Ⅰ の合計"),
    ("by_policy", "72.7%", "72.8%", "割合"),
    ("by_policy", "+1(+9.1%)", "+1(+9.2%)", "前年比"),
    ("by_policy", "△1(△9.1%)", "+1(+9.1%)", "前年比"),
    ("by_policy", "総計", "総数", "by_policy"),
    ("items", ">実施<", ">一部実施<", "items 1 の実施状況"),
    ("summary", "(27.3%)", "(27.4%)", "割合"),
    ("summary", ">8</a>", ">9</a>", "基本方針の合計"),
    ("summary", ">27</a>", ">26</a>", "summary（参考）"),
    ("bridge", "+2", "+3", "の増減"),
    ("transitions", ">32<", ">31<", "transitions"),
    ("moved", "<td class=\"status\" data-status=\"done\">実施", "<td class=\"status\">検討中", "moved 7"),
    ("course", ">一部実施</td><td class=\"text\">", ">実施</td><td class=\"text\">", "course 4"),
    ("remaining", ">8<", ">7<", "remaining"),
]  # fmt: skip


def in_table(page: str, table: str, old: str, new: str) -> str:
    """The page with one text of one table replaced."""
    begin = page.index(f'<table id="{table}"')
    end = page.index("</table>", begin)
    assert old in page[begin:end], (table, old)
    return page[:begin] + page[begin:end].replace(old, new, 1) + page[end:]


def test_the_reference_report_passes_and_its_cells_are_counted(
    history_2022: History, files_2022: dict[str, bytes]
) -> None:
    cells = check_report(history_2022, files_2022)
    assert cells == files_2022["report.html"].count(b"<td") + files_2022["report.html"].count(b"<th ")
    assert cells > 1000


@pytest.mark.parametrize(("table", "old", "new", "told"), WRONG_CELLS)
def test_a_wrong_cell_in_both_page_and_pdf_is_found_by_arithmetic(
    history_2022: History,
    files_2022: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    table: str,
    old: str,
    new: str,
    told: str,
) -> None:
    page = in_table(files_2022["report.html"].decode(), table, old, new).encode()
    # The PDF is made from the same wrong cells: it is not the difference of the two that must betray them.
    wrong = [found.texts for found in gate.page_tables(page)]
    monkeypatch.setattr(gate, "pdf_tables", lambda pdf: wrong)
    with pytest.raises(FigureError) as caught:
        check_report(history_2022, files_2022 | {"report.html": page})
    lines = str(caught.value).splitlines()
    assert any(line.startswith("report.html: ") and told in line for line in lines)
    assert "report.pdf: " in str(caught.value) or len(lines) > 12


@pytest.mark.parametrize("table", ["overall", "items", "sources", "source_cells"])
def test_a_cell_that_only_the_page_has_is_found(
    history_2022: History, files_2022: dict[str, bytes], table: str
) -> None:
    page = in_table(files_2022["report.html"].decode(), table, "</th><td", "1</th><td").encode()
    with pytest.raises(FigureError, match=rf"表 {table} \d+行目: report.html は「.*1」、report.pdf は"):
        check_report(history_2022, files_2022 | {"report.html": page})
    with pytest.raises(FigureError):
        check_same_cells(files_2022 | {"report.html": page})


def numbers_of_csv(files: dict[str, bytes]) -> list[tuple[str, int, str]]:
    """One figure of every column of figures of every csv that is checked."""
    places = []
    for table in ("overall", "by_policy", "summary", "bridge", "transitions"):
        rows = list(csv.DictReader(io.StringIO(files[f"tables/{table}.csv"].decode())))
        for column in rows[0]:
            line = next(
                (n for n, row in enumerate(rows) if re.fullmatch(r"-?[1-9]\d*|0\.\d+", row[column])), None
            )
            if line is not None and column not in ("policy", "fiscal_year", "previous_fiscal_year"):
                places.append((table, line, column))
    return places


def test_a_wrong_figure_in_any_column_of_a_csv_is_found(
    history_2022: History, files_2022: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = gate.pdf_tables(files_2022["report.pdf"])
    monkeypatch.setattr(gate, "pdf_tables", lambda pdf: right)  # reading it takes most of a check
    places = numbers_of_csv(files_2022)
    assert len(places) == 17
    for table, line, column in places:
        name = f"tables/{table}.csv"
        rows = list(csv.DictReader(io.StringIO(files_2022[name].decode())))
        value = rows[line][column]
        rows[line][column] = value[:-1] + ("1" if value[-1] != "1" else "2")
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        with pytest.raises(FigureError, match=r"tables/\*\.csv"):
            check_report(history_2022, files_2022 | {name: out.getvalue().encode()})


BREAKAGES: dict[str, Callable[[Table], Table]] = {
    "overall": lambda table: one_more(table, "項目数", "items"),
    "by_policy": lambda table: one_more(table, "項目数", "items"),
    "items": lambda table: replace(
        table, printed=table.printed[::-1].assign(番号=list(table.printed["番号"]))
    ),
    "summary": lambda table: replace(table, printed=table.printed[1:].reset_index(drop=True)),
}


def one_more(table: Table, column: str, record: str) -> Table:
    """One more item in the first row, on the page and in the records alike."""
    printed, records = table.printed.copy(), table.records.copy()
    printed.loc[0, column] = str(int(printed.loc[0, column]) + 1)
    records.loc[0, record] += 1
    return replace(table, printed=printed, records=records)


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_broken_table_function_is_caught(
    history_2022: History, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    right = getattr(tables, name)
    broken = made_with(history_2022, monkeypatch, name, lambda history: BREAKAGES[name](right(history)))
    with pytest.raises(FigureError, match=r"report\.html: "):
        check_report(history_2022, broken)


def test_a_table_that_vanished_is_caught(history_2022: History, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = made_with(history_2022, monkeypatch, "by_policy", lambda history: None)
    with pytest.raises(FigureError, match=r"report\.html: 表 by_policy がありません"):
        check_report(history_2022, broken)


def made_with(
    history: History, monkeypatch: pytest.MonkeyPatch, name: str, function: Callable[[History], Table | None]
) -> dict[str, bytes]:
    """The files of a report made with one table function exchanged wherever it is called by name."""
    # Provenance and published figures have checks of their own; here the gate alone has to find what is wrong.
    trace, result = provenance.trace(history), reconcile(history)
    assert trace.origins
    monkeypatch.setattr("helpers.provenance.Trace.lead", lambda self, table: table)
    monkeypatch.setattr(tables, name, function)
    return made_files(history, trace=trace, result=result)


@pytest.mark.slow
@pytest.mark.parametrize("year", [2020, 2021, 2024])
def test_every_year_of_a_plan_with_splits_and_other_words_passes(synthetic_root, year: int) -> None:
    history = load_history("umikaze", year, synthetic_root)
    assert check_report(history, made_files(history)) > 100


def test_two_items_that_had_one_number_in_turn_are_both_read(small: Callable[..., History]) -> None:
    history = small({2020: "完了 進行中 未着手", 2021: "進行中 未着手"}, items=TAKEN_OVER)
    files = made_files(history)
    check_report(history, files)
    name = "tables/moved.csv"
    rows = files[name].decode().splitlines()
    (left,), (came,) = ([row for row in rows if item in row] for item in ("会議の公開", "会議の録画"))
    for row, word, other in ((left, "進行中", "完了"), (came, "未着手", "完了")):
        wrong = files[name].decode().replace(row, row.replace(word, other)).encode()
        with pytest.raises(FigureError, match=r"report\.html と tables/\*\.csv: moved 2 "):
            check_report(history, files | {name: wrong})
