"""Figures that cannot lie: a table that is wrong in any file of a report stops its publication."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from gate_checks import as_published, check_report, check_table, complaints_about, pass_gate, refused
from helpers import tables
from helpers.errors import FigureError
from helpers.history.history import History
from helpers.history.opening import load_history
from helpers.proof import gate
from helpers.proof.gate import check_same_cells
from helpers.proof.gate.page_and_pdf import page_tables
from helpers.proof.gate.table_check import READERS
from helpers.report.register import Counts, Entry, NothingToFoot, OwnReader
from helpers.report.table import Table
from made_reports import lay_out_synthetic, made_files, replaced
from small_city import OUTSIDE, SMALL_ITEMS, SMALL_STATUSES, TAKEN_OVER, City, Small, lay_out

# A figure (first occurrence) in each recounted table of the page, and its replacement.
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
    ("targets", "40.0%", "40.1%", "達成の割合は「40.1%」ですが、確かめると「40.0%」"),
    ("targets", ">5</td>", ">6</td>", "の判定は「6」ですが、確かめると「5」"),
    ("targets", "△2(△26.7%)", "△2(△26.6%)", "の前年比"),
    ("measures", "90.9%", "91.0%", "の達成率は「91.0%」ですが、確かめると「90.9%」"),
    ("measures", "実績 11<", "実績 10<", "窓口の待ち時間 分 2022 の実績は「10」"),
    ("measures", "（50から変更）", "（40から変更）", "の目標は「60（40から変更）」"),
    ("measures", ">未判定<", ">達成<", "の達成は「達成」ですが、確かめると「未判定」"),
    ("measures", "基準値 20", "基準値 21", "の指標の注"),
    ("effects", "14,025", "14,026", "の実績は「14,026」ですが、確かめると「14,025」"),
    ("effects", "△1,785", "△1,786", "の累計差は「△1,786」ですが、確かめると「△1,785」"),
    ("effects", "92.8%", "92.7%", "の累計達成率"),
    ("effects", ">105.0%<", ">-<", "の達成率は「-」ですが、確かめると「105.0%」"),
    ("effect_items", "△450", "△45", "電子申請の拡大 の実績は「△45」"),
    ("effect_items", "117.9%", "117.8%", "の達成率"),
    ("judgements", '<td class="num">3</td>', '<td class="num">4</td>', "A の実施状況は「4」ですが、確かめると「3」"),
    ("judgement_cross", '<td class="num">2</td>', '<td class="num">1</td>', "外部評価 A の"),
    ("judged_apart", ">低い<", ">高い<", "の実施状況よりは「高い」ですが、確かめると「低い」"),
    ("judged_apart", "印刷物の見直し", "印刷物の見直", "印刷物の見直し の実施状況はありませんが"),
    ("votes", ">27<", ">28<", "適切は「28」ですが、確かめると「27」"),
    ("grades", '<td class="num">4</td>', '<td class="num">5</td>', "目標 のaは「5」ですが、確かめると「4」"),
    ("item_votes", ">5</td>", ">4</td>", "1-2 防災訓練への参加 の適切は「4」ですが、確かめると「5」"),
    ("cards", "市民課", "住民課", "1窓口の待ち時間の短縮 の所管課は「住民課」"),
    ("cards", "達成率 90.9%", "達成率 99.9%", "の指標:窓口の待ち時間（分）は"),
    ("cards", " A<br>", " S<br>", "の実施状況は「令和3年度S令和4年度A」"),
    ("further_texts", "減り方が緩んだ。", "減り方が緩い。", "1-1 ごみの減量 の評価の理由は「減り方が緩い。」"),
    ("source_values", ">G4、H4<", ">G4、H5<", "施設の再編 効果額 の2021は「G4、H5」"),
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


Report = tuple[History, dict[str, bytes]]
Published = tuple[History, str, bytes]


@pytest.fixture(scope="module")
def report_with(
    tmp_path_factory: pytest.TempPathFactory, history_2022: History, files_2022: dict[str, bytes]
) -> Callable[[str], Report]:
    """The history and files of a report that has a table: of fiscal 2022, else of a synthetic city's last year."""
    reports = [(history_2022, files_2022)]
    for plan, year in (("umikaze", 2024), ("mihon", 2022), ("shiosai", 2022)):
        folder = lay_out_synthetic(tmp_path_factory.mktemp(plan), plan)
        if plan == "shiosai":  # without cards it has tables that the others have not
            replaced(folder / "data" / "raw" / plan / "plan.toml", {"show = true": "show = false"})
        synthetic = load_history(plan, year, folder)
        reports.append((synthetic, made_files(synthetic)))
    replacing = replacing_city(tmp_path_factory.mktemp("machi"))
    reports.append((replacing, made_files(replacing)))
    return lambda table: next(report for report in reports if f"tables/{table}.csv" in report[1])


