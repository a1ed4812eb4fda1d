import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from helpers import sentences, sources, tables
from helpers.cli.verify import result_lines
from helpers.errors import PlanFileError
from helpers.fiscal_year import FiscalYear
from helpers.history.history import History
from helpers.history.opening import load_history
from helpers.plan.reading.plan_file import load_plan
from helpers.report.published.difference import Reconciliation
from helpers.report.register import all_tables, reconcile
from helpers.report.table import Table
from made_reports import REPOSITORY
from small_city import City

PUBLISHED = "data/raw/yamaguchi/published/2022"


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A copy of the reference project that a test may spoil."""
    shutil.copytree(root / "data" / "raw" / "yamaguchi", tmp_path / "data" / "raw" / "yamaguchi")
    (tmp_path / "notebooks").mkdir()
    return tmp_path


@cache
def reference() -> tuple[History, list[Table]]:
    """The reference plan up to fiscal 2022, and the tables of its report."""
    history = load_history("yamaguchi", 2022, REPOSITORY)
    return history, all_tables(history)


def reconciled(root: Path) -> Reconciliation:
    """The published figures of a copy of the project, held against the tables of the reference report."""
    history, made = reference()
    return reconcile(replace(history, plan=load_plan(root / "data" / "raw" / "yamaguchi")), made)


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
    by_table = {table.table: (table.matches, table.errata, table.compared) for table in result.tables}
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


@pytest.mark.parametrize(("name", "line", "column"), cells_of_every_table(REPOSITORY))
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
    result = reconcile(load_history("yamaguchi", 2022, copy))
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
    assert str(result.unrecorded[0]).startswith("推進項目別の実施状況（令和4年度末）（items、3(1)節）5: ")
    # The row is no cell of the document's table, but is counted.
    assert [(t.table, t.differences) for t in result.tables if t.differences] == [("items", 1)]
    assert sum(table.compared - table.matches - table.errata for table in result.tables) == 0
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


def test_without_the_record_slips_and_columns_that_are_not_printed_are_differences(copy: Path) -> None:
    (copy / PUBLISHED / "errata.toml").unlink()
    assert [(d.row, d.column) for d in reconciled(copy).unrecorded] == [
        ("4", "基本方針"), ("7", "基本方針"), ("9", "基本方針"), ("", "主な取組"),
    ]  # fmt: skip


def test_a_year_without_published_figures_has_nothing_to_compare(root: Path) -> None:
    result = reconcile(load_history("yamaguchi", 2021, root))
    assert (result.has_published, result.total, result.ok) == (False, 0, True)


def put(name: str, text: str, encoding: str = "utf-8") -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_text(text, encoding=encoding) and None


def slip(table: str = "items", more: str = 'printed = "1"\nours = "2"\nreason = "r"\n') -> str:
    return f'[[erratum]]\ntable = "{table}"\ncolumn = "実施状況"\n{more}'


def column(table: str = "items", name: str = "実施状況") -> str:
    return f'[[unprinted]]\ntable = "{table}"\ncolumn = "{name}"\nreason = "r"\n'


def of_columns(change: Callable[[list[str]], object], name: str = "overall.csv") -> Callable[[Path], None]:
    """Change every row of a table in the same way."""
    return lambda folder: edit(folder / name, lambda rows: [change(row) for row in rows] and None)


def without(name: str, action: Callable[[Path], None]) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        action(folder)
        (folder / name).unlink()

    return act


TABLES = "plan_overview、highlights、overall、by_policy、moved、bridge、items、summary、course、transitions、remaining"
# The change of the year's folder, and the whole message.
REFUSED = {
    "an unknown table": (put("umsatz.csv", "節,a\n"), f"umsatz.csv: 「umsatz」という表はこの年度の報告書にありません。使える名前: {TABLES}"),
    "an empty file": (put("overall.csv", ""), "overall.csv: 空のファイルです。見出し行のある CSV にしてください"),
    "no section": (put("overall.csv", "実施状況,項目数\n"), "overall.csv!A1: 「実施状況」で始まっています。1列目を「節」にしてください"),
    "a short row": (put("overall.csv", "節,実施状況,項目数\n2(3),実施,34\n2(3),一部実施\n"), "overall.csv!2件目: 列が2個あります。3個にしてください"),
    "a long row": (put("overall.csv", "節,実施状況,項目数\n2(3),実施,34,81.0%\n"), "overall.csv!1件目: 列が4個あります。3個にしてください"),
    "no column that names the rows": (put("overall.csv", "節,項目数\n2(3),34\n"), "overall.csv!1行目: 「実施状況」の列がありません。実施状況の列を加えてください"),
    "a row twice": (put("overall.csv", "節,実施状況,項目数\n2(3),実施,34\n2(3),実施,34\n"), "overall.csv!2件目: 「実施」が1件目と同じ行です。どちらかを消してください"),
    "a heading twice": (of_columns(lambda row: row.append("999" if "2" in row[0] else "項目数")), "overall.csv!1行目: 見出し「項目数」が3列目と7列目にあります。どちらかの列を直すか、消してください"),
    "a heading that is empty": (of_columns(lambda row: row.append("999" if "2" in row[0] else " ")), "overall.csv!1行目: 7列目の見出しが空です。見出しを書くか、列を消してください"),
    "a quote that is not closed": (put("overall.csv", '節,実施状況\n2(3),実施\n2(3),"検討中\n'), 'overall.csv!3行目: 公表値の表として読めません。引用符（"）の閉じ忘れや、長すぎるセルがないか確かめてください'),
    "another encoding": (put("overall.csv", "節,番号,基本方針,推進項目,開始年度,終了年度\n", "utf-16"),
        "overall.csv!1行目: 文字を読めません（UTF-8 でも Shift_JIS でもありません）。「CSV UTF-8」で保存してください"),
    "slips in another encoding": (put("errata.toml", "# 正誤\n", "cp932"), "errata.toml!1行目: 文字を読めません（UTF-8 ではありません）。UTF-8 で保存してください"),
    "slips that are no toml": (put("errata.toml", "[[erratum]]\ntable =\n"),
        "errata.toml!2行目の8文字目: 「table =」が TOML として読めません。書き方を直してください（文字は \"…\" で囲み、数字と記号は半角で書きます）"),
    "slips that are no tables": (put("errata.toml", "erratum = 3\n"), "errata.toml!erratum: 「3」は[[erratum]] の表の並びではありません。[[erratum]] の表の並びで書いてください"),
    "another key": (put("errata.toml", "[[errata]]\n"), "errata.toml!errata: 「errata」という設定はありません。近い名前: erratum"),
    "a slip of no table": (put("errata.toml", slip("x")), f"errata.toml!erratum[1].table: 「x」という表はありません。使える名前: {TABLES}"),
    "a slip without what is printed": (put("errata.toml", slip(more='ours = "2"\nreason = "r"\n')),
        "errata.toml!erratum[1].printed: 値がありません。printed = … の行（文字列）を書いてください"),
    "a slip of a table that is not there": (without("overall.csv", put("errata.toml", slip("overall"))),
        "errata.toml!erratum[1].table: 「overall」の公表値（overall.csv）がありません。表を置くか、この記録を消してください"),
    "a slip twice": (put("errata.toml", slip() + slip(more='printed = "1"\nours = "2"\nreason = "s"\n')),
        "errata.toml!erratum[2]: erratum[1] と同じ記録です。どちらかを消してください"),
    "a column that is printed": (put("errata.toml", column()), "errata.toml!unprinted[1].column: 「実施状況」の列は items.csv にあります。この記録を消してください"),
    "a column that nobody has": (put("errata.toml", column(name="状況")),
        "errata.toml!unprinted[1].column: 「状況」という列は報告書の表にありません（基本方針、番号、推進項目、実施状況）。"
        "列の見出しを直すか、この記録を消してください"),
    "a column twice": (put("errata.toml", column("highlights", "主な取組") * 2), "errata.toml!unprinted[2]: unprinted[1] と同じ記録です。どちらかを消してください"),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_whole_is_refused_with_its_place(
    copy: Path, spoil: Callable[[Path], None], message: str
) -> None:
    spoil(copy / PUBLISHED)
    with pytest.raises(PlanFileError) as caught:
        reconciled(copy)
    assert str(caught.value) == f"published/2022/{message}"


def test_all_that_cannot_be_read_is_named_at_once(copy: Path) -> None:
    folder = copy / PUBLISHED
    put("overall.csv", "実施状況,実施状況,\n")(folder)
    put("items.csv", "節,番号\n3(1)\n3(1),1\n3(1),1\n")(folder)
    put("errata.toml", slip("x") + slip() + slip())(folder)
    with pytest.raises(PlanFileError) as caught:
        reconciled(copy)
    assert [line.split(": ")[0].removeprefix("published/2022/") for line in str(caught.value).splitlines()] == [
        "items.csv!1件目", "items.csv!3件目", "overall.csv!A1", "overall.csv!1行目", "overall.csv!1行目",
        "errata.toml!erratum[1].table", "errata.toml!erratum[3]",
    ]  # fmt: skip


def test_a_column_that_the_table_lacks_is_a_difference(copy: Path) -> None:
    of_columns(lambda row: row.pop(3))(copy / PUBLISHED)
    result = reconciled(copy)
    assert [str(difference) for difference in result.unrecorded] == [
        "計画全体の実施状況（overall、2(3)節）割合: 公表値「（列なし）」、本書「5行」"
    ]
    assert (result.matches, result.total, result.compared["overall"]) == (368, 371, 20)


def test_a_column_that_is_recorded_as_not_printed_is_not_asked_for(copy: Path) -> None:
    of_columns(lambda row: row.pop(3))(copy / PUBLISHED)
    with (copy / PUBLISHED / "errata.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{column('overall', '割合')}")
    result = reconciled(copy)
    assert result.ok
    assert [(cell.table, cell.column) for cell in result.unprinted] == [
        ("highlights", "主な取組"),
        ("overall", "割合"),
    ]


def test_a_table_as_excel_saves_plain_csv_is_read(copy: Path) -> None:
    file = copy / PUBLISHED / "overall.csv"
    file.write_bytes((file.read_text(encoding="utf-8") + ",,,,,\n").replace("\n", "\r\n").encode("cp932"))
    assert reconciled(copy).total == 376


def test_a_year_under_another_name_is_refused_in_a_notebook_too(copy: Path) -> None:
    (copy / PUBLISHED).rename(copy / "data/raw/yamaguchi/published/R4")
    with pytest.raises(PlanFileError, match=r"^published/R4: .*名前を 2022 に変えてください$"):
        reconciled(copy)


SLIP = {"table": "items", "column": "実施状況", "printed": "一部実施", "ours": "実施", "reason": "書き誤り"}


def record(root: Path, **entry: str) -> None:
    """Add an entry to the recorded slips."""
    lines = ["", "[[erratum]]", *(f'{key} = "{value}"' for key, value in entry.items()), ""]
    with (root / PUBLISHED / "errata.toml").open("a", encoding="utf-8") as file:
        file.write("\n".join(lines))


def print_wrongly(root: Path, *numbers: str) -> None:
    """Let the document's list of items say 一部実施 of items that are done."""

    def spoil(rows: list[list[str]]) -> None:
        for row in rows:
            if row[2] in numbers:
                assert row[4] == "実施"
                row[4] = "一部実施"

    edit(root / PUBLISHED / "items.csv", spoil)


