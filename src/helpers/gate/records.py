"""The figures of the csv files, in the same form as those of the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import Decimal

from helpers.counts import TOTAL
from helpers.fiscal_year import FiscalYear
from helpers.formulas import unguarded
from helpers.gate.face import Count, Face, Place
from helpers.gate.pages import close
from helpers.history import History

Record = Mapping[str, str]


def csv_face(name: str, files: Mapping[str, bytes], history: History) -> Face:
    """The figures of ``tables/<id>.csv``."""
    face, read = Face(name), _Reader(history)
    for path, content in sorted(files.items()):
        table = path.removeprefix("tables/").removesuffix(".csv")
        if path.startswith("tables/") and (reader := getattr(read, table, None)) is not None:
            for record in csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")):
                reader(face, {key: unguarded(value) for key, value in record.items()})
    return face


class _Reader:
    """Reads records into a face; one method for each table, under its id."""

    def __init__(self, history: History) -> None:
        self.printing, self.year = history.plan.printing, str(int(history.year))
        self.focus_of = dict[str, str]()

    def overall(self, face: Face, record: Record) -> None:
        self._counts(record, ("", record["status"]), face.overall, face.overall_before)

    def by_policy(self, face: Face, record: Record) -> None:
        place = (record["policy"], record["status"])
        self._counts(record, place, face.by_policy, face.by_policy_before)
        if record["change_items"] == "":
            return
        change = int(record["change_items"])
        if record["status"] == TOTAL or record["change_share"] == "":
            face.changes[place] = close(self.printing.change_of_items(change))
        else:
            points = Decimal(record["change_share"]).scaleb(2)
            face.changes[place] = close(self.printing.change_cell(change, points))

    def summary(self, face: Face, record: Record) -> None:
        counts = face.summary if record["fiscal_year"] == self.year else face.reference
        counts[record["policy"], record["status"]] = self._count(record, bare="")

    def by_focus(self, face: Face, record: Record) -> None:
        place = (record["policy"], close(record["focus"]), record["status"])
        face.focus[place] = self._count(record, bare="")

    def bridge(self, face: Face, record: Record) -> None:
        came = int(record["added"]) + int(record["came_in"])
        left = int(record["went_out"]) + int(record["ended"])
        place = (record["policy"], record["status"])
        face.bridge[place] = (int(record["previous_items"]), came, left, int(record["items"]))

    def transitions(self, face: Face, record: Record) -> None:
        if record["items"] == "":
            return
        years = (_told(record["previous_fiscal_year"]), _told(record["fiscal_year"]))
        face.flows[(*years, record["previous_status"], record["status"])] = int(record["items"])
        total = (*years, TOTAL, "")
        face.flows[total] = face.flows.get(total, 0) + int(record["items"])

    def items(self, face: Face, record: Record) -> None:
        face.items[close(record["number"])] = (record["policy"], record["status"])

    def moved(self, face: Face, record: Record) -> None:
        item = (close(record["number"]), close(record["item"]))
        face.moved[item] = (record["previous_status"], record["status"])

    def course(self, face: Face, record: Record) -> None:
        if record["fiscal_year"] == self.year and record["known"] == "item":
            face.course[close(record["number"])] = record["status"]

    def remaining(self, face: Face, record: Record) -> None:
        face.remaining[record["status"]] = face.remaining.get(record["status"], 0) + 1

    def highlights(self, face: Face, record: Record) -> None:
        face.told[close(record["number"])] = record["status"]

    def _counts(
        self, record: Record, place: Place, now: dict[Place, Count], before: dict[Place, Count]
    ) -> None:
        now[place] = self._count(record, bare=self.printing.no_share)
        if record["previous_items"] != "":
            before[place] = self._count(record, "previous_", bare=self.printing.no_share)

    def _count(self, record: Record, prefix: str = "", *, bare: str) -> Count:
        """A count with its share as printed; ``bare`` is what stands where there is no share."""
        share = record[f"{prefix}share"]
        printed = self.printing.share(Decimal(share).scaleb(2)) if share else bare
        return Count(int(record[f"{prefix}items"]), close(printed))


def _told(year: str) -> str:
    return close(str(FiscalYear(int(year))))
