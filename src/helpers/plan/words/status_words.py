"""Words that cities use for statuses, and what each usually counts as; only to draft the settings of a new plan."""

from __future__ import annotations

__all__ = ["Group", "by_progress", "group_of", "is_status_word"]

from collections.abc import Iterable

from helpers.plan.words.groups import DONE, NOT_STARTED, UNDER_WAY
from helpers.text.forms import variant_folded

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