def replacing_city(root: Path) -> History:
    """The small city's report that corrects its published one."""
    folder = lay_out(root, {2020: "完了 完了 未着手 進行中"}) / "data/raw/machi/published/2020"
    folder.mkdir(parents=True)
    (folder / "overall.csv").write_text("節,実施状況,項目数\n1,完了,1\n1,合計,4\n", encoding="utf-8")
    (folder / "errata.toml").write_text(
        '[correction]\ndate = 2024-01-15\nreason = "取り違え"\nplaces = ["overall"]\n', encoding="utf-8"
    )
    return load_history("machi", 2020, root)


def table_in(page: bytes, table: str) -> str:
    """The table's HTML, all parts of it."""
    text = page.decode()
    parts = [match.start() for match in re.finditer(f'<table id="{table}[":]', text)]
    return "".join(text[begin : text.index("</table>", begin) + len("</table>")] for begin in parts)


@pytest.fixture(scope="module")
def published(report_with: Callable[[str], Report]) -> Callable[[str], Published]:
    """The history, the HTML on the page and the csv of a table."""

    def of(table: str) -> Published:
        history, files = report_with(table)
        html = table_in(files["report.html"], table)
        # Without what is for line ends and narrow windows alone.
        html = re.sub(r'<wbr[^>]*>|</?span[^>]*>| data-label="[^"]*"| role="[a-z]+"', "", html)
        return history, html, files[f"tables/{table}.csv"]

    return of


def complaints(history: History, files: Mapping[str, bytes]) -> list[str]:
    """What the gate says against the files."""
    return refused(lambda: check_report(history, files))


def test_the_reference_report_passes_and_its_cells_are_counted(
    history_2022: History, files_2022: dict[str, bytes]
) -> None:
    cells = check_report(history_2022, files_2022)
    assert cells == files_2022["report.html"].count(b"<td") + files_2022["report.html"].count(b"<th ")
    assert cells > 1000


@pytest.mark.parametrize(("table", "old", "new", "message"), WRONG_CELLS)
def test_a_wrong_cell_in_both_page_and_pdf_is_found_by_counting(
    published: Callable[[str], Published], table: str, old: str, new: str, message: str
) -> None:
    history, html, content = published(table)
    assert old in html
    check_table(history, table, page_tables(html.encode()), content)
    lines = complaints_about(history, table, html.replace(old, new, 1), content)
    assert any(line.startswith(f"report.html: 表「{table}」") and message in line for line in lines)
    assert all(f"表「{table}」" in line for line in lines)


def test_every_table_with_a_figure_has_a_wrong_cell_among_these() -> None:
    counted = [entry.id for entry in tables.REGISTER if not isinstance(entry.footing, NothingToFoot)]
    assert set(counted) == {table for table, *_ in WRONG_CELLS}


def test_a_cell_that_only_the_page_has_is_said_once_and_nothing_else(
    history_2022: History, files_2022: dict[str, bytes]
) -> None:
    page, names = files_2022["report.html"], ("overall", "items", "sources", "source_cells")
    for html in (table_in(page, table) for table in names):
        page = page.replace(html.encode(), html.replace("</th><td", "1</th><td", 1).encode())
    lines = complaints(history_2022, files_2022 | {"report.html": page})
    patterns = [rf"表 {table} \d+行目: report.html は「.*1」、report.pdf は「.*」です" for table in names]
    assert all(re.fullmatch(pattern, line) for pattern, line in zip(patterns, lines, strict=True))
    with pytest.raises(FigureError):
        check_same_cells(files_2022 | {"report.html": page})


