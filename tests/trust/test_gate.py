"""Figures that cannot lie: a table that is wrong in any file of a report stops its publication."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from helpers import tables
from helpers.errors import FigureError
from helpers.history.history import History
from helpers.history.opening import load_history
from helpers.proof import gate
from helpers.proof.gate import check_report, check_same_cells
from helpers.proof.gate.face import READERS
from helpers.report.register import Counts, Entry, NothingToFoot, OwnReader, reconcile
from helpers.report.table import Table
from made_reports import made_files
from small_city import SMALL_ITEMS, TAKEN_OVER, City

# A figure in each table of the page that is counted again (its first place), and what is put in its stead.
WRONG_CELLS = [
    ("overall", ">34</a>", ">35</a>", "実施 の項目数は「35」ですが、確かめると「34」"),
    ("overall", "81.0%", "81.1%", "実施 の割合は「81.1%」"),
    ("overall", "76.2%", "76.1%", "2021 実施 の割合"),
    ("overall", ">32</a>", ">31</a>", "2021 実施 の項目数"),
    ("by_policy", ">11</a>", ">12</a>", "Ⅰ 合計 の項目数"),
    ("by_policy", "72.7%", "72.8%", "Ⅰ 実施 の割合"),
    ("by_policy", "+1(+9.1%)", "+1(+9.2%)", "Ⅰ 実施 の前年比"),
    ("by_policy", "△1(△9.1%)", "+1(+9.1%)", "Ⅰ 一部実施 の前年比"),
    ("by_policy", "総計", "総数", "総数 の項目数"),
    ("by_focus", ">2 (100.00%)<", ">1 (100.00%)<", "来てもらう ◎ の項目数は「1」"),
    ("by_focus", "100.00%", "99.00%", "来てもらう ◎ の割合"),
    ("by_focus", "出向く", "出かける", "出向く ◎ の項目数はありません"),
    ("items", ">実施<", ">一部実施<", "1 の実施状況"),
    ("items", "基本方針Ⅰ", "基本方針Ⅳ", "1 の基本方針"),
    ("summary", "(27.3%)", "(27.4%)", "Ⅰ 一部実施 の割合"),
    ("summary", ">8</a>", ">9</a>", "Ⅰ 実施 の項目数"),
    ("summary", ">27</a>", ">26</a>", "2018 実施 の項目数"),
    ("bridge", "+2", "+3", "実施 の増は「3」ですが、確かめると「2」"),
    ("transitions", ">32<", ">31<", "2021 2022 実施 実施 の項目数"),
    ("moved", '<td class="status" data-status="done">実施', '<td class="status">検討中', "の今年度"),
    ("course", ">一部実施</td><td class=\"text\">", ">実施</td><td class=\"text\">", "の2022は「実施」"),
    ("course", "実施 2年", "実施 3年", "の実施の年数"),
    ("remaining", ">8<", ">7<", "一部実施 の項目数"),
    ("highlights", "一部実施⇒実施へ", "検討中⇒実施へ", "の状況の変化は「検討中⇒実施へ」"),
    ("highlights", "</th><td class=\"text\"></td>", "</th><td class=\"text\">実施⇒一部実施へ</td>", "の状況の変化"),
    ("reconciliation", ">112<", ">111<", "合計 の一致は「373」ですが、確かめると「372」"),
    ("sources", "42項目", "41項目", "2021 の項目数は「41」"),
    ("origins", '<td class="num">34</td>', '<td class="num">33</td>', "2022 実施 の項目数"),
    ("source_files", "c856a", "c856b", "2018 のSHA-256"),
    ("source_cells", ">D4<", ">D5<", "1 の2021は「D5」ですが、確かめると「D4」"),
    ("source_totals", ">27<", ">28<", "2018 実施 の項目数は「28」"),
]  # fmt: skip

# Columns of the csv files that the gate does not read: words, codes, and how long an item has stood (courses).
NOT_READ = {
    "items": {"department", "sheet", "cell"},
    "moved": {"policy", "remark"},
    "highlights": {"policy"},
    "course": {"policy"},
    "remaining": {"policy", "number", "item", "years", "is_at_least"},
    "reconciliation": {"table"},
    "sources": {"known", "is_derived", "file", "sheet"},
    "source_files": {"file", "sheet"},
    "origins": {"code", "numbers"},
    "source_totals": {"cell"},
}


@pytest.fixture(scope="module")
def umikaze(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[History, dict[str, bytes]]:
    """The synthetic city's last year, whose items have the middle level 重点項目, and its files."""
    folder = tmp_path_factory.mktemp("umikaze")
    shutil.copytree(root / "tests" / "plans" / "umikaze", folder / "data" / "raw" / "umikaze")
    (folder / "notebooks").mkdir()
    history = load_history("umikaze", 2024, folder)
    return history, made_files(history)


