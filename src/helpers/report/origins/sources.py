"""The sources of the figures, the notes that a reader needs to use them, what differs from the published ones or corrects them."""

from __future__ import annotations

__all__ = ["corrections", "differences", "notes", "reconciliation", "sources"]

from dataclasses import asdict

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.history import History
from helpers.plan import Plan
from helpers.plan.printing import PrintingRules
from helpers.plan.reserved_words import NO_DATA
from helpers.report.assumptions import bear_assumptions
from helpers.report.origins.source_files import is_folder
from helpers.report.origins.trace import Trace
from helpers.report.published.difference import Difference, Reconciliation
from helpers.report.table import Table
from helpers.sheets import SheetSource
from helpers.text.display import Shown, sentences

_OF_FOLDERS = (
    "フォルダー（/ の付く名前）のSHA-256は、中のファイルごとのSHA-256と名前を並べた一覧のものです。"
    "ファイルごとのSHA-256は付録にあります。"
)
_ROUNDINGS = {"half_up": "四捨五入", "half_even": "偶数丸め", "down": "切り捨て"}


def sources(trace: Trace) -> Table:
    """Each year's status sheet: what it holds, its file, worksheet and the SHA-256 of the bytes that were read.

    Shape: one row per year of the plan so far, known or not.
    """
    history = trace.history
    rows = []
    years = sorted({*history.years, *history.sheets})
    for year in years:
        sheet = history.sheets.get(year)
        if sheet is None:
            rows.append((str(year), NO_DATA, "", ""))
            continue
        kind = history.plan.wording.items(len(sheet.statuses)) if sheet.has_items else "合計のみ"
        derived = "（導出）" if sheet.is_derived else ""
        rows.append((str(year), kind + derived, sheet.name, sheet.source.sha256[:16]))
    columns = ["年度", "内容", "状況調査", "SHA-256（先頭16桁）"]
    printed = pd.DataFrame(rows, columns=columns)
    return Table(
        id="sources",
        caption="使用した状況調査",
        printed=printed,
        records=pd.DataFrame([_record(history, year) for year in years]),
        row_headers=("年度",),
        text=tuple(columns[1:]),
        page_notes=(_OF_FOLDERS,) if any(map(is_folder, history.sheets.values())) else (),
    )


def _record(history: History, year: FiscalYear) -> dict[str, str | int]:
    sheet = history.sheets.get(year)
    source = SheetSource("", "", "") if sheet is None else sheet.source
    return {
        "fiscal_year": int(year),
        "known": "missing" if sheet is None else "item" if sheet.has_items else "totals_only",
        "is_derived": int(sheet is not None and sheet.is_derived),
        "file": source.file,
        "sheet": source.sheet,
        "sha256": source.sha256,
    }


def notes(history: History) -> Shown:
    """Derived data, missing years, rounding: what a reader of this year's report has to know."""
    texts = [
        f"{year}の状況調査: {note}" for year, sheet in sorted(history.sheets.items()) for note in sheet.notes
    ]
    shares = history.shares_before
    if missing := [year for year in history.missing_years if shares is None or year != shares.year]:
        years = "、".join(map(str, missing))
        texts.append(f"{years}は資料がありません。推計で補わず、表と図では「{NO_DATA}」としています。")
    if shares is not None:
        source = f"（出典: {shares.source}）" if shares.source else ""
        texts.append(
            f"{shares.year}は公表された割合だけが分かり{source}、推計で{history.plan.wording.count}を補わず「{NO_DATA}」としています。"
        )
    texts += [text for text in (history.why_cut,) if text]
    texts += [
        f"{change.year}に実施状況の区分が変わりました（{change.reason}）。前年度までの区分は、対応表により今の区分に読み替えています。"
        for change in history.plan.status_changes
        if any(year < change.year <= history.year for year in history.sheets)
    ]
    texts.append(_rounding(history.plan))
    if len(history.sheets) > 1:
        texts.append(_change(history.plan.printing))
    if history.sheets[history.year].statuses["activities"].any():
        texts.append("「主な取組」は状況調査の記載によります。")
    if history.plan.source:
        texts.append(f"計画と公表値の出典: {history.plan.source}")
    return sentences(texts)


