"""The plain sheet that every fixture is a change of, and ways to write it as csv, xlsx, xls and ods.

A line of a sheet is written as text with commas between its cells: ``"小計,,,3"``.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from helpers.files.writing import zipped
from spreadsheets import Lines, book, csv_text, members, merging

Make = Callable[[], bytes]

FIXTURES: dict[str, Make] = {}
FOLDER = Path(__file__).parents[1] / "fixtures"
MERGED = {
    "two_header_rows.xlsx": "A2:A3 B2:B3 C2:C3 D2:E2 F2:F3 G2:G3",
    "years_side_by_side.xlsx": "A2:A3 B2:B3 C2:C3 D2:F2 G2:G3",
    "a_block_for_every_year.xlsx": "A2:B2 C2:D2 E2:F2",
    "merged_policies.xlsx": "A1:G1 B3:B5 B6:B8",
    "policy_heading_rows.xlsx": "A3:G3 A7:G7",
    "item_over_two_rows.xlsx": "A3:A4 B3:B4 C3:C4 D3:D4 F3:F4",
    "status_over_two_items.xlsx": "D7:D8",
    "status_merged_across.xlsx": "C4:D4",
    "two_statuses.xlsx": "A3:A4",
}


def cells(line: str) -> list[Any]:
    """The cells of a line: digits are a number but after an apostrophe, ⏎ is a line break, an empty cell is None."""
    values = (int(text) if text.isascii() and text.isdigit() else text for text in line.split(","))
    return [
        text.removeprefix("'").replace("⏎", "\n") or None if isinstance(text, str) else text
        for text in values
    ]


def lines(text: str) -> Lines:
    """Lines of cells; an empty line has none."""
    return [cells(line) if line else [] for line in text.split("\n")]


TITLE = "架空みなと市推進計画【前期】 令和4年度 実施状況調査"
HEADER = "番号,基本方針,推進項目,実施状況,主な取組,所管課,備考"
FIRST, SECOND = "Ⅰ 市民サービスの向上", "Ⅱ 健全な財政運営"
ITEMS = lines(f"""\
1,{FIRST},窓口のワンストップ化,実施,総合窓口を開いた。,市民課,
2,{FIRST},高齢者の見守り支援,一部実施,,福祉課,
3,{FIRST},サービス案内の充実（窓口～出張所）,実施,,市民課,
4,{SECOND},公共施設の集約化,検討中,,財政課,
5,{SECOND},市税・使用料の収納率向上,実施,,税務課,
6,{SECOND},ニュータウンの再編,未実施,,都市課,令和4年度から""")


def rows(title: str | None = TITLE, **changes: Any) -> Lines:
    """The plain sheet: title, header, six items; ``D4`` sets a cell, ``D`` the column's cells from row 3 on."""
    sheet = [[TITLE], cells(HEADER), *map(list, ITEMS)]
    for cell, value in changes.items():
        column, row = ord(cell[0]) - ord("A"), int(cell[1:] or 0)
        for line, text in zip(
            sheet[row - 1 :] if row else sheet[2:], [value] if row else value, strict=False
        ):
            line[column] = text
    return [[title], *sheet[1:]] if title else sheet[1:]


def table(head: str, columns: str = "A,B,C,D,E,F,G") -> Lines:
    """Lines of a head, and a line for each item: a letter is a column of the plain sheet, other text is itself."""
    names = columns.split(",")
    return lines(head) + [
        [item["ABCDEFG".index(name)] if len(name) == 1 else name or None for name in names] for item in ITEMS
    ]


def inserted(after: Mapping[int, str], sheet: Lines | None = None) -> Lines:
    """The plain sheet, or another, with lines added under those of these numbers."""
    added = {number: lines(text) for number, text in after.items()}
    return [
        new for number, line in enumerate(sheet or rows(), start=1) for new in (line, *added.get(number, []))
    ]


def written(files: Mapping[str, Lines], encoding: str = "utf-8") -> None:
    """Register files of these lines: csv in an encoding, or xlsx with the areas of ``MERGED``."""
    for name, sheet in files.items():
        if name.endswith(".csv"):
            FIXTURES[name] = lambda sheet=sheet: csv_text(sheet).encode(encoding)
        else:
            FIXTURES[name] = lambda sheet=sheet, name=name: book(sheet, merging(MERGED.get(name, "")))


def through_office(files: Mapping[str, Make]) -> None:
    """Register what LibreOffice makes of workbooks, in the format of the file's name."""
    for name, make in files.items():
        convert = {"xlsx": shared, "xls": as_xls, "ods": as_ods}[name.rpartition(".")[2]]
        FIXTURES[name] = lambda make=make, convert=convert: convert(make())


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


def as_xls(data: bytes) -> bytes:
    return converted(data, "xls", ":MS Excel 97")


def as_ods(data: bytes) -> bytes:
    return converted(data, "ods")


def shared(data: bytes) -> bytes:
    """The same workbook with shared strings and stored results, through LibreOffice."""
    return converted(as_ods(data), "xlsx", ":Calc MS Excel 2007 XML", source="ods")


def replaced(data: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """The same zip with a text of one member replaced."""
    contents = members(data)
    assert old in contents[member], (old, contents[member])
    return zipped(contents | {member: contents[member].replace(old, new)})