def in_table(page: str, table: str, old: str, new: str) -> str:
    """The page with one text of one table replaced."""
    begin = page.index(f'<table id="{table}"')
    end = page.index("</table>", begin)
    assert old in page[begin:end], (table, old)
    return page[:begin] + page[begin:end].replace(old, new, 1) + page[end:]


def complaints(history: History, files: Mapping[str, bytes]) -> list[str]:
    """What the gate says against the files; at least one sentence."""
    with pytest.raises(FigureError) as caught:
        check_report(history, files)
    head, *told = str(caught.value).splitlines()
    assert head == "数字が合わないため、公開しません。管理者に知らせてください"
    assert len(set(told)) == len(told) > 0
    return told


def as_page(monkeypatch: pytest.MonkeyPatch, files: Mapping[str, bytes], page: bytes) -> dict[str, bytes]:
    """The files with another page, and a PDF that is read as the same cells."""
    texts = [table.texts for table in gate.page_tables(page)]
    monkeypatch.setattr(gate, "pdf_tables", lambda pdf: texts)
    return {**files, "report.html": page}


def test_the_reference_report_passes_and_its_cells_are_counted(
    history_2022: History, files_2022: dict[str, bytes]
) -> None:
    cells = check_report(history_2022, files_2022)
    assert cells == files_2022["report.html"].count(b"<td") + files_2022["report.html"].count(b"<th ")
    assert cells > 1000


@pytest.mark.parametrize(("table", "old", "new", "told"), WRONG_CELLS)
def test_a_wrong_cell_in_both_page_and_pdf_is_found_by_counting(
    history_2022: History,
    files_2022: dict[str, bytes],
    umikaze: tuple[History, dict[str, bytes]],
    monkeypatch: pytest.MonkeyPatch,
    table: str,
    old: str,
    new: str,
    told: str,
) -> None:
    history, files = umikaze if table == "by_focus" else (history_2022, files_2022)
    page = in_table(files["report.html"].decode(), table, old, new).encode()
    # The PDF has the same wrong cells: it is not the difference of the two that must betray them.
    found = complaints(history, as_page(monkeypatch, files, page))
    assert any(line.startswith(f"report.html・report.pdf: 表「{table}」") and told in line for line in found)
    assert all(f"表「{table}」" in line for line in found)


def test_every_table_with_a_figure_has_a_wrong_cell_among_these() -> None:
    counted = [entry.id for entry in tables.REGISTER if not isinstance(entry.footing, NothingToFoot)]
    assert set(counted) == {table for table, *_ in WRONG_CELLS}


@pytest.mark.parametrize("table", ["overall", "items", "sources", "source_cells"])
def test_a_cell_that_only_the_page_has_is_said_once_and_nothing_else(
    history_2022: History, files_2022: dict[str, bytes], table: str
) -> None:
    page = in_table(files_2022["report.html"].decode(), table, "</th><td", "1</th><td").encode()
    (told,) = complaints(history_2022, files_2022 | {"report.html": page})
    assert re.fullmatch(rf"表 {table} \d+行目: report.html は「.*1」、report.pdf は「.*」です", told)
    with pytest.raises(FigureError):
        check_same_cells(files_2022 | {"report.html": page})


def with_value(content: bytes, line: int, column: str, change: Callable[[str], str]) -> bytes:
    """A csv with one value changed."""
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    rows[line][column] = change(rows[line][column])
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def values_of_csv(files: Mapping[str, bytes]) -> Iterator[tuple[str, int, str]]:
    """A value of every column that the gate reads, of every csv of a table that has figures."""
    for entry in tables.REGISTER:
        content = files.get(f"tables/{entry.id}.csv")
        if content is not None and not isinstance(entry.footing, NothingToFoot):
            rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
            for column in rows[0].keys() - NOT_READ.get(entry.id, set()):
                yield entry.id, next(n for n, row in enumerate(rows) if row[column]), column


