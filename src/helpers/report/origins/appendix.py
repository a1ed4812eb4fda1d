"""The appendix on where the numbers come from: codes, files, cells."""

from __future__ import annotations

__all__ = ["origins", "source_cells", "source_files", "source_totals"]

from collections.abc import Sequence
from itertools import groupby

import pandas as pd

from helpers.plan import Item
from helpers.plan.plan_parts import MERGED
from helpers.plan.reserved_words import NONE, PLAN_LABEL
from helpers.report.origins.source_files import source_files_of
from helpers.report.origins.trace import Origin, Trace
from helpers.report.palette import status_looks
from helpers.report.table import Table
from helpers.report.tables.common import sums_by


def origins(trace: Trace) -> Table:
    """One row per code: year, policy or whole plan, status, count and the items, leading to their cells."""
    listed, counter = list(trace.origins.values()), trace.history.plan.wording
    links: dict[tuple[int, str], Sequence[tuple[str, str]]] = {}
    words = []
    for position, origin in enumerate(listed):
        if origin.numbers:
            links[position, counter.item] = _runs(trace, origin)
            words.append("、".join(origin.numbers))
        else:
            rows = trace.totals_of(origin.key)
            links[position, counter.item] = [(cell, anchor) for _, cell, anchor in rows]
            words.append(f"合計のみの資料（セル {'、'.join(cell for _, cell, _ in rows)}）")
    scopes = {"範囲": [origin.key.policy or PLAN_LABEL for origin in listed]}
    notes = [f"範囲のうち{PLAN_LABEL}でないものは、基本方針の番号です。"]
    if not trace.history.plan.policies:
        scopes, notes = {}, []
    if any(len(origin.numbers) > 1 for origin in listed):
        notes.append("続いた番号のリンクは、その先頭の行につながります。")
    return Table(
        id="origins",
        caption=f"表の{counter.count}とその{counter.item}",
        printed=pd.DataFrame(
            {
                "年度": [
                    f"{origin.key.year}（{trace.history.sheets[origin.key.year].name}）" for origin in listed
                ],
                "符号": [origin.code for origin in listed],
                **scopes,
                "実施状況": [origin.key.status for origin in listed],
                counter.count: [str(origin.items) for origin in listed],
                counter.item: words,
            }
        ),
        records=pd.DataFrame(
            {
                "code": origin.code,
                "fiscal_year": int(origin.key.year),
                "policy": origin.key.policy,
                "status": origin.key.status,
                "items": origin.items,
                "numbers": " ".join(origin.numbers),
            }
            for origin in listed
        ),
        row_headers=("符号",),
        sums=sums_by(trace.history.plan, "status", "policy"),
        text=(*scopes, "実施状況", counter.item),
        group="年度",
        statuses=status_looks(trace.history.plan),
        status_columns=("実施状況",),
        links=links,
        row_attributes=[{"id": origin.anchor} for origin in listed],
        page_notes=(
            *notes,
            f"{counter.count}が0の欄には符号がなく、該当する{counter.item}のない状況調査のファイルにつながります。",
        ),
    )


def _runs(trace: Trace, origin: Origin) -> list[tuple[str, str]]:
    """An origin's items as links: one for the items whose rows of cells follow one another, to the first of these."""
    rows = {anchor: row for row, anchor in enumerate(trace.item_anchors.values())}
    led = ((number, trace.anchors_by_year[number, origin.key.year]) for number in origin.numbers)
    runs = groupby(enumerate(led), lambda place: rows[place[1][1]] - place[0])
    return [
        ("、".join(number for _, (number, _) in run), run[0][1][1]) for run in (list(run) for _, run in runs)
    ]


def source_files(trace: Trace) -> Table:
    """The sheets that were read: file, worksheet and the whole SHA-256 of the bytes."""
    files = list(source_files_of(trace.history))
    printed = pd.DataFrame(
        [
            (str(file.year), file.file, file.sheet_names or NONE, f"{file.sha256[:32]}\n{file.sha256[32:]}")
            for file in files
        ],
        columns=["年度", "ファイル", "シート", "SHA-256"],
    )
    return Table(
        id="source_files",
        caption="状況調査のファイル",
        printed=printed,
        records=pd.DataFrame(
            {
                "fiscal_year": int(file.year),
                "file": file.file,
                "sheet": file.sheet_names,
                "sha256": file.sha256,
            }
            for file in files
        ),
        row_headers=("年度",),
        text=("ファイル", "シート", "SHA-256"),
        row_attributes=[{"id": file.anchor} for file in files],
        page_notes=("SHA-256は64桁を2行に分けて示しています。",),
    )