def test_a_slip_in_one_row_needs_no_row_in_its_record(copy: Path) -> None:
    print_wrongly(copy, "2")
    record(copy, **SLIP)
    assert reconciled(copy).ok


def test_a_record_that_several_rows_meet_has_to_name_one(copy: Path) -> None:
    print_wrongly(copy, "1", "2")
    record(copy, **SLIP)
    with pytest.raises(PlanFileError) as caught:
        reconciled(copy)
    parts = ("errata.toml!erratum[2].row:", "2行（1、2）", 'row = "1"')
    assert [words for words in parts if words not in str(caught.value)] == []


def test_a_record_of_one_row_excuses_no_other(copy: Path) -> None:
    print_wrongly(copy, "1", "2")
    record(copy, **SLIP, row="1")
    assert [d.row for d in reconciled(copy).unrecorded] == ["2"]
    record(copy, **SLIP, row="2")
    assert reconciled(copy).ok


def test_a_record_of_a_row_without_the_slip_is_a_difference(copy: Path) -> None:
    record(copy, **SLIP, row="3")
    record(copy, **SLIP, row="43")
    assert [d.row for d in reconciled(copy).unrecorded] == ["errata.toml 3", "errata.toml 43"]


def test_a_heading_is_one_slip_only_where_the_document_has_it_nowhere_right(copy: Path) -> None:
    ours, printed = "基本方針Ⅱ 市民サービス向上に向けた組織運営", "基本方針Ⅲ 行政資源の有効活用"

    def move(rows: list[list[str]]) -> None:
        for row in rows:
            row[1] = printed if row[2] in ("41", "42") else row[1]

    edit(copy / PUBLISHED / "highlights.csv", move)
    record(copy, table="highlights", column="基本方針", printed=printed, ours=ours, reason="書き誤り")
    with pytest.raises(PlanFileError, match="2行（41、42）"):
        reconciled(copy)


