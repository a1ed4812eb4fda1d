"""Read and check ``[[fields]]``, ``[[measures]]``, ``[[effects]]``, ``[[judgements]]`` and ``[cards]`` of plan.toml."""

from __future__ import annotations

__all__ = ["read_declared", "with_declared"]

from collections.abc import Mapping, Sequence
from dataclasses import replace

from helpers.plan.declared.kinds import (
    EFFECT,
    EFFECT_ROLES,
    FIELD,
    JUDGEMENT,
    MEASURE,
    MONEY,
    VOTE,
    Declared,
    Effect,
    FurtherText,
    Judgement,
)
from helpers.plan.model import COLUMN_ALIASES, Status
from helpers.plan.reading.declared.measures_file import columns_of, demand_status, read_measures
from helpers.plan.reading.distinct import Name, demand_distinct, demand_own_word, is_alike
from helpers.plan.reading.toml_section import Section
from helpers.text.forms import LONGEST_CELL, variant_folded

_LONGEST_HEADING = 60
# Headings of the tables in which the words of a judgement stand.
_OF_THE_TABLES = ("実施状況", "判定なし")


def read_declared(root: Section, statuses: Sequence[Status]) -> Declared:
    """Read what a plan declares; all of it may be left out.

    Raises:
        PlanFileError: a setting of the wrong type or value, two names or headings that look alike.
    """
    cards = root.section("cards", optional=True)
    declared = Declared(
        texts=tuple(map(_text, root.sections("fields", optional=True))),
        measures=read_measures(root, statuses),
        effects=tuple(map(_effect, root.sections("effects", optional=True))),
        judgements=tuple(
            _judgement(section, statuses) for section in root.sections("judgements", optional=True)
        ),
        shows_cards=cards.value("show", bool, "true か false", False),
    )
    cards.demand_nothing_else()
    declared = replace(declared, effects_total=_total(root, declared.effects))
    _demand_apart(root, declared)
    return declared


def with_declared(aliases: Mapping[str, tuple[str, ...]], declared: Declared) -> dict[str, tuple[str, ...]]:
    """The names of the sheets' columns with those that are declared, which go before built-in names of other columns."""
    own = {
        variant_folded(name): column.heading
        for column in declared.columns
        for name in (column.heading, *column.aliases)
    }
    kept = {
        column: tuple(name for name in names if variant_folded(name) not in own)
        for column, names in aliases.items()
    }
    return kept | {column.heading: (column.heading, *column.aliases) for column in declared.columns}


def _text(section: Section) -> FurtherText:
    longest = section.value("longest", int, "整数", FurtherText.longest)
    if not 1 <= longest <= LONGEST_CELL:
        raise section.fail(
            "longest", f"「{longest}」字は使えません", f"1から{LONGEST_CELL}までにしてください"
        )
    is_required = section.value("required", bool, "true か false", False)
    text = FurtherText(section.text("name"), section.texts("aliases", ()), is_required, longest)
    section.demand_nothing_else()
    return text


def _effect(section: Section) -> Effect:
    columns = columns_of(section, EFFECT_ROLES, EFFECT_ROLES)
    unit = section.choice("unit", MONEY)
    printed_unit = section.choice("printed_unit", MONEY, unit)
    decimals = section.value("decimals", int, "整数", -1)
    if "decimals" in section.values and not 0 <= decimals <= 6:
        raise section.fail("decimals", f"「{decimals}」桁は使えません", "0から6までにしてください")
    if printed_unit != unit and decimals < 0:
        problem = f"{unit}を{printed_unit}で表すときの小数の桁数が決まりません"
        raise section.fail("decimals", problem, "decimals = 1 のように書いてください")
    effect = Effect(section.text("name"), columns, unit, printed_unit, None if decimals < 0 else decimals)
    section.demand_nothing_else()
    return effect


