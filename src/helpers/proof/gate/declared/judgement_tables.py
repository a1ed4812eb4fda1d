"""Read back the tables of judgements and votes, and count them again from the sheets."""

from __future__ import annotations

__all__ = ["READERS"]

from collections.abc import Iterator
from itertools import product

from helpers.history.counts import TOTAL
from helpers.plan import DONE, NOT_STARTED, UNDER_WAY, Plan
from helpers.plan.declared.kinds import JUDGEMENT, VOTE, Judgement
from helpers.plan.reserved_words import NOT_ALIVE
from helpers.proof.gate.declared.raw_values import policies_of, raw_values
from helpers.proof.gate.page_and_pdf import PageRow, close
from helpers.proof.gate.terms import (
    Figures,
    Pair,
    Reader,
    Record,
    Terms,
    counts_by_policy,
    counts_in_row,
    number,
)

_NONE, _INSIDE, _OUTSIDE, _WAY = "判定なし", "実施状況", "評価", "実施状況より"
_WAYS = {"lower": "低い", "higher": "高い"}


def _known(terms: Terms) -> Iterator[tuple[Judgement, list[tuple[str, str, str, str]]]]:
    """Each judgement of the year with number, name, status and word ("" for none) of every item."""
    history = terms.history
    words = raw_values(history, history.year, JUDGEMENT)
    for judgement in history.plan.declared.judgements:
        own = {value.number: value.text for value in words if value.name == judgement.name}
        if own:
            rows = terms.rows(history.year)
            yield judgement, [(r["number"], r["item"], r["status"], own.get(r["number"], "")) for r in rows]


def _counts_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    word = terms.status(row.cells["区分"])
    for column in (_INSIDE, _OUTSIDE):
        yield (row.group, close(word), column), number(row.cells[column])


def _counts_record(record: Record, terms: Terms) -> Iterator[Pair]:
    key = (close(record["judgement"]), close(record["word"]))
    for column, field in ((_INSIDE, "status_items"), (_OUTSIDE, "judged_items")):
        yield (*key, column), NOT_ALIVE if record[field] == "" else int(record[field])
        # The total of the page is the sum of the records.
        yield (key[0], TOTAL, column), int(record[field] or 0)


def _counts_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    names = terms.history.plan.status_names
    for judgement, items in _known(terms):
        key = close(judgement.name)
        inside, outside = [status for *_, status, _ in items], [word for *_, word in items]
        for word in dict.fromkeys((*names, *judgement.words)):
            yield (key, close(word), _INSIDE), inside.count(word) if word in names else NOT_ALIVE
            yield (key, close(word), _OUTSIDE), outside.count(word) if word in judgement.words else NOT_ALIVE
        if "" in outside:
            yield (key, _NONE, _INSIDE), NOT_ALIVE
            yield (key, _NONE, _OUTSIDE), outside.count("")
        yield from (((key, TOTAL, column), len(items)) for column in (_INSIDE, _OUTSIDE))


def _cross_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    return counts_in_row(row, (row.group, close(terms.status(row.cells[_INSIDE]))), (_INSIDE,))


def _cross_record(record: Record, terms: Terms) -> Iterator[Pair]:
    for status, word in product((record["status"], TOTAL), (record["word"], TOTAL)):
        yield (close(record["judgement"]), close(status), close(word)), int(record["items"])


def _cross_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    known = list(_known(terms))
    has_none = any(not word for _, items in known for *_, word in items)
    for judgement, items in known:
        words = (*judgement.words, *([_NONE] if has_none else []))
        for status, word in product((*terms.history.plan.status_names, TOTAL), (*words, TOTAL)):
            count = sum(
                status in (TOTAL, own) and word in (TOTAL, outside or _NONE) for *_, own, outside in items
            )
            yield (close(judgement.name), close(status), close(word)), count


