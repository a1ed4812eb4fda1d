"""The plain sheet that every fixture is a change of, and ways to write it as csv, xlsx, xls and ods."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

TITLE = "架空みなと市推進計画【前期】 令和4年度 実施状況調査"
HEADER = ["番号", "基本方針", "推進項目", "実施状況", "主な取組", "所管課", "備考"]
FIRST, SECOND = "Ⅰ 市民サービスの向上", "Ⅱ 健全な財政運営"
ITEMS: list[list[Any]] = [
    [1, FIRST, "窓口のワンストップ化", "実施", "総合窓口を開いた。", "市民課", None],
    [2, FIRST, "高齢者の見守り支援", "一部実施", None, "福祉課", None],
    [3, FIRST, "サービス案内の充実（窓口～出張所）", "実施", None, "市民課", None],
    [4, SECOND, "公共施設の集約化", "検討中", None, "財政課", None],
    [5, SECOND, "市税・使用料の収納率向上", "実施", None, "税務課", None],
    [6, SECOND, "ニュータウンの再編", "未実施", None, "都市課", "令和4年度から"],
]
KIGOU = [
    ["1-1-1", "1", "広報の見直し", "◎"],
    ["1-1-2", "1", "会議の公開", "○"],
    ["1-2-1", "1", "窓口の案内", "△"],
    ["2-1-1", "2", "歩道の点検", "×"],
    ["2-1-10", "2", "水道の更新", "-"],
]
NUMBER, POLICY, ITEM, STATUS, ACTIVITIES, DEPARTMENT, REMARKS = range(7)

Rows = Sequence[Sequence[Any]]
Changes = Mapping[tuple[int, int], Any]
Make = Callable[[], bytes]
Edit = Callable[[Any], None]

FIXTURES: dict[str, Make] = {}


def fixture(name: str) -> Callable[[Make], Make]:
    """Register a function as the maker of a file."""

    def register(make: Make) -> Make:
        FIXTURES[name] = make
        return make

    return register


def rows(changes: Changes | None = None, *, title: str | None = TITLE) -> list[list[Any]]:
    """The plain sheet: title, header, six items; ``changes`` replaces cells by (item 1-6, column)."""
    items = [list(item) for item in ITEMS]
    for (item, column), value in (changes or {}).items():
        items[item - 1][column] = value
    return [*([[title]] if title else []), list(HEADER), *items]


def in_column(column: int, values: Sequence[Any]) -> dict[tuple[int, int], Any]:
    """Changes of one column, from the first item on."""
    return {(item, column): value for item, value in enumerate(values, start=1)}


def changed(files: Mapping[str, Changes], encoding: str = "utf-8") -> None:
    """Register files that are the plain sheet with some cells changed."""
    written({name: rows(changes) for name, changes in files.items()}, encoding)


def written(files: Mapping[str, Rows], encoding: str = "utf-8", edit: Edit | None = None) -> None:
    """Register files of these lines: csv in an encoding, or xlsx, whose worksheet ``edit`` may change."""
    for name, lines in files.items():
        if name.endswith(".csv"):
            FIXTURES[name] = lambda lines=lines: text(lines).encode(encoding)
        else:
            FIXTURES[name] = lambda lines=lines: book(lines, edit)


def through_office(files: Mapping[str, Make]) -> None:
    """Register what LibreOffice makes of workbooks, in the format of the file's name."""
    filters = {"xls": ":MS Excel 97", "ods": ""}
    for name, make in files.items():
        ending = name.rpartition(".")[2]
        if ending == "xlsx":
            FIXTURES[name] = lambda make=make: shared(make())
        else:
            FIXTURES[name] = lambda make=make, ending=ending: converted(make(), ending, filters[ending])


def text(lines: Rows, delimiter: str = ",", end: str = "\r\n") -> str:
    stream = io.StringIO()
    plain = [["" if cell is None else cell for cell in line] for line in lines]
    csv.writer(stream, delimiter=delimiter, lineterminator=end).writerows(plain)
    return stream.getvalue()


def book(lines: Rows, edit: Edit | None = None, sheet: str = "状況調査") -> bytes:
    return books({sheet: lines}, edit)


def books(sheets: Mapping[str, Rows], edit: Edit | None = None) -> bytes:
    """A workbook of several worksheets; ``edit`` may change the last."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, lines in sheets.items():
        fill(workbook.create_sheet(name), lines)
    if edit is not None:
        edit(workbook.worksheets[-1])
    return saved(workbook)


def merging(*areas: str) -> Edit:
    """Merges areas of a worksheet."""

    def edit(sheet: Any) -> None:
        for area in areas:
            sheet.merge_cells(area)

    return edit


def fill(sheet: Any, lines: Rows, row: int = 1, column: int = 1) -> None:
    for at_row, line in enumerate(lines, start=row):
        for at_column, value in enumerate(line, start=column):
            if value is not None:
                sheet.cell(at_row, at_column).value = value


def saved(workbook: Any) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def converted(data: bytes, ending: str, options: str = "", source: str = "xlsx") -> bytes:
    """What LibreOffice makes of a workbook."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise SystemExit("LibreOffice (soffice) is needed for this fixture")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"in.{source}").write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder / 'profile'}"
        command = [soffice, profile, "--headless", "--convert-to", f"{ending}{options}", "--outdir", name]
        subprocess.run([*command, str(folder / f"in.{source}")], check=True, capture_output=True)
        return (folder / f"in.{ending}").read_bytes()


def shared(data: bytes) -> bytes:
    """The same workbook with shared strings and stored results, through LibreOffice."""
    return converted(converted(data, "ods"), "xlsx", ":Calc MS Excel 2007 XML", source="ods")


def replaced(data: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """The same zip with a text of one member replaced."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            if name == member:
                assert old in content, (old, content)
                content = content.replace(old, new)
            after.writestr(name, content)
    return stream.getvalue()
