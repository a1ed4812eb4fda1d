"""The kinds of a plan's declarations beyond statuses: further texts, measures with targets, effects in money, judgements, cards."""

from __future__ import annotations

__all__ = [
    "CHECK", "EFFECT", "EFFECT_ROLES", "FIELD", "JUDGEMENT", "LESS", "MEASURE", "MEASURE_ROLES", "MONEY",
    "MORE", "PROGRESS", "RATIO", "SET", "VOTE", "Declared", "DeclaredColumn", "Effect", "FurtherText",
    "Grade", "Judgement", "Measure", "Value",
]  # fmt: skip

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

# The kinds of declarations; each value of a sheet is of one.
FIELD, MEASURE, EFFECT, JUDGEMENT, VOTE = "field", "measure", "effect", "judgement", "vote"
MEASURE_ROLES = ("indicator", "unit", "better", "baseline", "target", "actual")
EFFECT_ROLES = ("planned", "actual")
RATIO, PROGRESS = "ratio", "progress"
MORE, LESS = "more", "less"
CHECK, SET = "check", "set"
# How many thousand yen an amount in each unit of money is.
MONEY = {
    "円": Decimal("0.001"),
    "千円": Decimal(1),
    "万円": Decimal(10),
    "百万円": Decimal(1000),
    "億円": Decimal(100_000),
}


@dataclass(frozen=True)
class FurtherText:
    """A text of the sheet that stands on an item's card: 評価の理由."""

    name: str
    aliases: tuple[str, ...] = ()
    is_required: bool = False
    longest: int = 2_000


@dataclass(frozen=True)
class Grade:
    """A grade of a measure: from so many percent, or (None) for every rate below the others.

    ``status``: the status that goes with it, empty where statuses do not follow the grades.
    """

    name: str
    least_pct: Decimal | None
    status: str = ""


@dataclass(frozen=True)
class Measure:
    """Indicators of items with a target and an actual a year.

    Attributes:
        columns: role (``MEASURE_ROLES``) → heading in the sheet; empty where the values stand in measures.csv.
        unit, better: of every indicator, where no column says them.
        rate: RATIO (actual of target, or target of actual where less is better) or PROGRESS (from the baseline to the target).
        grades: highest first.
        rows: how many indicators of an item the sheets that go out have room for, at least.
        status: whether the grades CHECK the item's status or SET it where the sheet leaves it empty; "" for neither.
    """

    name: str
    columns: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    better: str = ""
    rate: str = RATIO
    grades: tuple[Grade, ...] = ()
    status: str = ""
    rows: int = 1

    def grade_of(self, rate_pct: Decimal | None) -> Grade | None:
        """The grade of a rate as printed; None where there is no rate, or no grade for it."""
        if rate_pct is None:
            return None
        return next((g for g in self.grades if g.least_pct is None or rate_pct >= g.least_pct), None)

    def fraction_of(
        self, baseline: Decimal | None, target: Decimal, actual: Decimal, *, is_less_better: bool
    ) -> tuple[Decimal, Decimal] | None:
        """Part and whole of the achievement rate; None where there is none: a zero or negative whole, no baseline."""
        if self.rate == PROGRESS:
            if baseline is None or baseline == target:
                return None
            way = 1 if target > baseline else -1
            return way * (actual - baseline), way * (target - baseline)
        part, whole = (target, actual) if is_less_better else (actual, target)
        return (part, whole) if whole > 0 and part >= 0 and target > 0 else None


@dataclass(frozen=True)
class Effect:
    """A planned and an actual effect in money a year.

    ``unit``: of the sheet's amounts; ``printed_unit`` and ``decimals``: as the report prints them (None: as typed).
    ``parts``: the effects that it adds up, in a total, which has no columns.
    """

    name: str
    columns: Mapping[str, str]
    unit: str
    printed_unit: str
    decimals: int | None = None
    parts: tuple[str, ...] = ()

    @property
    def factor(self) -> Decimal:
        """The factor from an amount of the sheet to the printed one."""
        return MONEY[self.unit] / MONEY[self.printed_unit]


@dataclass(frozen=True)
class Judgement:
    """A judgement beside the status, with words of its own, highest first; and votes of a committee as counts.

    ``same_as``: its word → the status that means the same; empty where the two cannot be ranked against each other.
    """

    name: str
    column: str = ""
    words: tuple[str, ...] = ()
    same_as: Mapping[str, str] = field(default_factory=dict)
    votes: tuple[str, ...] = ()


@dataclass(frozen=True)
class DeclaredColumn:
    """A column of the sheets for a declaration: its heading, the declaration, and the role of its values."""

    heading: str
    kind: str
    name: str
    role: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Declared:
    """All that one plan declares."""

    texts: tuple[FurtherText, ...] = ()
    measures: tuple[Measure, ...] = ()
    effects: tuple[Effect, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    shows_cards: bool = False
    effects_total: Effect | None = None

    @property
    def summed_effects(self) -> tuple[Effect, ...]:
        """The effects that tables of sums show: those of the sheets, and their total where the plan has one."""
        return self.effects if self.effects_total is None else (*self.effects, self.effects_total)

    @property
    def columns(self) -> tuple[DeclaredColumn, ...]:
        """Every declared column of the sheets, in the order in which they are declared."""
        return tuple(self._columns())

    def _columns(self) -> Iterator[DeclaredColumn]:
        for text in self.texts:
            yield DeclaredColumn(text.name, FIELD, text.name, "text", text.aliases)
        for measure in self.measures:
            for role, heading in measure.columns.items():
                yield DeclaredColumn(heading, MEASURE, measure.name, role)
        for effect in self.effects:
            for role, heading in effect.columns.items():
                yield DeclaredColumn(heading, EFFECT, effect.name, role)
        for judgement in self.judgements:
            if judgement.column:
                yield DeclaredColumn(judgement.column, JUDGEMENT, judgement.name, "word")
            for vote in judgement.votes:
                yield DeclaredColumn(vote, VOTE, judgement.name, vote)

    def measure(self, name: str) -> Measure:
        """The measure of a name."""
        return next(measure for measure in self.measures if measure.name == name)

    def __bool__(self) -> bool:
        """Whether the sheets hold anything declared."""
        return bool(self.texts or self.measures or self.effects or self.judgements)


@dataclass(frozen=True)
class Value:
    """One declared value of an item in a year, and the cell that it was read from.

    Attributes:
        number: the item's number in that year.
        kind, name, role: as in ``DeclaredColumn``; the role ``target_before`` is the target before it was changed.
        part: the indicator, in a measure.
        text: an amount as ``amounts.plain`` writes it, a word of the vocabulary, MORE or LESS, or the text as typed.
    """

    number: str
    kind: str
    name: str
    part: str
    role: str
    text: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
