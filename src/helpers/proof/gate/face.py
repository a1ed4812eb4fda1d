"""What one face of a report (page or csv files) says, table by table, and what is wrong with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from helpers.errors import ExportError
from helpers.files.formulas import unguarded
from helpers.history.counts import TOTAL
from helpers.plan.reserved_words import NO_DATA
from helpers.proof.gate import documents, lists
from helpers.proof.gate import moved_items as movements
from helpers.proof.gate.complaint import Complaint, Rank
from helpers.proof.gate.counting import csv_pairs, expected_figures, page_pairs
from helpers.proof.gate.page_and_pdf import PageTable, close
from helpers.proof.gate.recount import ITEMS
from helpers.proof.gate.terms import Figures, Key, Pair, Reader, Terms, UnreadableError, collected
from helpers.report import register
from helpers.report.register import ALWAYS, Counts, Entry, NothingToFoot
from helpers.report.tables.comparison import GRAND_TOTAL

# One for every row of the register that asks for a reader of its own.
READERS: Mapping[str, Reader] = lists.READERS | movements.READERS | documents.READERS


@dataclass
class Face:
    """The figures of one face by table, and the complaints about them."""

    name: str
    figures: dict[str, Figures] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)

    def complain(self, rank: Rank, table: str, text: str) -> None:
        """Add a complaint about this face."""
        self.complaints.append(Complaint(rank, table, text, (self.name,)))

    def read(
        self, table: str, pairs: Callable[[Entry], Iterable[Pair]], terms: Terms, leave_out: str
    ) -> None:
        """Read a table and hold it against the sheets.

        ``leave_out``: the attribute of a reader that names the kinds of figures that this face does not have.
        """
        if (entry := register.entry_of(table)) is None:
            self.complain(
                Rank.UNKNOWN,
                table,
                f"表「{table}」は登録されていないため、数字を確かめられません。helpers.report.register の REGISTER に加えてください",
            )
        elif table in self.figures:
            self.complain(Rank.UNKNOWN, table, f"表「{table}」が二つあります")
        elif not isinstance(entry.footing, NothingToFoot):
            try:
                figures = self.figures[table] = collected(pairs(entry))
                expected = _expected(entry, figures, terms, leave_out)
            except UnreadableError as error:
                self.complain(Rank.UNKNOWN, table, f"表「{table}」を読めません: {error}")
            except KeyError as error:
                self.complain(Rank.UNKNOWN, table, f"表「{table}」に列「{error.args[0]}」がありません")
            except (ValueError, ArithmeticError, ExportError) as error:
                self.complain(
                    Rank.UNKNOWN, table, f"表「{table}」に、読めない値または列があります（{error}）"
                )
            else:
                for text in _wrong(table, figures, expected):
                    self.complain(Rank.WRONG, table, text)
        else:
            self.figures[table] = {}

    def miss(self, terms: Terms) -> None:
        """Complain of the tables that no report does without."""
        has_items = bool(terms.rows(terms.history.year))
        complained = {complaint.table for complaint in self.complaints}
        for entry in register.REGISTER:
            is_demanded = entry.demanded == ALWAYS or (entry.demanded and has_items)
            if is_demanded and not self.figures.get(entry.id) and entry.id not in complained:
                self.complain(Rank.MISSING, entry.id, f"表「{entry.id}」がありません")


def page_face(name: str, tables: Iterable[PageTable], terms: Terms) -> Face:
    """The figures that the tables of a page show."""
    face = Face(name)
    for table in tables:
        face.read(table.id, partial(_page_pairs, terms, table), terms, "in_csv_only")
    face.miss(terms)
    return face


def csv_face(name: str, files: Mapping[str, bytes], terms: Terms) -> Face:
    """The figures of ``tables/<id>.csv``."""
    face = Face(name)
    for path, content in sorted(files.items()):
        if path.startswith("tables/") and path.endswith(".csv"):
            table = path.removeprefix("tables/").removesuffix(".csv")
            face.read(table, partial(_csv_pairs, terms, content), terms, "on_page_only")
    face.miss(terms)
    return face


def apart(page: Face, files: Face) -> Iterator[Complaint]:
    """Where the csv files tell what the page does not, or the other way round, and neither is wrong by itself."""
    complained = {complaint.table for complaint in (*page.complaints, *files.complaints)}
    for table in page.figures.keys() & files.figures.keys() - complained:
        ours, theirs = page.figures[table], files.figures[table]
        for key in dict.fromkeys((*ours, *theirs)):
            # No share is "" where the file has a column for it.
            if ours.get(key, "") != theirs.get(key, "") and not _is_left_out(table, key, ours):
                yield Complaint(
                    Rank.APART_IN_CSV,
                    table,
                    f"{page.name} と {files.name}: {_place(table, key)}が「{ours.get(key, 'なし')}」と「{theirs.get(key, 'なし')}」で違います",
                )


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
        raise UnreadableError("helpers.proof.gate.face の READERS に読み方がありません")
    return reader


def _expected(entry: Entry, figures: Figures, terms: Terms, leave_out: str) -> Figures:
    if isinstance(entry.footing, Counts):
        return expected_figures(figures, entry.footing, terms)
    reader = _reader(entry)
    kinds: frozenset[str] = getattr(reader, leave_out)
    return {
        key: value
        for key, value in collected(reader.expected(terms, figures)).items()
        if key[-1] not in kinds
    }


def _wrong(table: str, figures: Figures, expected: Figures) -> Iterator[str]:
    """What differs; a row that is missing or too many is one fault, whatever stands in it."""
    rows: set[Key] = set()
    for key in dict.fromkeys((*figures, *expected)):
        mine, theirs = figures.get(key), expected.get(key)
        if mine is None or theirs is None:
            if key[:-1] not in rows:
                rows.add(key[:-1])
                shown = "ありませんが" if mine is None else f"「{mine}」ですが"
                found = "ありません" if theirs is None else f"「{theirs}」です"
                yield f"{_place(table, key)}は{shown}、確かめると{found}"
        elif close(str(mine)) != close(str(theirs)):
            yield f"{_place(table, key)}は「{mine}」ですが、確かめると「{theirs}」です"


def _is_left_out(table: str, key: Key, page: Figures) -> bool:
    """Whether one of the two faces does without a figure: the csv without sums and what is unknown."""
    if (reader := READERS.get(table)) is not None:
        return key[-1] in reader.on_page_only | reader.in_csv_only
    return key in page and (key[-1] != ITEMS or key[-2] in (TOTAL, GRAND_TOTAL) or page[key] == NO_DATA)


def _place(table: str, key: Key) -> str:
    """'by_policy 2022 Ⅰ 実施 の項目数'."""
    *place, kind = filter(None, key)
    return f"表「{table}」{' '.join(place)} の{kind}"