def test_a_cell_that_is_printed_empty_can_be_recorded(copy: Path) -> None:
    edit(copy / PUBLISHED / "items.csv", lambda rows: rows[1].__setitem__(4, ""))
    record(copy, **SLIP | {"printed": ""})
    assert reconciled(copy).ok


def test_items_listed_again_are_compared_row_by_row(synthetic_root: Path) -> None:
    history = load_history("umikaze", 2021, synthetic_root)
    file = synthetic_root / "data/raw/umikaze/published/2021/items.csv"
    file.parent.mkdir(parents=True)
    table = tables.items(history)
    table.printed.insert(0, "節", "3")
    table.printed.to_csv(file, index=False, encoding="utf-8")
    assert list(table.printed["番号"]).count("1-2-2") == 3, "its own row and two of 再掲"
    result = reconcile(history)
    assert result.ok and result.matches == result.total > 0
    edit(file, lambda rows: rows[9].__setitem__(5, "◎"))
    (difference,) = reconcile(history).differences
    assert (difference.row, difference.printed, difference.ours) == ("1-2-2 （2回目）", "◎", "-")
    edit(file, lambda rows: rows.append(rows[9]))
    with pytest.raises(PlanFileError, match=r"「1-2-2」.*同じ行"):
        reconcile(history)


