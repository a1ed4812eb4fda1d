"""Read single cells: item numbers, statuses, policies, counts, fiscal years, however they are written."""

from __future__ import annotations

__all__ = [
    "DASHES", "DITTO", "REPEATED_MARK", "Vocabulary", "count_of", "difference", "is_dash", "is_date",
    "is_ditto", "is_roman", "looks_like_number", "near_hint", "nearest", "number_form", "stripped_name",
]  # fmt: skip

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property

from helpers.fiscal_year import FiscalYear
from helpers.plan import Item, Plan, Policy
from helpers.sheets.rows.policy_names import PolicyNames, roman_number, unique
from helpers.sheets.rows.written_statuses import LONGEST, NOTE_NUMBER, WrittenStatuses
from helpers.text.amounts import has_plain_digits
from helpers.text.forms import cleaned, code_point, folded, look_folded, quoted, variant_folded

DITTO = frozenset(map(folded, ("〃", "々", "同上", '"', "”", "″", "''", "仝")))
DASHES = frozenset({"-", "--"})
REPEATED_MARK = re.compile(r"[(\[【〔<]?再掲[)\]】〕>]?")

_NUMBER_DECORATION = re.compile(
    r"(?:no\.?|#|推進項目|取組項目|項目|番号|第)?[(<\[]?([^()<>\[\]]+?)[)>\]]?(?:番|号|\.|:|、)?"
)
_NUMBER_LIKE = re.compile(r"(?:no\.?|#|項目|番号|第)?[(<]?[0-9a-z]+(?:[-.][0-9a-z]+)*[)>]?(?:番|号|\.)?")
# At most nine digits: no count has more, and Python refuses to convert thousands of them.
_COUNT = re.compile(r"(\d{1,3}(?:,\d{3}){1,2}|\d{1,9})(?:\.0+)?(?:項目|件|個)?")
_BEGINNINGS, _ENDS = frozenset("※★☆◎●■◆*【[("), frozenset("】])")
_NEW = "新規?|重点?|拡充|継続|見直し|主要|最重点|完了|終了|変更"
_ABOUT_ITEM = rf"^(?:[※★☆◎●■◆*]|[【\[(](?:{_NEW})[】\])])+|(?:[【\[(](?:{_NEW})[】\])])+$"
_DATE = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月(?:\d{1,2}日)?")
_LONGEST_NUMBER = 60
_ROMAN_NUMERAL = re.compile("[\u2160-\u216b\u2170-\u217b]+")


def is_roman(text: str) -> bool:
    """Whether a text is a Roman numeral such as Ⅰ; policies have them more often than items."""
    return _ROMAN_NUMERAL.fullmatch(text) is not None


def is_ditto(text: str) -> bool:
    """Whether a cell says 'as above': 〃, 同上."""
    return folded(text) in DITTO


def is_dash(text: str) -> bool:
    """Whether a cell holds nothing but a dash."""
    return variant_folded(text) in DASHES


def is_date(text: str) -> bool:
    """Whether Excel seems to have turned a code such as 1-2-1 into a date."""
    return _DATE.fullmatch(folded(text)) is not None


def looks_like_number(text: str) -> bool:
    """Whether a text may be meant as an item's number: '61', 'No.61', '1-2-9', 'A-1', a date that was such a code."""
    if len(text) > _LONGEST_NUMBER:
        return False
    is_number = _NUMBER_LIKE.fullmatch(number_form(text)) is not None
    return is_number or is_date(text) or text in DITTO or is_dash(text)


def count_of(text: str) -> int | None:
    """A number of items: '２７', '27件', '1,234', '27.0' => 27; None where the text is no count."""
    match = _COUNT.fullmatch(folded(text))
    return int(match[1].replace(",", "")) if match and has_plain_digits(text) else None


def nearest(text: str, candidates: Iterable[str]) -> str | None:
    """The candidate that is most like a text; None where nothing is alike."""
    # Only the beginning of a long text is compared: comparing all of it would take minutes.
    wanted = look_folded(text[:LONGEST])
    if not wanted:
        return None

    def likeness(candidate: str) -> float:
        """The likeness of two texts, compared in order and in any order: 実施（一部） is nearer to 一部実施 than to 実施."""
        other = look_folded(candidate)
        shared = (Counter(wanted) & Counter(other)).total() / (len(wanted) + len(other))
        return SequenceMatcher(None, wanted, other, autojunk=False).ratio() + 2 * shared

    best = max(candidates, key=likeness, default=None)
    return best if best is not None and likeness(best) > 0 else None


def near_hint(text: str, candidates: Iterable[str]) -> str:
    """The part of a finding that names the nearest candidate; "" where nothing is alike."""
    near = nearest(text, candidates)
    return f"。近い値: {near}" if near else ""


def difference(text: str, wanted: str) -> str:
    """Explain how two texts that look alike differ: '「ー」（U+30FC）は「一」（U+4E00）の誤り'."""
    ours, theirs = folded(text), folded(wanted)
    if len(ours) == len(theirs):
        for pair in zip(ours, theirs, strict=True):
            if variant_folded(pair[0]) != variant_folded(pair[1]):
                return "と".join(f"{quoted(char)}（{code_point(char)}）" for char in pair) + "が違います"
    return "文字の種類が違います"


def stripped_name(text: str) -> str:
    """A name without the marks that sheets add to it: （再掲）, 【新規】, ★, ※1, line breaks."""
    without_marks = REPEATED_MARK.sub("", unicodedata.normalize("NFKC", cleaned(text)))
    name = folded(without_marks)
    if name[:1] in _BEGINNINGS or name[-1:] in _ENDS:
        name = re.sub(_ABOUT_ITEM, "", name)
    return NOTE_NUMBER.sub("", name)