def _total(root: Section, effects: Sequence[Effect]) -> Effect | None:
    """Read what the effects sum to is called; only amounts of one unit that are printed alike can be added."""
    section = root.section("effects_total", optional=True)
    if not section.values:
        return None
    name = section.text("name")
    section.demand_nothing_else()
    alike = {(effect.unit, effect.printed_unit, effect.decimals) for effect in effects}
    if len(effects) < 2 or len(alike) > 1:
        problem = "合計する効果が二つ以上ないか、単位と桁数（unit、printed_unit、decimals）がそろっていません"
        raise section.fail("", problem, "[[effects]] をそろえるか、この表を消してください")
    return replace(effects[0], name=name, columns={}, parts=tuple(effect.name for effect in effects))


def _judgement(section: Section, statuses: Sequence[Status]) -> Judgement:
    name, column, votes = section.text("name"), section.text("column", ""), section.texts("votes", ())
    words = section.texts("statuses", ())
    if bool(column) != bool(words) or not (words or votes):
        key = "statuses" if column or not words else "column"
        remedy = (
            "column（列の見出し）と statuses（区分の語）を両方書くか、votes（票を数える列）を書いてください"
        )
        raise section.fail(key, "値がありません", remedy)
    demand_distinct(
        (Section(section.file, section.location, {}), f"statuses[{number}]", word)
        for number, word in enumerate(words, start=1)
    )
    for word in words:
        demand_own_word(section, "statuses", word, _OF_THE_TABLES)
    mapping = section.section("map", optional=True)
    known = [status.name for status in statuses]
    same_as = {word: mapping.text(word) for word in mapping.values}
    for word, status in same_as.items():
        if word not in words:
            raise mapping.fail(
                word, f"「{word}」は statuses にありません（{'／'.join(words)}）", "語を合わせてください"
            )
        demand_status(mapping, word, status, known)
    section.demand_nothing_else()
    if not same_as and set(words) <= set(known):
        same_as = {word: word for word in words}
    return Judgement(name, column, words, same_as, votes)


def _demand_apart(root: Section, declared: Declared) -> None:
    """Refuse headings that name two columns, and declarations of one kind with the same name."""
    tables = {
        MEASURE: ("measures", [measure.name for measure in declared.measures]),
        EFFECT: ("effects", [effect.name for effect in declared.summed_effects]),
        JUDGEMENT: ("judgements", [judgement.name for judgement in declared.judgements]),
    }
    for table, names in tables.values():
        demand_distinct(
            (Section(root.file, f"{table}[{number}]", {}), "name", name)
            for number, name in enumerate(names, start=1)
        )
    _demand_one_spelling(root, declared.judgements)
    tables |= {FIELD: ("fields", [text.name for text in declared.texts]), VOTE: tables[JUDGEMENT]}
    headings: list[Name] = []
    for column in declared.columns:
        table, names = tables[column.kind]
        section = Section(root.file, f"{table}[{names.index(column.name) + 1}]", {})
        key = {FIELD: "name", JUDGEMENT: "column", VOTE: "votes"}.get(column.kind, f"columns.{column.role}")
        headings += [(section, key, column.heading), *((section, "aliases", name) for name in column.aliases)]
    demand_distinct(headings, [variant_folded])
    for section, key, heading in headings:
        if variant_folded(heading) in map(variant_folded, COLUMN_ALIASES):
            raise section.fail(
                key, f"列見出し「{heading}」は、ほかの列の名前です", "別の見出しにしてください"
            )
        if len(heading) > _LONGEST_HEADING:
            problem = f"列見出し「{heading[:20]}…」が長すぎます（{_LONGEST_HEADING}字まで）"
            raise section.fail(key, problem, "短い見出しにしてください")


def _demand_one_spelling(root: Section, judgements: Sequence[Judgement]) -> None:
    """Refuse a word of one judgement that looks like another word of another one: they head columns of one table."""
    known: dict[str, str] = {}
    for number, judgement in enumerate(judgements, start=1):
        section = Section(root.file, f"judgements[{number}]", {})
        for word in judgement.words:
            twin = next((other for other in known if other != word and is_alike(word, other)), None)
            if twin is not None:
                problem = f"「{word}」が {known[twin]} の「{twin}」と見分けられません"
                raise section.fail("statuses", problem, "同じ文字で書くか、区別できる語にしてください")
        known |= {word: section.where("statuses") for word in judgement.words}