def test_a_table_that_only_page_or_pdf_has_is_found(files_2022: dict[str, bytes]) -> None:
    page = files_2022["report.html"].replace(table_in(files_2022["report.html"], "by_policy").encode(), b"")
    with pytest.raises(FigureError, match=r"には表が17個、report[.]pdf には18個あります"):
        check_same_cells(files_2022 | {"report.html": page})


def csvs_with_a_wrong_value(content: bytes, table: str) -> Iterator[tuple[str, bytes]]:
    """A csv with one value changed, for each column that the gate reads."""
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    for column in rows[0].keys() - NOT_READ.get(table, set()):
        line, value = next((line, row[column]) for line, row in enumerate(rows) if row[column])
        wrong = {column: value[:-1] + ("1" if value[-1] != "1" else "2")}
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows([*rows[:line], rows[line] | wrong, *rows[line + 1 :]])
        yield column, out.getvalue().encode()


def test_a_wrong_value_in_any_column_of_a_csv_is_found(published: Callable[[str], Published]) -> None:
    seen = set()
    for table in {table for table, *_ in WRONG_CELLS}:
        history, html, content = published(table)
        for column, wrong in csvs_with_a_wrong_value(content, table):
            lines = complaints_about(history, table, html, wrong)
            assert all(f"表「{table}」" in line and "tables/*.csv" in line for line in lines), (column, lines)
            seen.add((table, column))
    assert len(seen) == 182


def one_more(table: Table) -> Table:
    """One more item in the first row, on the page and in the records alike."""
    printed, records = table.printed.copy(), table.records.copy()
    printed.loc[0, "項目数"] = str(int(printed.loc[0, "項目数"]) + 1)
    records.loc[0, "items"] += 1
    return replace(table, printed=printed, records=records)


BREAKAGES: dict[str, Callable[[Table], Table]] = {
    "overall": one_more,
    "by_policy": one_more,
    "items": lambda table: replace(
        table, printed=table.printed[::-1].assign(番号=list(table.printed["番号"]))
    ),
    "summary": lambda table: replace(table, printed=table.printed[1:].reset_index(drop=True)),
}


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_broken_table_function_is_caught(history_2022: History, name: str) -> None:
    right = getattr(tables, name)(history_2022)
    pass_gate(history_2022, right)
    lines = complaints_about(history_2022, name, *as_published(BREAKAGES[name](right)))
    assert any(line.startswith("report.html") and name in line for line in lines)


@pytest.mark.parametrize(
    ("times", "message"),
    [
        (0, "report.html・report.pdf・tables/*.csv: 表「by_policy」がありません"),
        (2, "report.html・report.pdf: 表「by_policy」が二つあります"),
    ],
)
def test_a_table_that_vanished_or_stands_twice_is_caught(
    history_2022: History,
    files_2022: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    times: int,
    message: str,
) -> None:
    html = table_in(files_2022["report.html"], "by_policy").encode()
    files = files_2022 | {"report.html": files_2022["report.html"].replace(html, html * times)}
    if not times:
        del files["tables/by_policy.csv"]
    # The PDF has the same tables: the fault must be found without a difference of the two.
    texts = [table.texts for table in page_tables(files["report.html"])]
    monkeypatch.setattr(gate, "pdf_tables", lambda pdf: texts)
    assert complaints(history_2022, files) == [message]


def tables_in(files: Mapping[str, bytes]) -> tuple[set[str], set[str]]:
    """The ids of the tables of the page, and those of the csv files."""
    stems = (re.fullmatch(r"tables/(\w+)\.csv", name) for name in files)
    return {table.id for table in page_tables(files["report.html"])}, {stem[1] for stem in stems if stem}