@dataclass(frozen=True)
class Vocabulary:
    """The words that cells of one plan and year may hold."""

    plan: Plan
    year: FiscalYear

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items alive in the year."""
        return self.plan.items_in(self.year)

    @cached_property
    def written(self) -> WrittenStatuses:
        """The statuses by the ways in which cells write them."""
        return WrittenStatuses(self.plan.statuses)

    def status(self, text: str) -> str | None:
        """The status that a cell names or marks; None where no status is meant without doubt."""
        return self.written.status(text)

    def status_that_looks_like(self, text: str) -> str | None:
        """The status that a cell seems to name, written in look-alike characters."""
        form = look_folded(text[:LONGEST])
        return next((name for name in self.plan.status_names if look_folded(name) == form), None)

    @property
    def choices(self) -> str:
        """The statuses to choose from, for a finding: '実施／一部実施／検討中／未実施'."""
        return "／".join(self.plan.status_names)

    def not_a_status(self, text: str) -> tuple[str, str]:
        """The code and message of a finding about a text that is no status: which is the nearest, or which are listed."""
        if (listing := self.written.listing(text)) is None:
            hint = near_hint(text, self.plan.status_names)
            message = f"実施状況{quoted(text)}は区分にありません（{self.choices}）{hint}。区分から選び直してください"
            return "unknown_status", message
        if len(listing.marked) > 1:
            names = "、".join(listing.marked)
            message = f"実施状況{quoted(text)}では{len(listing.marked)}つの区分（{names}）に印があります。当たる区分一つだけに印を付けてください"
        elif len(listing.listed) == 1:
            message = f"実施状況{quoted(text)}には印がありません。{self.choices}から選んで入力してください"
        else:
            message = (
                f"実施状況の欄に区分が並んでいて（{'、'.join(listing.listed)}）、どれに当たるか分かりません。"
                "図形の丸などは読めないため、当たる区分だけを残すか、その区分の前に■と入力してください"
            )
        return "listed_statuses", message

    @cached_property
    def _numbers_alive(self) -> dict[str, Item]:
        return {number_form(item.number): item for item in self.items}

    @cached_property
    def _numbers(self) -> dict[str, Item]:
        return {number_form(item.number): item for item in reversed(self.plan.items)}

    @cached_property
    def item(self) -> Callable[[str], Item | None]:
        """The item alive in the year that a number names: '７', 'No.7', '007', '7.0', '①', 'Ⅶ', '１－２－１'.

        Its name may follow the number: '7 窓口の案内', '（7）窓口の案内'.
        """
        return cache(self._item)

    def _item(self, text: str) -> Item | None:
        arabic = _ROMAN_NUMERAL.sub(lambda numeral: str(roman_number(folded(numeral[0]))), text)
        numbers = self._numbers_alive
        return _item_of(text, numbers) or _item_of(arabic, numbers) or _item_with_name(text, numbers)

    def item_of_any_year(self, text: str) -> Item | None:
        """The item of any year that a number names, or a number and its name."""
        return _item_of(text, self._numbers) or _item_with_name(text, self._numbers)

    def item_numbered(self, text: str) -> Item | None:
        """The item alive in the year whose number a text with another name begins with."""
        number = re.match(
            r"[(（]?[0-9０-９A-Za-z]+(?:[-－.][0-9０-９A-Za-z]+)*[)）]?(?=[.．、:：・\s]*[^\W\d]{2})", text
        )
        return _item_of(number[0], self._numbers_alive) if number and len(number[0]) < len(text) else None

    def item_named(self, text: str) -> Item | None:
        """The item alive in the year with this name, apart from spacing, width and variant characters."""
        return self._names.get(variant_folded(stripped_name(text)))

    @cached_property
    def _names(self) -> dict[str, Item]:
        return unique((variant_folded(stripped_name(item.name)), item) for item in self.items)

    def policy(self, text: str) -> Policy | None:
        """The policy that a cell or heading names; a name of another year will do where none of this year is meant."""
        return self.policies.of_the_year(text) or self.policies.of_any_year(text)

    @cached_property
    def policies(self) -> PolicyNames:
        """The names of the policies, those under which an item is listed again included."""
        listed_again = (policy for item in self.items for policy in item.also_in)
        return PolicyNames(tuple(dict.fromkeys((*self.plan.policies, *listed_again))))


def number_form(text: str) -> str:
    """An item number to compare by: folded, dashes unified."""
    return variant_folded(text)


def _item_of(text: str, items: Mapping[str, Item]) -> Item | None:
    if len(text) > _LONGEST_NUMBER:
        return None
    form = number_form(text)
    plain = _NUMBER_DECORATION.fullmatch(form)
    bare = plain[1] if plain else form
    whole = re.sub(r"^(\d+)\.0+$", r"\1", bare)
    without_zeros = re.sub(r"(?<!\d)0+(?=\d)", "", whole)
    return next((items[way] for way in (form, bare, whole, without_zeros) if way in items), None)


def _item_with_name(text: str, items: Mapping[str, Item]) -> Item | None:
    """The item whose number and name a text is; None where they are those of two items."""
    if len(text) > LONGEST:
        return None
    form = variant_folded(stripped_name(text))
    for item in items.values():
        number = form.removesuffix(variant_folded(stripped_name(item.name)))
        if 0 < len(number) < len(form) and _item_of(number.rstrip(":.、・,"), items) is item:
            return item
    return None
