"""Read and check ``[wording]``, ``[groups]`` and ``[[brackets]]`` of plan.toml: what tables call things."""

from __future__ import annotations

__all__ = ["read_brackets", "read_wording"]

import re
from collections.abc import Iterable, Sequence

from helpers.fiscal_year import FiscalYear, Period
from helpers.plan.model import Status
from helpers.plan.reading.distinct import demand_distinct
from helpers.plan.reading.toml_section import Section, nearest_of
from helpers.plan.reserved_words import PLAN_LABEL, TAKEN, TOTAL_LABELS
from helpers.plan.words.groups import STOCK_WORDS, Bracket
from helpers.plan.words.report_words import (
    ITEM,
    ITEM_TITLE,
    LAST_YEAR,
    PLACEHOLDERS,
    YEAR,
    Wording,
    placeholders_of,
)
from helpers.text.forms import folded

_WORD = re.compile(r"[^\W\d_]{1,20}")
# Headings that stand beside those made of these words.
_BESIDE = {*TAKEN, *TOTAL_LABELS, PLAN_LABEL, "番号", "実施状況", "割合", "年数", "年度", "符号", "範囲"} - {
    "項目数"
}


def read_wording(root: Section, outline: Period, statuses: Iterable[Status]) -> Wording:
    """Read the words of a plan's reports; a word that is not set is that of the reference document.

    Raises:
        PlanFileError: a word that tables use in another sense, a label that does not tell the years apart, a group
            without a status.
    """
    section, groups = root.section("wording", optional=True), root.section("groups", optional=True)
    item = _word(section, "item", ITEM)
    wording = Wording(
        item=item,
        item_title=_word(section, "item_title", ITEM_TITLE if item == ITEM else item),
        year=section.text("year", YEAR),
        last_year=_word(section, "last_year", LAST_YEAR),
        groups=_groups(groups, statuses),
    )
    section.demand_nothing_else()
    if "year" in section.values:
        _check_label(section, wording, outline)
    return wording


def _word(section: Section, key: str, default: str) -> str:
    word = section.text(key, default)
    if not _WORD.fullmatch(word):
        problem = f"「{word}」は使えません"
        raise section.fail(
            key, problem, f'数字や記号のない20字までの言葉を書いてください（例: {key} = "{default}"）'
        )
    if {word, f"{word}数", f"{word}比"} & _BESIDE:
        problem = f"「{word}」は、報告書の表がほかの意味で使う語です"
        raise section.fail(key, problem, f'別の言葉にしてください（例: {key} = "{default}"）')
    return word


def read_brackets(root: Section, statuses: Sequence[Status]) -> tuple[Bracket, ...]:
    """Read the brackets of a plan.

    Raises:
        PlanFileError: fewer than two statuses, statuses that are no neighbours, not counted or in two brackets; a name
            that the tables use in another sense.
    """
    names = [status.name for status in statuses]
    brackets: list[Bracket] = []
    sections = root.sections("brackets", optional=True)
    for section in sections:
        bracket = Bracket(section.text("name"), section.texts("statuses"))
        section.demand_nothing_else()
        for name in bracket.statuses:
            if name not in names:
                near = nearest_of(name, names)[0]
                raise section.fail("statuses", f"「{name}」は区分にありません", f"近い名前: {near}")
            if any(name in other.statuses for other in brackets):
                raise section.fail(
                    "statuses", f"「{name}」はほかの括りにもあります", "一つの括りに入れてください"
                )
            if not statuses[names.index(name)].counted:
                problem = f"「{name}」は割合の分母に入らない区分です"
                raise section.fail("statuses", problem, "counted = false でない区分だけを括ってください")
        first = names.index(bracket.statuses[0])
        if (
            len(bracket.statuses) < 2
            or list(bracket.statuses) != names[first : first + len(bracket.statuses)]
        ):
            problem = (
                f"「{'、'.join(bracket.statuses)}」は、statuses の順に並んだ二つ以上の区分ではありません"
            )
            raise section.fail("statuses", problem, f"この順で続く区分を書いてください: {'、'.join(names)}")
        for text in (bracket.name, bracket.heading):
            if folded(text) in map(folded, (*_BESIDE, *TAKEN)):
                raise section.fail(
                    "name", f"「{text}」は、報告書の表がほかの意味で使う語です", "別の名前にしてください"
                )
        brackets.append(bracket)
    headings = [
        (section, "name", bracket.heading) for section, bracket in zip(sections, brackets, strict=True)
    ]
    places = [
        *((Section(root.file, f"statuses[{n}]", {}), "name", name) for n, name in enumerate(names, start=1)),
        *((section, "name", bracket.name) for section, bracket in zip(sections, brackets, strict=True)),
        *headings,
    ]
    demand_distinct(places)
    return tuple(brackets)


def _groups(section: Section, statuses: Iterable[Status]) -> dict[str, str]:
    counted = {status.group for status in statuses if status.counted}
    words: dict[str, str] = {}
    for group, stock in STOCK_WORDS.items():
        if word := section.text(group, ""):
            if group not in counted:
                problem = f'group = "{group}" で割合の分母に入る区分がありません'
                raise section.fail(group, problem, "この行を消すか、区分の group を直してください")
            if any(char.isdigit() for char in folded(word)):
                example = f'数字のない言葉を書いてください（例: {group} = "{stock}"）'
                raise section.fail(group, f"「{word}」は、項目の数と見分けられません", example)
            words[group] = word
    section.demand_nothing_else()
    return words


def _check_label(section: Section, wording: Wording, outline: Period) -> None:
    """Refuse a pattern that is misspelt, or whose labels are not one a year."""
    listed = "、".join(f"{{{name}}}（{meaning}）" for name, meaning in PLACEHOLDERS.items())
    try:
        names = placeholders_of(wording.year)
    except ValueError:
        raise section.fail(
            "year", f"「{wording.year}」の {{ と }} が対になっていません", f"使える名前: {listed}"
        ) from None
    for name in names:
        if name not in PLACEHOLDERS:
            near = nearest_of(name, PLACEHOLDERS)[0]
            raise section.fail(
                "year", f"「{{{name}}}」という名前はありません", f"近い名前: {{{near}}}。使える名前: {listed}"
            )
    if not names:
        raise section.fail(
            "year", f"「{wording.year}」では、どの年度か分かりません", f"次のどれかを入れてください: {listed}"
        )
    years = [*outline.years, *_around(outline)]
    for year in outline.years:
        label = folded(wording.label(year))
        for other in years:
            if other != year and (str(other) in label or folded(wording.label(other)) == label):
                problem = f"「{wording.year}」は{year}を「{label}」とし、{other}と読めます"
                raise section.fail("year", problem, '年度を表す名前を使ってください（例: year = "{year}末"）')


def _around(outline: Period) -> Iterable[FiscalYear]:
    """The years before and after, which a label one year off would name."""
    westerns = (int(outline.first) - 1, int(outline.last) + 1)
    return [FiscalYear(western) for western in westerns if 1926 <= western <= 2099]