def test_a_wrong_value_in_any_column_of_a_csv_is_found(
    history_2022: History,
    files_2022: dict[str, bytes],
    umikaze: tuple[History, dict[str, bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = set()
    for history, files in ((history_2022, files_2022), umikaze):
        # Reading the PDF takes most of a check.
        files = as_page(monkeypatch, files, files["report.html"])
        for table, line, column in values_of_csv(files):
            name = f"tables/{table}.csv"
            wrong = with_value(
                files[name], line, column, lambda value: value[:-1] + ("1" if value[-1] != "1" else "2")
            )
            told = complaints(history, files | {name: wrong})
            assert all(f"表「{table}」" in line and "tables/*.csv" in line for line in told), (column, told)
            seen.add((table, column))
    assert len(seen) == 82


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
    assert any(line.startswith("report.html") and name in line for line in complaints(history_2022, broken))


def test_a_table_that_vanished_is_caught(
    history_2022: History, files_2022: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = re.sub(rb'<table id="by_policy".*?</table>', b"", files_2022["report.html"], flags=re.DOTALL)
    files = {name: content for name, content in files_2022.items() if name != "tables/by_policy.csv"}
    assert complaints(history_2022, as_page(monkeypatch, files, page)) == [
        "report.html・report.pdf・tables/*.csv: 表「by_policy」がありません"
    ]


def made_with(
    history: History, monkeypatch: pytest.MonkeyPatch, name: str, function: Callable[[History], Table | None]
) -> dict[str, bytes]:
    """The files of a report made with one table function exchanged, in the notebook and in the register."""
    # Provenance and published figures have checks of their own; here the gate alone has to find what is wrong.
    trace, result = tables.trace(history), reconcile(history)
    assert trace.origins
    monkeypatch.setattr("helpers.report.origins.trace.Trace.lead", lambda self, table: table)
    monkeypatch.setattr(tables, name, function)
    register = [replace(entry, make=function) if entry.id == name else entry for entry in tables.REGISTER]
    monkeypatch.setattr(tables, "REGISTER", register)
    return made_files(history, trace=trace, result=result)


def tables_in(files: Mapping[str, bytes]) -> tuple[set[str], set[str]]:
    """The ids of the tables of the page, and those of the csv files."""
    stems = (re.fullmatch(r"tables/(\w+)\.csv", name) for name in files)
    return {table.id for table in gate.page_tables(files["report.html"])}, {stem[1] for stem in stems if stem}


def test_the_register_has_the_tables_of_the_notebook_and_of_both_cities_and_no_other(
    files_2022: dict[str, bytes], umikaze: tuple[History, dict[str, bytes]]
) -> None:
    register = {entry.id for entry in tables.REGISTER}
    assert len(register) == len(tables.REGISTER)
    shown = set()
    # The pages are made by running the notebook's cells.
    for files in (files_2022, umikaze[1]):
        page, csv_files = tables_in(files)
        assert page == csv_files <= register
        shown |= page
    assert shown == register


def test_the_gate_has_a_reader_for_every_table_that_asks_for_its_own_and_no_other() -> None:
    assert set(READERS) == {entry.id for entry in tables.REGISTER if isinstance(entry.footing, OwnReader)}


@pytest.mark.parametrize("table", [entry.id for entry in tables.REGISTER])
def test_a_table_that_the_register_does_not_know_is_refused_once_for_all_files(
    history_2022: History,
    files_2022: dict[str, bytes],
    umikaze: tuple[History, dict[str, bytes]],
    monkeypatch: pytest.MonkeyPatch,
    table: str,
) -> None:
    history, files = umikaze if table == "by_focus" else (history_2022, files_2022)
    monkeypatch.setattr(tables, "REGISTER", [entry for entry in tables.REGISTER if entry.id != table])
    assert complaints(history, as_page(monkeypatch, files, files["report.html"])) == [
        f"report.html・report.pdf・tables/*.csv: 表「{table}」は登録されていないため、数字を確かめられません。"
        "helpers.report.register の REGISTER に加えてください"
    ]


# Six items of two departments; one of them of none.
DEPARTMENTS = {"1": "総務課", "2": "総務課", "3": "土木課", "4": "土木課", "5": "", "6": "土木課"}


@pytest.fixture
def with_departments(city: City) -> History:
    """The small city's year with six items, each with its department."""
    root = city(
        {2020: "完了 完了 進行中 未着手 進行中 完了"},
        items=f"{SMALL_ITEMS}5,2,公園の管理,2020,\n6,2,公営住宅,2020,\n",
    )
    sheet = root / "data" / "raw" / "machi" / "2020.csv"
    head, *rows = sheet.read_text(encoding="utf-8").splitlines()
    lines = [f"{head},所管課", *(f"{row},{DEPARTMENTS[row.split(',')[0]]}" for row in rows)]
    sheet.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return load_history("machi", 2020, root)


HONEST = {"総務課": (2, 0, 0), "土木課": (1, 1, 1), "―": (0, 1, 0)}
BY_DEPARTMENT = Entry(
    "by_department", lambda history: None, ("fiscal_year", "department", "status"), Counts(("department",))
)


def by_department(counts: Mapping[str, tuple[int, ...]], **more: str) -> Table:
    """A new table that somebody wrote: counts by 所管課; ``more``: one more column."""
    names = ("完了", "進行中", "未着手")
    return Table(
        id="by_department",
        caption="所管課別の実施状況",
        printed=pd.DataFrame(
            [
                {
                    "所管課": name,
                    "項目数": str(sum(row)),
                    **dict(zip(names, map(str, row), strict=True)),
                    **more,
                }
                for name, row in counts.items()
            ]
        ),
        records=pd.DataFrame(
            [
                {"fiscal_year": 2020, "department": name, "status": status, "items": items}
                for name, row in counts.items()
                for status, items in zip(names, row, strict=True)
            ]
        ),
        row_headers=("所管課",),
    )


def files_with(history: History, monkeypatch: pytest.MonkeyPatch, table: Table) -> dict[str, bytes]:
    """The files of a report with one more table, in the notebook and in the register."""
    entry = replace(BY_DEPARTMENT, make=lambda history: table)
    monkeypatch.setattr(tables, "REGISTER", (*tables.REGISTER, entry))
    return made_files(history, more=table)


def test_an_honest_new_table_of_counts_passes_without_a_line_in_the_gate(
    with_departments: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = files_with(with_departments, monkeypatch, by_department(HONEST))
    assert all("by_department" in ids for ids in tables_in(files))
    assert check_report(with_departments, files) > 100


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"総務課": (10, 0, 0), "土木課": (10, 0, 0)}, "総務課 完了 の項目数は「10」ですが、確かめると「2」です"),
        (HONEST | {"土木課": (1, 1, 0)}, "土木課 未着手 の項目数は「0」ですが、確かめると「1」です"),
        ({"総務課": (2, 0, 0), "土木課": (1, 1, 1)}, "― 進行中 の項目数はありませんが、確かめると「1」です"),
        (HONEST | {"水道課": (1, 0, 0)}, "水道課 完了 の項目数は「1」ですが、確かめると「0」です"),
        (HONEST | {"合計": (3, 2, 2)}, "未着手 の項目数は「2」ですが、確かめると「1」です"),
    ],
)  # fmt: skip
def test_a_new_table_that_lies_is_refused_in_every_file(
    with_departments: History, monkeypatch: pytest.MonkeyPatch, counts: dict[str, tuple[int, ...]], told: str
) -> None:
    files = files_with(with_departments, monkeypatch, by_department(counts))
    found = complaints(with_departments, files)
    assert any(
        line.startswith("report.html・report.pdf・tables/*.csv: 表「by_department」") and told in line
        for line in found
    )


def test_a_column_that_nobody_declared_is_refused(
    with_departments: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = files_with(with_departments, monkeypatch, by_department(HONEST, うち完了="99"))
    assert complaints(with_departments, files) == [
        "report.html・report.pdf: 表「by_department」を読めません: 列「うち完了」の数え方が登録されていません"
    ]


def test_a_csv_that_tells_less_than_the_page_is_refused(
    history_2022: History, files_2022: dict[str, bytes]
) -> None:
    name = "tables/reconciliation.csv"
    less = files_2022[name].rsplit(b"\n", 2)[0] + b"\n"
    told = complaints(history_2022, files_2022 | {name: less})
    assert all(line.startswith("report.html と tables/*.csv: 表「reconciliation」") for line in told)


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
        assert all(
            line.startswith("tables/*.csv: 表「moved」2 ")
            for line in complaints(history, files | {name: wrong})
        )
