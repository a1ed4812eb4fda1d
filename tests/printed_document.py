"""The figures typed by hand from the city's document, and how a page shows the same tables.

``printed/2022/<id>.csv`` was typed from the document, not copied from ``data/raw``: two typings guard each other.
A line ``# heading`` opens a row group, a bare ``#`` the footer; `` / `` is a line break.
"""

import csv
from pathlib import Path

import lxml.html

PRINTED = Path(__file__).parent / "printed" / "2022"
TABLES = ["plan_overview", "highlights", "overall", "by_policy", "items", "summary"]
Groups = list[tuple[str, list[list[str]]]]


def printed(table_id: str) -> tuple[list[str], Groups]:
    """The document's columns and its rows by group."""
    lines = (PRINTED / f"{table_id}.csv").read_text(encoding="utf-8").splitlines()
    groups: Groups = []
    for line in lines[1:]:
        if line.startswith("#"):
            groups.append((line.removeprefix("#").strip(), []))
            continue
        if not groups:
            groups.append(("", []))
        groups[-1][1].append([cell.replace(" / ", "\n") for cell in next(csv.reader([line]))])
    return lines[0].split(","), groups


def shown(element: lxml.html.HtmlElement, names: tuple[str, ...], columns: list[str]) -> Groups:
    """The rows of a ``<table>`` with columns of these names, by group, cut to some of the columns."""
    groups: Groups = []
    for section in element.findall("tbody") + element.findall("tfoot"):
        heading = section.find("tr[@class='group']/th")
        rows = [row for row in section.findall("tr") if row.get("class") != "group"]
        cells = [dict(zip(names, map(text, row), strict=True)) for row in rows]
        groups.append(
            (text(heading) if heading is not None else "", [[row[c] for c in columns] for row in cells])
        )
    return groups


def text(cell: lxml.html.HtmlElement) -> str:
    """A cell's text; <br> is a line break."""
    breaks = cell.xpath(".//br")
    return "".join(["\n" if node in breaks else node for node in cell.xpath(".//text() | .//br")])