def _apart_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    key = (row.group, row.cells["番号"], row.cells["推進項目"])
    yield (*key, _INSIDE), close(terms.status(row.cells[_INSIDE]))
    yield from (((*key, column), row.cells[column]) for column in (_OUTSIDE, _WAY))


def _apart_record(record: Record, terms: Terms) -> Iterator[Pair]:
    key = tuple(close(record[field]) for field in ("judgement", "number", "item"))
    yield (*key, _INSIDE), close(record["status"])
    yield (*key, _OUTSIDE), close(record["word"])
    yield (*key, _WAY), _WAYS.get(record["differs"], record["differs"])
    yield (*key, "基本方針"), record["policy"]


def _apart_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    heights = _heights(terms.history.plan)
    policies = policies_of(terms.history, terms.history.year)
    for judgement, items in _known(terms):
        for item, name, status, word in items:
            mine, theirs = heights.get(status), heights.get(judgement.same_as.get(word, ""))
            if mine is None or theirs is None or mine == theirs:
                continue
            key = (close(judgement.name), close(item), close(name))
            yield (*key, _INSIDE), close(status)
            yield (*key, _OUTSIDE), close(word)
            yield (*key, _WAY), _WAYS["lower" if theirs < mine else "higher"]
            yield (*key, "基本方針"), policies[item]


def _heights(plan: Plan) -> dict[str, tuple[int, int]]:
    """Rank the counted statuses that say how far an item is: by group, then by position in the vocabulary."""
    counted = [status for status in plan.statuses if status.name in plan.judged_names]
    groups = {DONE: 2, UNDER_WAY: 1, NOT_STARTED: 0}
    is_rising = counted[-1].group == DONE and counted[0].group != DONE
    return {
        status.name: (groups[status.group], order if is_rising else -order)
        for order, status in enumerate(counted)
    }


def _votes_record(record: Record, terms: Terms) -> Iterator[Pair]:
    yield (close(record["judgement"]), record["policy"], close(record["vote"])), int(record["votes"])


def _votes_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    history = terms.history
    values, policies = raw_values(history, history.year, VOTE), policies_of(history, history.year)
    for judgement in history.plan.declared.judgements:
        own = [value for value in values if value.name == judgement.name]
        for policy in (*(policy.numeral for policy in history.plan.policies), "") if own else ():
            for vote in judgement.votes:
                counts = (int(v.text) for v in own if v.role == vote and policy in ("", policies[v.number]))
                yield (close(judgement.name), policy, close(vote)), sum(counts)


def _item_votes_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    return counts_in_row(row, (row.group, row.cells["番号"], row.cells["推進項目"]), ("番号", "推進項目"))


def _item_votes_record(record: Record, terms: Terms) -> Iterator[Pair]:
    key = tuple(close(record[field]) for field in ("judgement", "number", "item"))
    yield (*key, close(record["vote"])), int(record["votes"])
    yield (*key, "基本方針"), record["policy"]


def _item_votes_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    history = terms.history
    rows = {row["number"]: row for row in terms.rows(history.year)}
    for value in raw_values(history, history.year, VOTE):
        key = (close(value.name), close(value.number), close(rows[value.number]["item"]))
        yield (*key, close(value.role)), int(value.text)
        yield (*key, "基本方針"), rows[value.number]["policy"]


READERS = {
    "judgements": Reader(_counts_page, _counts_record, _counts_expected, is_of_one_year=True),
    "judgement_cross": Reader(_cross_page, _cross_record, _cross_expected, is_of_one_year=True),
    "judged_apart": Reader(
        _apart_page, _apart_record, _apart_expected, in_csv_only=frozenset({"基本方針"}), is_of_one_year=True
    ),
    "votes": Reader(counts_by_policy, _votes_record, _votes_expected, is_of_one_year=True),
    "item_votes": Reader(
        _item_votes_page,
        _item_votes_record,
        _item_votes_expected,
        in_csv_only=frozenset({"基本方針"}),
        is_of_one_year=True,
    ),
}