def source_cells(trace: Trace) -> Table | None:
    """Each item's cell of 実施状況 in every year known item by item. None where no year is.

    Shape: one row per item, also where two had one number in turn; ― for a year in which an item was not in the plan.
    備考 joins the rows of what was split, merged or renumbered.
    """
    years, anchors = trace.history.traced_years, trace.item_anchors
    words = trace.history.plan.wording
    if not years:
        return None
    # Where a sheet has several tables, an address alone names no cell.
    apart = ("file", "sheet") if any(sheet.tables for sheet in trace.history.sheets.values()) else ()
    remarks_of = _remarks(trace)
    remarks = {"備考": [remarks_of.get(item, "") for item in trace.item_cells]} if remarks_of else {}
    return Table(
        id="source_cells",
        caption=f"{words.kind}の実施状況を読み取ったセル",
        printed=pd.DataFrame(
            {
                "基本方針": item.policy.heading,
                "番号": item.number,
                words.item_title: item.name,
                **{words.label(year): read[year].name if year in read else NONE for year in years},
            }
            for item, read in trace.item_cells.items()
        ).assign(**remarks),
        records=pd.DataFrame(
            {
                "fiscal_year": int(year),
                "number": item.number,
                **{name: cell.row[name] for name in (*apart, "cell")},
            }
            for item, read in trace.item_cells.items()
            for year, cell in read.items()
        ),
        row_headers=("番号", words.item_title),
        text=(*map(words.label, years), *remarks),
        group="基本方針",
        row_attributes=[{"id": anchor} for anchor in anchors.values()],
        links={
            (position, words.label(year)): ((cell.name, cell.anchor),)
            for position, read in enumerate(trace.item_cells.values())
            for year, cell in read.items()
            if cell.name
        },
    )


def _remarks(trace: Trace) -> dict[Item, str]:
    """What became of an item in the years that are shown, or what it was before: '6に統合', '旧番号5'."""
    plan, years = trace.history.plan, trace.history.traced_years
    remarks_of: dict[Item, list[str]] = {}
    for change in plan.item_changes:
        if years[0] < change.year <= years[-1]:
            before = [item for item in plan.items_in(change.year.previous) if item.number in change.before]
            after = [item for item in plan.items_in(change.year) if item.number in change.after]
            for item in before:
                # One that goes on as the merged item is the new one, one that goes on after a split the old one.
                is_merged = item in after and change.kind == MERGED
                remarks_of.setdefault(item, []).append(change.remark_on(is_new=is_merged))
            for item in after:
                if item not in before:
                    remarks_of.setdefault(item, []).append(change.remark_on(is_new=True))
    return {item: "、".join(words) for item, words in remarks_of.items() if item in trace.item_cells}


def source_totals(trace: Trace) -> Table | None:
    """The cells of the years of which only totals are known; None where there are none."""
    rows = [
        (year, cell.row["status"], int(cell.row["items"]), cell, f"source-{int(year)}-{position}")
        for year, sheet in sorted(trace.history.sheets.items())
        if not sheet.has_items
        for position, cell in enumerate(trace.cells_of(year), start=1)
    ]
    if not rows:
        return None
    return Table(
        id="source_totals",
        caption="合計を読み取ったセル",
        printed=pd.DataFrame(
            [(str(year), status, str(items), cell.name or NONE) for year, status, items, cell, _ in rows],
            columns=["年度", "実施状況", trace.history.plan.wording.count, "セル"],
        ),
        records=pd.DataFrame(
            [(int(year), status, items, cell.name) for year, status, items, cell, _ in rows],
            columns=["fiscal_year", "status", "items", "cell"],
        ),
        row_headers=("年度",),
        text=("セル",),
        statuses=status_looks(trace.history.plan),
        status_columns=("実施状況",),
        row_attributes=[{"id": anchor} for *_, anchor in rows],
        links={
            (position, "セル"): ((cell.name, cell.anchor),)
            for position, (*_, cell, _) in enumerate(rows)
            if cell.name
        },
    )
