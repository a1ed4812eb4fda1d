"""One table of a report: its page and its csv read back, and held against the sheets and against each other."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from helpers.errors import ExportError
from helpers.files.formulas import unguarded
from helpers.history.counts import TOTAL
from helpers.plan.reserved_words import NO_DATA
from helpers.proof.gate import documents, lists, moved_items
from helpers.proof.gate.complaint import CSV, PAGE, Complaint, Rank
from helpers.proof.gate.counting import csv_pairs, expected_figures, page_pairs
from helpers.proof.gate.page_and_pdf import PageTable, close
from helpers.proof.gate.recount import ITEMS
from helpers.proof.gate.terms import Figures, Key, Pair, Reader, Terms, UnreadableError, collected
from helpers.report import tables as register
from helpers.report.tables.comparison import GRAND_TOTAL
from helpers.report.tables.entry import ALWAYS, Counts, Entry, NothingToFoot

# One for every row of the register that asks for a reader of its own.
READERS: Mapping[str, Reader] = lists.READERS | moved_items.READERS | documents.READERS


def complaints_about(
    table: str, terms: Terms, on_page: Sequence[PageTable], content: bytes | None
) -> list[Complaint]:
    """Everything that is wrong with a table.

    ``on_page``: the tables of this id on the page; ``content``: the table's csv, None where there is none.
    """
    faces = ([PAGE] if on_page else []) + ([] if content is None else [CSV])
    if (entry := register.entry_of(table)) is None:
        text = f"表「{table}」は登録されていないため、数字を確かめられません。helpers.report.tables の REGISTER に加えてください"
        return [Complaint(Rank.UNKNOWN, table, text, tuple(faces))]
    complaints = [Complaint(Rank.UNKNOWN, table, f"表「{table}」が二つあります", (PAGE,))] * (
        len(on_page) > 1
    )
    if isinstance(entry.footing, NothingToFoot):
        return complaints
    figures: dict[str, Figures] = {}
    if on_page:
        figures[PAGE] = _read(entry, PAGE, _page_pairs(terms, on_page[0], entry), terms, complaints)
    if content is not None:
        figures[CSV] = _read(entry, CSV, _csv_pairs(terms, content, entry), terms, complaints)
    if entry.demanded == ALWAYS or (entry.demanded and terms.rows(terms.history.year)):
        complained = {face for complaint in complaints for face in complaint.faces}
        missing = tuple(face for face in (PAGE, CSV) if not figures.get(face) and face not in complained)
        if missing:
            complaints.append(Complaint(Rank.MISSING, table, f"表「{table}」がありません", missing))
    if len(figures) == 2 and not complaints:
        complaints += _apart(table, figures[PAGE], figures[CSV])
    return complaints


def _read(
    entry: Entry, face: str, pairs: Iterable[Pair], terms: Terms, complaints: list[Complaint]
) -> Figures:
    """The figures of a table on one face; what is wrong with them is added to the complaints."""
    figures: Figures = {}
    rank = Rank.UNKNOWN
    try:
        figures = collected(pairs)
        texts = [*_wrong(entry.id, figures, _expected(entry, figures, terms, face))]
        rank = Rank.WRONG
    except UnreadableError as error:
        texts = [f"表「{entry.id}」を読めません: {error}"]
    except KeyError as error:
        texts = [f"表「{entry.id}」に列「{error.args[0]}」がありません"]
    except (ValueError, ArithmeticError, ExportError) as error:
        texts = [f"表「{entry.id}」に、読めない値または列があります（{error}）"]
    complaints += [Complaint(rank, entry.id, text, (face,)) for text in texts]
    return figures


def _page_pairs(terms: Terms, table: PageTable, entry: Entry) -> Iterator[Pair]:
    if len(set(table.columns)) != len(table.columns):
        raise UnreadableError("同じ見出しの列があります")
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


def _expected(entry: Entry, figures: Figures, terms: Terms, face: str) -> Figures:
    if isinstance(entry.footing, Counts):
        return expected_figures(figures, entry.footing, terms)
    reader = _reader(entry)
    left_out = reader.in_csv_only if face == PAGE else reader.on_page_only
    expected = collected(reader.expected(terms, figures))
    return {key: value for key, value in expected.items() if key[-1] not in left_out}


def _wrong(table: str, figures: Figures, expected: Figures) -> Iterator[str]:
    """What differs; a row that is missing or too many is one fault, whatever stands in it."""
    rows: set[Key] = set()
    for key in dict.fromkeys((*figures, *expected)):
        mine, theirs = figures.get(key), expected.get(key)
        if mine is None or theirs is None:
            if key[:-1] not in rows:
                rows.add(key[:-1])
                shown = "ありませんが" if mine is None else f"「{mine}」ですが"
                right = "ありません" if theirs is None else f"「{theirs}」です"
                yield f"{_place(table, key)}は{shown}、確かめると{right}"
        elif close(str(mine)) != close(str(theirs)):
            yield f"{_place(table, key)}は「{mine}」ですが、確かめると「{theirs}」です"


def _apart(table: str, page: Figures, in_csv: Figures) -> Iterator[Complaint]:
    """Where the csv says what the page does not, or the other way round, and neither is wrong by itself."""
    for key in dict.fromkeys((*page, *in_csv)):
        # No share is "" where the file has a column for it.
        if page.get(key, "") != in_csv.get(key, "") and not _is_left_out(table, key, page):
            shown = f"「{page.get(key, 'なし')}」と「{in_csv.get(key, 'なし')}」"
            text = f"{PAGE} と {CSV}: {_place(table, key)}が{shown}で違います"
            yield Complaint(Rank.APART_IN_CSV, table, text)


def _is_left_out(table: str, key: Key, page: Figures) -> bool:
    """Whether one of the two faces does without a figure: the csv without sums and what is unknown."""
    if (reader := READERS.get(table)) is not None:
        return key[-1] in reader.on_page_only | reader.in_csv_only
    return key in page and (key[-1] != ITEMS or key[-2] in (TOTAL, GRAND_TOTAL) or page[key] == NO_DATA)


def _place(table: str, key: Key) -> str:
    """'by_policy 2022 Ⅰ 実施 の項目数'."""
    *place, kind = filter(None, key)
    return f"表「{table}」{' '.join(place)} の{kind}"
