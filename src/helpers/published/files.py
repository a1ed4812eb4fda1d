"""The files in ``data/raw/<plan>/published/<year>/``: printed tables as csv, recorded slips as toml."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import PlanFileError
from helpers.plan.text_file import read_text
from helpers.plan.toml_section import Section, read_toml
from helpers.table import Table

SECTION = "節"


@dataclass(frozen=True)
class Erratum:
    """A slip of the published document: what it prints, what is right, and why we hold that.

    ``row``: the row that it stands in, as a difference names it; empty where the other fields say so.
    """

    table: str
    column: str
    printed: str
    ours: str
    reason: str
    row: str = ""


def read_printed(
    file: Path, keys: Sequence[str], ours: Mapping[tuple[str, ...], int]
) -> list[dict[str, str]]:
    """Read one printed table; ``keys`` are the columns that name a row, ``ours`` how many rows of ours each names.

    Raises:
        PlanFileError: it is no table, lacks a column that names its rows, or has a row more often than ours.
    """
    text = read_text(
        file, if_missing="公表値の表を置いてください", if_unreadable="「CSV UTF-8」で保存してください"
    )
    try:
        reader = csv.reader(io.StringIO(text, newline=""))
        header, *rows = list(reader)
    except (ValueError, csv.Error):
        raise PlanFileError(
            file, "", "公表値の表として読めません", "見出し行のある UTF-8 の CSV にしてください"
        ) from None
    if header[:1] != [SECTION]:
        raise PlanFileError(
            file, "A1", f"「{''.join(header[:1])}」で始まっています", f"1列目を「{SECTION}」にしてください"
        )
    for key in keys:
        if key not in header:
            raise PlanFileError(
                file, "1行目", f"「{key}」の列がありません", f"{'、'.join(keys)}の列を加えてください"
            )
    seen: dict[tuple[str, ...], list[int]] = {}
    records = []
    for place, row in enumerate(rows, start=1):
        if len(row) != len(header):
            raise PlanFileError(
                file, f"{place}件目", f"列が{len(row)}個あります", f"{len(header)}個にしてください"
            )
        record = dict(zip(header, row, strict=True))
        name = tuple(record[key] for key in keys)
        earlier = seen.setdefault(name, [])
        if len(earlier) >= max(1, ours.get(name, 0)):
            raise PlanFileError(
                file,
                f"{place}件目",
                f"「{' '.join(name).strip()}」が{earlier[-1]}件目と同じ行です",
                "どちらかを消してください",
            )
        earlier.append(place)
        records.append(record)
    return records


def read_errata(file: Path, ours: Mapping[str, Table]) -> list[Erratum]:
    """Read the recorded slips; none where there is no file.

    Raises:
        PlanFileError: an entry is incomplete or names a table that the report does not have.
    """
    if not file.exists():
        return []
    root = Section(file, "", read_toml(file))
    sections = root.sections("erratum", optional=True)
    root.demand_nothing_else()
    return [_erratum(section, ours) for section in sections]


def _erratum(section: Section, ours: Mapping[str, Table]) -> Erratum:
    erratum = Erratum(
        table=section.text("table"),
        column=section.text("column"),
        # A cell may be empty in the document or here.
        printed=section.value("printed", str, "文字列"),
        ours=section.value("ours", str, "文字列"),
        reason=section.text("reason"),
        row=section.text("row", ""),
    )
    section.demand_nothing_else()
    if erratum.table not in ours:
        raise section.fail(
            "table", f"「{erratum.table}」という表はありません", f"使える名前: {'、'.join(ours)}"
        )
    return erratum
