"""Groups of statuses, the words for them, which claim no more than the city's own, and the words that cities use for statuses."""

from __future__ import annotations

__all__ = [
    "DONE", "GROUPS", "NOT_STARTED", "OTHER", "STOCK_WORDS", "UNDER_WAY", "Bracket", "Group",
    "brackets_over", "by_progress", "group_of", "is_status_word", "stock_word", "with_brackets",
]  # fmt: skip

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from helpers.text.forms import variant_folded

DONE, UNDER_WAY, NOT_STARTED, OTHER = "done", "under_way", "not_started", "other"
# How far items are; a status of the group ``other`` may be counted and says nothing of progress.
GROUPS = (DONE, UNDER_WAY, NOT_STARTED)
STOCK_WORDS = {DONE: "計画どおり実施", UNDER_WAY: "着手済み", NOT_STARTED: "未着手"}

# Names of statuses that say what the stock words say. Any other word may mean less: 達成, 未達成, 廃止.
_SAY_AS_MUCH = {
    DONE: "実施 実施済 実施済み 完了 計画どおり 計画通り 計画どおり実施",
    UNDER_WAY: "一部実施 実施中 進行中 取組中 推進中 着手 着手済 着手済み 一部着手",
    NOT_STARTED: "未着手 未実施 検討中 準備中 検討 未着手・未実施",
}
_NO_ANSWER = variant_folded("-")


@dataclass(frozen=True)
class Bracket:
    """Neighbouring counted statuses that tables also show together, under one name with their sum."""

    name: str
    statuses: tuple[str, ...]

    @property
    def heading(self) -> str:
        """The heading of the column of sums, beside the columns of the statuses: '達成計'."""
        return f"{self.name}計"


def brackets_over(used: Collection[str], brackets: Iterable[Bracket]) -> tuple[Bracket, ...]:
    """The brackets over the statuses in use; one over a single status, which would be shown twice, is left out."""
    held = (
        replace(each, statuses=tuple(name for name in each.statuses if name in used)) for each in brackets
    )
    return tuple(bracket for bracket in held if len(bracket.statuses) > 1)


def with_brackets(names: Iterable[str], brackets: Iterable[Bracket]) -> tuple[str, ...]:
    """The names of statuses, and before the first of each bracket its name.

    >>> with_brackets("SAB", [Bracket("進展", ("S", "A"))])
    ('進展', 'S', 'A', 'B')
    """
    first = {bracket.statuses[0]: bracket.name for bracket in brackets}
    return tuple(name for status in names for name in (first.get(status), status) if name is not None)


def stock_word(group: str, names: Iterable[str]) -> str:
    """The report's own word for a group; empty where the names of its statuses do not say as much.

    A sign (◎, △, ×) has no words of its own; a dash is no sign but the lack of an answer.

    >>> stock_word("not_started", ["検討中", "未実施"]), stock_word("not_started", ["未達成"])
    ('未着手', '')
    """
    if group not in STOCK_WORDS:
        return ""
    says_so = set(map(variant_folded, _SAY_AS_MUCH[group].split()))
    forms = list(map(variant_folded, names))
    is_said = all(form in says_so or (_is_sign(form) and form != _NO_ANSWER) for form in forms)
    return STOCK_WORDS[group] if is_said else ""


def _is_sign(form: str) -> bool:
    return not any(char.isalnum() for char in form)


Group = tuple[str, bool]  # the group, and whether the status counts

# In the order of progress; words of one line stand beside each other.
_WORDS: tuple[tuple[Group, str], ...] = (
    ((DONE, True), "S SS ◎ 完了 実施完了 実施済み 実施済 目標達成 達成 達成済 済 済み 計画以上 前倒し"),
    (
        (DONE, True),
        "A ○ ● 実施 順調 計画どおり 計画通り 予定どおり 予定通り 計画どおり実施 実施（継続） 継続実施",
    ),
    ((UNDER_WAY, True), "おおむね順調 概ね順調 おおむね達成 概ね達成 一部実施 一部達成 一部完了 一部着手"),
    (
        (UNDER_WAY, True),
        "実施中 進行中 取組中 着手 着手済 着手済み 継続 継続中 準備中 B △ やや遅れ やや遅れている 遅れ 遅延",
    ),
    ((NOT_STARTED, True), "検討中 検討 調整中 C ▲ 未実施 未着手 未達成 未 D × 延期 休止 困難 見直し"),
    ((NOT_STARTED, False), "対象外 該当なし 計画事項なし 集計中 中止 廃止 終了 - ―"),
)
_GROUPS = {variant_folded(word): group for group, words in _WORDS for word in words.split()}
_PARTS: tuple[tuple[str, Group], ...] = (
    ("一部", (UNDER_WAY, True)),
    ("未", (NOT_STARTED, True)),
    ("検討", (NOT_STARTED, True)),
    ("対象外", (NOT_STARTED, False)),
    ("中止", (NOT_STARTED, False)),
    ("遅れ", (UNDER_WAY, True)),
    ("実施中", (UNDER_WAY, True)),
    ("済", (DONE, True)),
    ("完了", (DONE, True)),
    ("達成", (DONE, True)),
)
_UNKNOWN = len(_GROUPS)


def group_of(word: str) -> Group | None:
    """Say what a status word usually counts as; None where that cannot be guessed.

    >>> group_of("一部実施"), group_of("○"), group_of("その他")
    (('under_way', True), ('done', True), None)
    """
    form = variant_folded(word)
    return _GROUPS.get(form) or next((group for part, group in _PARTS if part in form), None)


def is_status_word(text: str) -> bool:
    """Whether a text is a word that cities use for a status."""
    return variant_folded(text) in _GROUPS


def by_progress(words: Iterable[str]) -> list[str]:
    """Sort status words from done to not counted, in the usual order; unknown words after those of their group."""
    groups = list(dict.fromkeys(group for group, _ in _WORDS))
    order = {form: number for number, form in enumerate(_GROUPS)}

    def key(word: str) -> tuple[int, int]:
        group = group_of(word)
        rank = groups.index(group) if group else len(groups) - 1.5
        return int(2 * rank), order.get(variant_folded(word), _UNKNOWN)

    return sorted(words, key=key)