def reconciliation(result: Reconciliation) -> Table | None:
    """Cells that match, recorded errata and cells compared, by table. None where nothing was published."""
    if not result.has_published:
        return None
    rows = [
        (table.caption, *map(str, (table.matches, table.errata, table.differences, table.compared)))
        for table in result.tables
    ]
    sums = [str(sum(int(row[column]) for row in rows)) for column in range(1, 5)]
    printed = pd.DataFrame(
        [*rows, ("合計", *sums)], columns=["表", "一致", "記録済みの相違", "その他の相違", "照合した欄"]
    )
    return Table(
        id="reconciliation",
        caption="公表値との照合",
        printed=printed,
        records=pd.DataFrame(map(asdict, result.tables)),
        row_headers=("表",),
        totals=frozenset({"合計"}),
    )


def differences(result: Reconciliation) -> Table | None:
    """Every difference with both values and, for the document's own slips, the reason. None where all match."""
    if not result.differences:
        return None
    captions = {table.table: table.caption for table in result.tables}
    # The same slip in several rows (a policy's heading over its items) is told once, with the rows it stands in.
    alike: dict[tuple[str, ...], list[str]] = {}
    for d in result.differences:
        section = f"第{d.section[0]}節{d.section[1:]}" if d.section else ""
        reason = _reason(d, result)
        alike.setdefault(
            (captions.get(d.table, d.table), section, d.column, d.printed, d.ours, reason), []
        ).append(d.row)
    printed = pd.DataFrame(
        [
            (
                table,
                section,
                "\n".join(part for part in ("、".join(rows), column) if part),
                theirs,
                ours,
                reason,
            )
            for (table, section, column, theirs, ours, reason), rows in alike.items()
        ],
        columns=["表", "公表資料の節", "欄", "公表値", "本書", "理由"],
    )
    return Table(
        id="differences",
        caption="公表値と異なる欄",
        printed=printed,
        records=pd.DataFrame(
            {
                "table": d.table,
                "section": d.section,
                "row": d.row,
                "column": d.column,
                "published": d.printed,
                "ours": d.ours,
                "reason": "" if d in result.unrecorded else _reason(d, result),
            }
            for d in result.differences
        ),
        row_headers=("表",),
        text=("公表資料の節", "欄", "公表値", "本書", "理由"),
    )


def _rounding(plan: Plan) -> str:
    printing = plan.printing
    digits = f"小数第{printing.decimals}位" if printing.decimals else "整数"
    return (
        f"割合は対象となる{plan.wording.count}に対する百分率で、{digits}まで示します（端数は{_ROUNDINGS[printing.rounding]}）。"
        "端数処理のため、内訳の合計が100%にならないことがあります。"
    )


def _change(printing: PrintingRules) -> str:
    return (
        f"割合の増減は、表示した割合どうしの差（ポイント）です。表では減を「{printing.decrease}」、"
        f"増{f'を「{printing.increase}」' if printing.increase else 'は記号なし'}、増減なしを「{printing.no_change}」で示します。"
    )


def _reason(difference: Difference, result: Reconciliation) -> str:
    """Why a published cell differs: the erratum's reason, the correction, or that nobody knows."""
    if difference.erratum is not None:
        return difference.erratum.full_reason
    if result.correction is not None and difference in result.corrected:
        return f"訂正: {result.correction.reason}"
    return "説明のつかない相違"


bear_assumptions(globals(), ["notes"])


def corrections(result: Reconciliation) -> Table | None:
    """Every corrected cell, before and after. None where the report replaces none.

    Shape: one row a cell, row or column that differs from the published tables and is no recorded erratum.
    """
    if result.correction is None:
        return None
    corrected = result.corrected
    return Table(
        id="corrections",
        caption=f"訂正した欄（{result.correction.day}）",
        printed=pd.DataFrame(
            [
                (each.caption, " ".join(filter(None, (each.row, each.column))), each.printed, each.ours)
                for each in corrected
            ],
            columns=["表", "欄", "訂正前", "訂正後"],
        ),
        records=pd.DataFrame(
            {
                "table": each.table,
                "row": each.row,
                "column": each.column,
                "published": each.printed,
                "ours": each.ours,
                "reason": result.correction.reason,
                "corrected_on": result.correction.day,
            }
            for each in corrected
        ),
        row_headers=("表",),
        text=("欄", "訂正前", "訂正後"),
    )