def small_and_published(city: City, name: str, table: str, errata: str) -> Reconciliation:
    """The comparison of a small city's fiscal 2020 with one printed table and what is recorded of it."""
    root = city({2020: "完了 完了 未着手 進行中"})
    folder = root / "data/raw/machi/published/2020"
    folder.mkdir(parents=True)
    (folder / f"{name}.csv").write_text(table, encoding="utf-8")
    (folder / "errata.toml").write_text(errata, encoding="utf-8")
    return reconcile(load_history("machi", 2020, root))


OVERALL = "節,実施状況,項目数,割合\n1,完了,2,50.0%\n1,進行中,1,25.0%\n1,未着手,1,25.0%\n1,合計,4,100.0%\n"


def entry(record: str, **values: str) -> str:
    lines = "".join(
        f'{key} = "{value}"\n' for key, value in {"table": "overall", "reason": "理由", **values}.items()
    )
    return f"[[{record}]]\n{lines}"


def test_an_erratum_says_of_what_kind_it_is(city: City) -> None:
    printed = OVERALL.replace("1,進行中,1,25.0%", "1,進行中,1,25.1%").replace(
        "1,完了,2,50.0%", "1,完了,2,49.9%"
    )
    rounding = entry("erratum", column="割合", printed="25.1%", ours="25.0%", kind="端数調整")
    slip = entry("erratum", column="割合", printed="49.9%", ours="50.0%")
    result = small_and_published(city, "overall", printed, rounding + slip)
    assert result.ok
    sentence = sentences.reconciliation(result, FiscalYear(2020)).text
    assert sentence == (
        "公表資料の表の12欄を一つずつ照合しました。一致10欄、記録済みの相違（誤り1、端数調整1）2欄、それ以外の相違はありません。"
    )
    table = sources.differences(result)
    assert table.printed["理由"].tolist() == ["理由", "端数調整: 理由"]
    assert table.records["reason"].tolist() == ["理由", "端数調整: 理由"]


