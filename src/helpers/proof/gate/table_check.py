"""Check one table of a report: page and csv are read back, and compared with the sheets and with each other."""

from __future__ import annotations

__all__ = ["READERS", "complaints_about"]

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from helpers.errors import ExportError
from helpers.files.formulas import unguarded
from helpers.history.counts import TOTAL
from helpers.plan.reserved_words import NO_DATA
from helpers.proof.gate import lists, moved_items
from helpers.proof.gate.counting import csv_pairs, expected_figures, page_pairs
from helpers.proof.gate.declared import (
    card_tables,
    grade_tables,
    judgement_tables,
    money_tables,
    target_tables,
)
from helpers.proof.gate.own_tables import Described, is_own, own_complaints
from helpers.proof.gate.page_and_pdf import PageTable, close
from helpers.proof.gate.recount import ITEMS, SHARE
from helpers.proof.gate.terms import (
    CSV,
    PAGE,
    Complaint,
    Figures,
    Key,
    Pair,
    Rank,
    Reader,
    Terms,
    UnreadableError,
    collected,
)
from helpers.report import register
from helpers.report.register import Counts, Entry, NothingToFoot
from helpers.report.tables.comparison import GRAND_TOTAL

# The readers for all rows of the register with an ``OwnReader``.
READERS: Mapping[str, Reader] = (
    lists.READERS
    | moved_items.READERS
    | target_tables.READERS
    | grade_tables.READERS
    | money_tables.READERS
    | judgement_tables.READERS
    | card_tables.READERS
)


def complaints_about(
    table: str,
    terms: Terms,
    on_page: Sequence[PageTable],
    content: bytes | None,
    described: Described | None = None,
) -> list[Complaint]:
    """List all faults of a table.

    ``on_page``: the tables of this id on the page; ``content``: the table's csv; ``described``: its resource in the data
    package; None where there is none.
    """
    files = ([PAGE] if on_page else []) + ([] if content is None else [CSV])
    if (entry := register.entry_of(table)) is None:
        if is_own(on_page):
            return own_complaints(table, on_page, content, described)
        text = (
            f"表「{table}」は登録されていないため、数字を確かめられません。"
            "Table に key と fields を付けて独自集計の表とするか、helpers.report.register の REGISTER に加えてください"
        )
        return [Complaint(Rank.UNKNOWN, table, text, tuple(files))]
    complaints: list[Complaint] = []
    if len(on_page) > 1 and not entry.is_in_parts:
        complaints.append(Complaint(Rank.UNKNOWN, table, f"表「{table}」が二つあります", (PAGE,)))
    if isinstance(entry.footing, NothingToFoot):
        return complaints
    figures: dict[str, Figures] = {}
    if on_page:
        figures[PAGE] = _read(entry, PAGE, _pairs_of(terms, on_page, entry), terms, complaints)
    if content is not None:
        figures[CSV] = _read(entry, CSV, _csv_pairs(terms, content, entry), terms, complaints)
    if entry.is_demanded(terms.history):
        complained = {file for complaint in complaints for file in complaint.files}
        missing = tuple(file for file in (PAGE, CSV) if not figures.get(file) and file not in complained)
        if missing:
            complaints.append(Complaint(Rank.MISSING, table, f"表「{table}」がありません", missing))
    if len(figures) == 2 and not complaints:
        complaints += _apart(table, figures[PAGE], figures[CSV], terms)
    return complaints


def _read(
    entry: Entry, file: str, pairs: Iterable[Pair], terms: Terms, complaints: list[Complaint]
) -> Figures:
    """Read the figures of a table from one file, and add their faults to the complaints."""
    figures: Figures = {}
    rank = Rank.UNKNOWN
    try:
        figures = collected(pairs)
        texts = [*_wrong(entry.id, figures, _expected(entry, figures, terms, file))]
        rank = Rank.WRONG
    except UnreadableError as error:
        texts = [f"表「{entry.id}」を読めません: {error}"]
    except KeyError as error:
        texts = [f"表「{entry.id}」に列「{error.args[0]}」がありません"]
    except (ValueError, ArithmeticError, ExportError) as error:
        texts = [f"表「{entry.id}」に、読めない値または列があります（{error}）"]
    complaints += [Complaint(rank, entry.id, text, (file,)) for text in texts]
    return figures