def test_the_register_has_the_tables_of_the_notebook_and_of_five_cities_and_no_other(
    report_with: Callable[[str], Report],
) -> None:
    register = {entry.id for entry in tables.REGISTER}
    assert len(register) == len(tables.REGISTER)
    shown = set()
    # The pages are made by running the notebook's cells.
    for table in ("reconciliation", "by_focus", "cards", "votes", "corrections"):
        page, csv_files = tables_in(report_with(table)[1])
        assert page == csv_files <= register
        shown |= page
    assert shown == register


def test_the_gate_has_a_reader_for_every_table_that_asks_for_its_own_and_no_other() -> None:
    assert set(READERS) == {entry.id for entry in tables.REGISTER if isinstance(entry.footing, OwnReader)}


@pytest.mark.parametrize("table", [entry.id for entry in tables.REGISTER])
def test_a_table_that_the_register_does_not_know_is_refused_once_for_all_files(
    published: Callable[[str], Published], monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    history, html, content = published(table)
    monkeypatch.setattr(tables, "REGISTER", [entry for entry in tables.REGISTER if entry.id != table])
    assert complaints_about(history, table, html, content) == [
        f"report.html・tables/*.csv: 表「{table}」は登録されていないため、数字を確かめられません。"
        "Table に key と fields を付けて独自集計の表とするか、helpers.report.register の REGISTER に加えてください"
    ]


def test_the_gate_checks_every_table_of_a_report_and_says_the_first_dozen_faults(
    history_2022: History, files_2022: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "REGISTER", ())
    lines = complaints(history_2022, files_2022)
    assert [line.partition(": ")[0] for line in lines] == ["report.html・report.pdf・tables/*.csv"] * 12 + [
        "ほか6件"
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
STATUSES = ("完了", "進行中", "未着手")


def by_department(counts: Mapping[str, tuple[int, ...]], **more: str) -> Table:
    """A new table that somebody wrote: counts by 所管課; ``more``: one more column."""
    rows = [
        {"所管課": name, "項目数": str(sum(row)), **dict(zip(STATUSES, map(str, row), strict=True)), **more}
        for name, row in counts.items()
    ]
    records = [
        {"fiscal_year": 2020, "department": name, "status": status, "items": items}
        for name, row in counts.items()
        for status, items in zip(STATUSES, row, strict=True)
    ]
    return Table(
        id="by_department",
        caption="所管課別の実施状況",
        printed=pd.DataFrame(rows),
        records=pd.DataFrame(records),
        row_headers=("所管課",),
    )


@pytest.fixture
def register_departments(monkeypatch: pytest.MonkeyPatch) -> None:
    """The new table's row in the register."""
    key = ("fiscal_year", "department", "status")
    entry = Entry("by_department", lambda history: by_department(HONEST), key, Counts(("department",)))
    monkeypatch.setattr(tables, "REGISTER", (*tables.REGISTER, entry))


@pytest.mark.usefixtures("register_departments")
def test_an_honest_new_table_of_counts_passes_without_a_line_in_the_gate(with_departments: History) -> None:
    files = made_files(with_departments, more=by_department(HONEST))
    assert all("by_department" in ids for ids in tables_in(files))
    assert check_report(with_departments, files) > 100


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ({"総務課": (10, 0, 0), "土木課": (10, 0, 0)}, "総務課 完了 の項目数は「10」ですが、確かめると「2」です"),
        (HONEST | {"土木課": (1, 1, 0)}, "土木課 未着手 の項目数は「0」ですが、確かめると「1」です"),
        ({"総務課": (2, 0, 0), "土木課": (1, 1, 1)}, "― 進行中 の項目数はありませんが、確かめると「1」です"),
        (HONEST | {"水道課": (1, 0, 0)}, "水道課 完了 の項目数は「1」ですが、確かめると「0」です"),
        (HONEST | {"合計": (3, 2, 2)}, "未着手 の項目数は「2」ですが、確かめると「1」です"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("register_departments")
def test_a_new_table_that_lies_is_refused_in_every_file(
    with_departments: History, counts: dict[str, tuple[int, ...]], message: str
) -> None:
    lines = complaints_about(with_departments, "by_department", *as_published(by_department(counts)))
    in_both = "report.html・tables/*.csv: 表「by_department」"
    assert any(line.startswith(in_both) and message in line for line in lines)


@pytest.mark.usefixtures("register_departments")
def test_a_column_that_nobody_declared_is_refused(with_departments: History) -> None:
    published = as_published(by_department(HONEST, うち完了="99"))
    assert complaints_about(with_departments, "by_department", *published) == [
        "report.html: 表「by_department」を読めません: 列「うち完了」の数え方が登録されていません"
    ]


def test_a_csv_that_tells_less_than_the_page_is_refused(
    history_2022: History, files_2022: dict[str, bytes]
) -> None:
    name = "tables/reconciliation.csv"
    less = files_2022[name].rsplit(b"\n", 2)[0] + b"\n"
    lines = complaints(history_2022, files_2022 | {name: less})
    assert all(line.startswith("report.html と tables/*.csv: 表「reconciliation」") for line in lines)


def test_two_items_that_had_one_number_in_turn_are_both_read(small: Small) -> None:
    history = small({2020: "完了 進行中 未着手", 2021: "進行中 未着手"}, items=TAKEN_OVER)
    html, content = pass_gate(history, tables.moved(history))
    for item, word in (("会議の公開", "進行中"), ("会議の録画", "未着手")):
        (row,) = (row for row in content.decode().splitlines() if item in row)
        wrong = content.decode().replace(row, row.replace(word, "完了")).encode()
        lines = complaints_about(history, "moved", html, wrong)
        assert all(line.startswith("tables/*.csv: 表「moved」2 ") for line in lines)


def test_shares_are_of_the_items_that_count(small: Small) -> None:
    statuses = SMALL_STATUSES + OUTSIDE
    history = small({2020: "完了 進行中 対象外 完了", 2021: "完了 完了 対象外 進行中"}, statuses=statuses)
    assert "66.7%" in pass_gate(history, tables.overall(history))[0]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (">割合</th>", ">項目数</th>", "同じ見出しの列があります"),
        ("</td></tr>", "</td><td>1</td></tr>", "行目のセルの数が見出しと合いません"),
    ],
)
def test_a_page_whose_rows_and_headings_do_not_fit_is_refused(
    history_2022: History, old: str, new: str, problem: str
) -> None:
    page, content = as_published(tables.overall(history_2022))
    assert old in page
    (line,) = complaints_about(history_2022, "overall", page.replace(old, new, 1), content)
    assert problem in line


@pytest.mark.parametrize("more", [",1", ",1,2"])
def test_a_csv_whose_rows_are_longer_than_its_head_is_refused(history_2022: History, more: str) -> None:
    page, content = as_published(tables.overall(history_2022))
    first, rest, *others = content.decode().splitlines()
    longer = "\n".join([first, rest + more, *others]).encode()
    (line,) = complaints_about(history_2022, "overall", page, longer)
    assert "行目の欄の数が見出しと合いません" in line


def test_a_figure_that_stands_twice_with_two_values_is_refused(history_2022: History) -> None:
    html, content = as_published(tables.items(history_2022))
    # The wrong row goes first, so that taking the last of the two would hide it.
    row = next(row for row in re.findall(r"<tr.*?</tr>", html) if ">1</th>" in row)
    wrong = row.replace(">実施<", ">検討中<")
    assert wrong != row
    assert complaints_about(history_2022, "items", html.replace(row, wrong + row), content) == [
        "report.html: 表「items」を読めません: 1 実施状況が「検討中」と「実施」の二通りあります"
    ]


@pytest.mark.parametrize("wrong", ["実施 2年半", "実施 2年 ほか", "約 実施 2年"])
def test_years_in_a_course_that_say_more_than_their_count_are_refused(
    history_2022: History, wrong: str
) -> None:
    html, content = as_published(tables.course(history_2022))
    lines = complaints_about(history_2022, "course", html.replace(">実施 2年<", f">{wrong}<", 1), content)
    assert any(f"の分かる年数は「{wrong.replace(' ', '')}」ですが" in line for line in lines)
