"""Take the names of a city, a plan and its policies out of titles, headings and cells."""

from __future__ import annotations

__all__ = ["Policies", "municipality_in", "one_line", "period_in", "plan_in", "without_year"]

import re
import unicodedata
from collections.abc import Iterable

from helpers.errors import FiscalYearError
from helpers.fiscal_year import FiscalYear, Period
from helpers.plan.draft import DraftPolicy
from helpers.sheets.rows.policy_names import roman_number
from helpers.text.forms import folded, natural_key, variant_folded

_MUNICIPALITY = re.compile(r"^\s*(?:第\S{1,4}次)?([^\W\d_]{1,7}?[市区町村])(?!民|区|町|村|長|場|政|立|内)")
_PLAN = re.compile(
    r"\S*(?:計画|大綱|プラン|プログラム|戦略|方針)(?:【[^】]{1,10}】|（(?:前|中|後)期[^）]{0,6}）)?"
)
_YEAR_IN_TITLE = re.compile(r"(?:令和|平成|昭和|[RHS])?\s*(?:\d{1,4}|元)\s*年度")
_YEAR = r"((?:令和|平成|昭和|[RHS])?(?:\d{1,4}|元))(?:年度?)?"
_PERIOD = re.compile(rf"{_YEAR}(?:~|〜|-|から){_YEAR}")
_POLICY = re.compile(
    r"^(?:基本方針|基本目標|重点目標|施策の柱|改革の柱|方針|目標|柱|分野)?\s*[(（【]?"
    r"([Ⅰ-Ⅻⅰ-ⅻ]+|[0-9０-９]{1,2}(?:[-－][0-9０-９]{1,2})?|[A-ZＡ-Ｚ](?![A-Za-zＡ-Ｚａ-ｚ])|[①-⑳]|[ア-オ](?=[\s.．、:：)）]))"
    r"[)）】]?[\s.．、,:：・]*(.*)$"
)
_COUNT_AT_END = re.compile(r"[(（][^()（）]*(?:項目|件)[)）]\s*$")


def without_year(heading: str) -> str:
    """A heading as it will stand in the sheets of other years: '令和5年度の主な実績' => '主な実績'."""
    return re.sub(rf"[(（]?{_YEAR_IN_TITLE.pattern}[)）]?(?:末の?|の)?", "", heading).strip() or heading


def municipality_in(titles: Iterable[str]) -> str:
    """The city that a title begins with; "" where there is none."""
    return next((match[1] for title in titles if (match := _MUNICIPALITY.match(title))), "")


def plan_in(titles: Iterable[str]) -> str:
    """The name of a plan in a title, without a year: '第二次山口市行政改革大綱推進計画'; "" where there is none."""
    for title in titles:
        without_year = _YEAR_IN_TITLE.sub(" ", title)
        names = [match[0] for match in _PLAN.finditer(without_year) if len(match[0]) > 4]
        if names:
            return max(names, key=len)
    return ""


def period_in(titles: Iterable[str]) -> Period | None:
    """The years from and to which a title says that the plan goes: '（令和3年度～令和7年度）'."""
    for title in titles:
        match = _PERIOD.search(folded(title).replace("～", "~"))
        if match is None:
            continue
        first, last = match.groups()
        era = re.match(r"令和|平成|昭和|[RHS]", first)
        try:
            # 令和3〜7年度: the era is said once.
            end = last if not last.isdecimal() or len(last) == 4 or not era else f"{era[0]}{last}"
            period = Period(FiscalYear.parse(first), FiscalYear.parse(end))
        except FiscalYearError:
            continue
        if period.first < period.last:
            return period
    return None


class Policies:
    """The policies of a sheet in order of appearance, recognized in every way of writing them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts: dict[str, str] = {}
        for text in texts:
            self._texts.setdefault(_form(text), one_line(_COUNT_AT_END.sub("", text)))
        parts = [_POLICY.match(text) for text in self._texts.values()]
        numerals = [unicodedata.normalize("NFC", match[1]) if match else "" for match in parts]
        named = [match[2].strip() if match else "" for match in parts]
        forms = [variant_folded(numeral) for numeral in numerals]
        is_numbered = all(numerals) and len(set(forms)) == len(forms)
        self.all = tuple(
            DraftPolicy(numeral, name) if is_numbered else DraftPolicy(str(number), text, text)
            for number, (numeral, name, text) in enumerate(
                zip(numerals, named, self._texts.values(), strict=True), start=1
            )
        )

    @property
    def by_number(self) -> tuple[DraftPolicy, ...]:
        """The policies in the order of their numerals: Ⅰ, Ⅱ; 1, 2; A, B."""
        return tuple(sorted(self.all, key=lambda policy: _order(policy.numeral)))

    @property
    def first(self) -> str:
        """The numeral of the first policy; "" where there is none."""
        return self.all[0].numeral if self.all else ""

    def numeral(self, text: str) -> str:
        """The numeral of the policy that a text names."""
        return self.all[list(self._texts).index(_form(text))].numeral


def _order(numeral: str) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    return roman_number(folded(numeral)), natural_key(folded(numeral))


def _form(text: str) -> str:
    return variant_folded(_COUNT_AT_END.sub("", text))


def one_line(text: str) -> str:
    """A text without its line breaks, which may stand within Japanese words."""
    return "".join(line.strip() for line in text.splitlines())
