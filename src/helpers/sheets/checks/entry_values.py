"""Read and check the declared values of one row of a sheet."""

from __future__ import annotations

__all__ = ["doubts_about", "read_values", "values_of", "warn_of_measured"]

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from helpers.plan.declared.kinds import (
    EFFECT,
    FIELD,
    JUDGEMENT,
    MEASURE,
    VOTE,
    Declared,
    Judgement,
    Measure,
    Value,
)
from helpers.plan.declared.measured import BEFORE, Problem, indicators_of, measure_values, unreadable
from helpers.sheets.files.grid import ZERO
from helpers.sheets.finding import FindingLog, Position
from helpers.sheets.rows.cell_meanings import count_of, is_dash, is_ditto, near_hint
from helpers.sheets.rows.sheet_table import SheetTable
from helpers.sheets.rows.table_body import Entry
from helpers.text.amounts import amount_of, is_amount, plain, why_missing
from helpers.text.forms import folded, quoted, variant_folded

_NUMBERS = ("baseline", "target", "actual")  # of the roles of an indicator
_SCALES = 50  # times: 0.9 and 90 are a hundred, what two years of one indicator are not


def read_values(table: SheetTable, entry: Entry) -> list[Value]:
    """The declared values of an entry, with a finding for everything that is wrong; the item's number is left empty."""
    declared = table.vocabulary.plan.declared
    values = [*_texts(table, entry), *_effects(table, entry)]
    for judgement in declared.judgements:
        values += [*_word(table, entry, judgement), *_votes(table, entry, judgement)]
    seen: dict[str, Position] = {}
    for measure in declared.measures:
        if measure.columns:
            values += _indicators(table, entry, measure, seen)
    return values


def _texts(table: SheetTable, entry: Entry) -> Iterator[Value]:
    for text in table.vocabulary.plan.declared.texts:
        if text.name not in table.header.columns:
            continue
        written, at = table.free_text(entry, text.name), table.at(entry, text.name)
        if len(written) > text.longest:
            message = f"{text.name}が{len(written):,}字あります。{text.longest:,}字までで書いてください"
            table.error("too_long", message, at)
        elif not written and text.is_required and not table.is_broken(entry, text.name):
            table.error("missing_text", f"{text.name}が空です。記入してください", at)
        elif written:
            yield _value(table, at, FIELD, text.name, "text", written)


def _effects(table: SheetTable, entry: Entry) -> Iterator[Value]:
    for effect in table.vocabulary.plan.declared.effects:
        for role, heading in effect.columns.items():
            if not (text := _only_text(table, entry, heading)):
                _warn_of_zero(table, entry, heading)
                continue
            at = table.at(entry, heading)
            amount = amount_of(text, effect.unit)
            read = plain(amount) if amount is not None else why_missing(text)
            if read is None:
                problem = unreadable(role, text, effect.unit)
                table.error(problem.code, _message(heading, problem), at)
            else:
                yield _value(table, at, EFFECT, effect.name, role, read)


def _word(table: SheetTable, entry: Entry, judgement: Judgement) -> Iterator[Value]:
    forms = {variant_folded(word): word for word in judgement.words}
    if not judgement.column or not (text := _only_text(table, entry, judgement.column, forms)):
        return
    at = table.at(entry, judgement.column)
    if (word := forms.get(variant_folded(text))) is None:
        choices = "／".join(judgement.words)
        message = f"{judgement.column}{quoted(text)}は区分にありません（{choices}）{near_hint(text, judgement.words)}。区分から選び直してください"
        table.error("unknown_judgement", message, at)
    else:
        yield _value(table, at, JUDGEMENT, judgement.name, "word", word)


def _votes(table: SheetTable, entry: Entry, judgement: Judgement) -> Iterator[Value]:
    for vote in judgement.votes:
        if text := _only_text(table, entry, vote):
            at = table.at(entry, vote)
            if (count := count_of(text.removesuffix("票").removesuffix("人").removesuffix("名"))) is None:
                message = f"{vote}の値{quoted(text)}は票の数として読めません。数だけを入力してください"
                table.error("not_a_number", message, at)
            else:
                yield _value(table, at, VOTE, judgement.name, vote, str(count))
        else:
            _warn_of_zero(table, entry, vote)


def _indicators(
    table: SheetTable, entry: Entry, measure: Measure, seen: dict[str, Position]
) -> Iterator[Value]:
    """The indicators of an entry: one in each of its rows; ``seen``: those of the item so far, of every measure."""
    for row in entry.rows:
        texts, places = _row_texts(table, entry, row, measure)
        values, problems = measure_values(texts, measure)
        for problem in problems:
            at = places.get(problem.role, (row, table.header.columns[measure.columns["target"]]))
            heading = measure.columns.get(problem.role, measure.name)
            table.error(problem.code, _message(heading, problem), at)
        if not values or problems:
            continue
        name = variant_folded(values["indicator"])
        first = seen.setdefault(name, places["target"])
        if first != places["target"]:
            message = f"指標{quoted(values['indicator'])}は{table.grid.address(first)}にもあります。名前を変えるか、どちらかを除いてください"
            table.error("indicator_twice", message, places["target"])
            continue
        if BEFORE in values:
            message = f"目標値が{values[BEFORE]}から{values.get('target', '')}に変更されたものとして読みました。確かめてください"
            table.warn("target_changed", message, places["target"])
        for role, code, message in doubts_about(values["indicator"], values):
            table.warn(code, message, places[role])
        for role, text in values.items():
            at = places.get("target" if role == BEFORE else role, places["target"])
            yield replace(_value(table, at, MEASURE, measure.name, role, text), part=values["indicator"])