def test_rows_and_columns_that_only_one_side_has_are_recorded_and_not_compared(city: City) -> None:
    with_more = "節,実施状況,項目数,割合,目標\n1,完了,2,50.0%,3\n1,進行中,1,25.0%,1\n1,未着手,1,25.0%,0\n1,休止,0,0.0%,0\n"
    records = (
        entry("printed_only", column="目標")
        + entry("printed_only", row="休止")
        + entry("unprinted", row="合計")
        + entry("unprinted", table="summary")
    )
    result = small_and_published(city, "overall", with_more, records)
    assert (result.ok, result.matches, result.total) == (True, 9, 9)
    assert [line.strip() for line in result_lines(result)][1:] == [
        "照合なし overall 合計（公表資料にない行）: 理由",
        "照合なし summary（公表資料にない表）: 理由",
        "照合なし overall 目標（公表資料だけにある列）: 理由",
        "照合なし overall 休止（公表資料だけにある行）: 理由",
    ]


ONE_SIDED = {
    "a row of the document that is ours, too": (entry("printed_only", row="完了"), "printed_only[1].row: 「完了」の行は 報告書の表 にあります。この記録を消してください"),
    "a row that the document does not have": (entry("printed_only", row="休止"),
        "printed_only[1].row: 「休止」という行はoverall.csvにありません（完了、進行中、未着手、合計）。"
        "行の見出しを直すか、この記録を消してください"),
    "a row that the document prints": (entry("unprinted", row="合計"), "unprinted[1].row: 「合計」の行は overall.csv にあります。この記録を消してください"),
    "a row and a column at once": (entry("unprinted", row="合計", column="割合"), "unprinted[1].row: 列と行の両方があります。どちらか一つを書いてください"),
    "a table that has a file": (entry("unprinted"), "unprinted[1].table: 「overall」の表は overall.csv にあります。列か行（column、row）を書くか、この記録を消してください"),
    "nothing of the document": (entry("printed_only"), "printed_only[1].column: 値がありません。公表資料だけにある列（column）か行（row）を書いてください"),
    "a kind that there is not": (entry("erratum", column="割合", printed="1", ours="2", kind="端数"), "erratum[1].kind: 「端数」は使えません（誤り／端数調整／表記の違い）。近い値: 端数調整"),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE_SIDED)
def test_a_record_that_fits_neither_side_is_refused(city: City, name: str) -> None:
    errata, message = ONE_SIDED[name]
    with pytest.raises(PlanFileError) as caught:
        small_and_published(city, "overall", OVERALL, errata)
    assert str(caught.value) == f"published/2020/errata.toml!{message}"