def _pairs_of(terms: Terms, on_page: Sequence[PageTable], entry: Entry) -> Iterator[Pair]:
    for table in on_page if entry.is_in_parts else on_page[:1]:
        yield from _page_pairs(terms, table, entry)


def _page_pairs(terms: Terms, table: PageTable, entry: Entry) -> Iterator[Pair]:
    table = terms.translated(table)
    for row, (kind, texts) in enumerate(zip(table.kinds, table.texts, strict=True), start=1):
        if kind in ("body", "foot") and len(texts) != len(table.columns):
            raise UnreadableError(f"{row}行目のセルの数が見出しと合いません")
    if isinstance(entry.footing, Counts):
        yield from page_pairs(table, entry.footing, terms)
    else:
        for page_row in table.rows:
            yield from _reader(entry).page(page_row, terms)


def _csv_pairs(terms: Terms, content: bytes, entry: Entry) -> Iterator[Pair]:
    lines = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    records = []
    for record in lines:
        if None in record or None in record.values():
            raise UnreadableError(f"{lines.line_num}行目の欄の数が見出しと合いません")
        records.append({key: unguarded(value) for key, value in record.items()})
    if isinstance(entry.footing, Counts):
        yield from csv_pairs(lines.fieldnames or (), records, entry.footing, terms)
    else:
        reader, year = _reader(entry), str(int(terms.history.year))
        for read in records:
            if reader.is_of_one_year and read["fiscal_year"] != year:
                raise UnreadableError(f"年度が「{read['fiscal_year']}」の行があります（報告書は{year}）")
            yield from reader.record(read, terms)


def _reader(entry: Entry) -> Reader:
    if (reader := READERS.get(entry.id)) is None:
        raise UnreadableError("helpers.proof.gate.table_check の READERS に読み方がありません")
    return reader


def _expected(entry: Entry, figures: Figures, terms: Terms, file: str) -> Figures:
    if isinstance(entry.footing, Counts):
        return expected_figures(figures, entry.footing, terms)
    reader = _reader(entry)
    left_out = reader.in_csv_only if file == PAGE else reader.on_page_only
    expected = collected(reader.expected(terms, figures))
    return {key: value for key, value in expected.items() if key[-1] not in left_out}


def _wrong(table: str, figures: Figures, expected: Figures) -> Iterator[str]:
    """List the figures that differ; a missing or superfluous row is reported as a single fault."""
    rows: set[Key] = set()
    for key in dict.fromkeys((*figures, *expected)):
        mine, theirs = figures.get(key), expected.get(key)
        if mine is None or theirs is None:
            if key[:-1] not in rows:
                rows.add(key[:-1])
                shown = "ありませんが" if mine is None else f"「{mine}」ですが"
                right = "ありません" if theirs is None else f"「{theirs}」です"
                yield f"{_label(table, key)}は{shown}、確かめると{right}"
        elif close(str(mine)) != close(str(theirs)):
            yield f"{_label(table, key)}は「{mine}」ですが、確かめると「{theirs}」です"


def _apart(table: str, page: Figures, in_csv: Figures, terms: Terms) -> Iterator[Complaint]:
    """List the figures that only the page or only the csv has, where both are correct by themselves."""
    for key in dict.fromkeys((*page, *in_csv)):
        # No share is "" where the file has a column for it.
        if page.get(key, "") != in_csv.get(key, "") and not _is_left_out(table, key, page, terms):
            shown = f"「{page.get(key, 'なし')}」と「{in_csv.get(key, 'なし')}」"
            text = f"{PAGE} と {CSV}: {_label(table, key)}が{shown}で違います"
            yield Complaint(Rank.APART_IN_CSV, table, text)


def _is_left_out(table: str, key: Key, page: Figures, terms: Terms) -> bool:
    """Whether page or csv may lack the figure.

    A csv has no sums and nothing for unknown years; a page has no shares where the plan prints none.
    """
    if (reader := READERS.get(table)) is not None:
        return key[-1] in reader.on_page_only | reader.in_csv_only
    if key not in page:
        return key[-1] == SHARE and not terms.history.plan.printing.shares
    sums = (TOTAL, GRAND_TOTAL, *(bracket.name for bracket in terms.history.plan.brackets))
    return key[-1] != ITEMS or key[-2] in sums or page[key] == NO_DATA


def _label(table: str, key: Key) -> str:
    """'by_policy 2022 Ⅰ 実施 の項目数'."""
    *scope, kind = filter(None, key)
    return f"表「{table}」{' '.join(scope)} の{kind}"