def doubts_about(name: str, values: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Warnings about the values of an indicator: role, code, message with the remedy."""
    if not values.keys() & {"target", "actual"}:
        remedy = "まだ分からなければ「未集計」と書き、なくなった指標なら行の記入を消してください"
        yield "target", "empty_measure", f"指標{quoted(name)}の目標値と実績値が空です。{remedy}"
    if _is_in_two_scales(values):
        problem = (
            f"指標{quoted(name)}の目標値{values['target']}と実績値{values['actual']}の桁が大きく違います"
        )
        yield "actual", "two_scales", f"{problem}。割合（0.9）と％（90）が混ざっていないか確かめてください"


def warn_of_measured(values: Iterable[Value], declared: Declared, log: FindingLog) -> None:
    """Warn of doubtful values in a year's part of measures.csv."""
    for each in indicators_of(values, declared):
        for _, code, message in doubts_about(each.name, each.texts):
            log.warn(code, f"measures.csv の番号{each.number}の{message}")


def _is_in_two_scales(values: Mapping[str, str]) -> bool:
    """Whether one of target and actual in percent seems to be typed as a fraction: 0.9 beside 92."""
    numbers = [Decimal(text) for role in ("target", "actual") if is_amount(text := values.get(role, ""))]
    is_percent = folded(values.get("unit", "")) == "%"
    return (
        is_percent and len(numbers) == 2 and 0 < min(numbers) <= 1 and max(numbers) >= _SCALES * min(numbers)
    )


def _row_texts(
    table: SheetTable, entry: Entry, row: int, measure: Measure
) -> tuple[dict[str, str], dict[str, Position]]:
    """The texts of one row of an entry by role, and their cells; what is merged downwards holds for each row."""
    at_row = Entry((row,))
    texts, places = {}, {}
    for role, heading in measure.columns.items():
        if heading in table.header.columns:
            places[role] = table.at(at_row, heading)
            is_own = places[role][0] == row or role in ("unit", "better")
            text = table.text(at_row, heading) if is_own else ""
            if role in _NUMBERS:
                _warn_of_zero(table, at_row, heading)
            texts[role] = table.resolve_ditto(heading, text) if role in ("unit", "better") else text
    places.setdefault("target", (row, table.header.columns.get(measure.columns["target"], 0)))
    return texts, places


def _only_text(table: SheetTable, entry: Entry, heading: str, words: Container[str] = ()) -> str:
    """The text of a column that has one value an item; a second one in a lower row is a finding.

    A dash is nothing, unless it is one of the folded ``words`` that the column may hold.
    """
    if heading not in table.header.columns:
        return ""
    index = table.header.columns[heading]
    for row in entry.rows[1:]:
        if table.grid.begins(row, index) and (second := table.grid.cell(row, index)):
            message = f"一つの項目に{heading}が二つあります（{quoted(second)}）。一つにしてください"
            table.error("two_values", message, (row, index))
    text = table.text(entry, heading)
    if is_ditto(text):
        message = f"{heading}が{quoted(text)}です。値そのものを入力してください"
        table.error("ditto_value", message, table.at(entry, heading))
        return ""
    return "" if is_dash(text) and variant_folded(text) not in words else text


def _warn_of_zero(table: SheetTable, entry: Entry, heading: str) -> None:
    """Warn of a zero that the worksheet does not show, where it may be meant as the number that it is."""
    at = table.at(entry, heading) if heading in table.header.columns else None
    quirk = at and table.grid.quirk(at)
    if at and quirk and quirk.kind == ZERO:
        message = f"{heading}のセルに0がありますが、ゼロを表示しないシートなので、空として読みました。0という値なら、ゼロを表示する設定にしてください"
        table.warn("hidden_zero", message, at)


def _message(heading: str, problem: Problem) -> str:
    joint = "の値" if problem.problem.startswith("「") else "が"
    return f"{heading}{joint}{problem.problem}。{problem.remedy}"


def _value(table: SheetTable, at: Position, kind: str, name: str, role: str, text: str) -> Value:
    return Value("", kind, name, "", role, text, table.log.file, table.grid.name, table.grid.address(at))


def values_of(values: Sequence[Value], number: str) -> list[Value]:
    """The values of an entry with the number of its item filled in."""
    return [replace(value, number=number) for value in values]
