"""The policies that cells and headings name, by their names of the year or of other years, however they are written."""

from __future__ import annotations

__all__ = ["PolicyNames", "roman_number", "unique"]

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeVar

from helpers.plan import Policy
from helpers.plan.plan_parts import policy_called
from helpers.text.forms import folded, variant_folded

_T = TypeVar("_T")

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(frozen=True)
class PolicyNames:
    """The ways to write some policies, which are called as in the year of the sheet."""

    policies: tuple[Policy, ...]

    @cached_property
    def of_the_year(self) -> Callable[[str], Policy | None]:
        """The policy that a text names as it is called in the year: 'Ⅰ', '基本方針1', 'Ⅰ．協働・官民連携の推進（11項目）'."""
        return cache(self._read_of_the_year)

    def _read_of_the_year(self, text: str) -> Policy | None:
        for written in _with_and_without_note(text):
            policy = policy_called(written, self.policies) or self._of_the_year.get(_form(written))
            if policy is not None:
                return policy
        return None

    def of_any_year(self, text: str) -> Policy | None:
        """The policy that a text names as it is called in some year."""
        policies = (self._of_any_year.get(_form(written)) for written in _with_and_without_note(text))
        return next(filter(None, policies), None)

    @cached_property
    def _of_the_year(self) -> Mapping[str, Policy]:
        return unique((form, policy) for policy in self.policies for form in _forms_of(policy))

    @cached_property
    def _of_any_year(self) -> Mapping[str, Policy]:
        return unique(
            (form, policy)
            for policy in self.policies
            for called in policy.ever_called
            for form in _forms_of(called)
        )


def _with_and_without_note(text: str) -> tuple[str, str]:
    return text, re.sub(r"[(（][^()（）]*[)）]\s*$", "", text)


def _forms_of(policy: Policy) -> Iterator[str]:
    written = {policy.numeral, policy.name, policy.label, policy.heading, policy.numeral + policy.name}
    number = roman_number(folded(policy.numeral))
    written |= {str(number), f"{number}{policy.name}"} if number else set()
    return filter(None, {_form(text) for text in written})


def _form(text: str) -> str:
    form = re.sub(r"^(?:基本方針|方針|柱)", "", variant_folded(text))
    return re.sub(r"^[(]?([0-9a-z]+)[).:、・]?(?=\D|$)", r"\1", form)


def roman_number(text: str) -> int:
    """The number of a Roman numeral in small Latin letters; 0 where it is none."""
    digits = [_ROMAN.get(letter, 0) for letter in text.casefold()]
    if not digits or 0 in digits:
        return 0
    return sum(
        -digit if digit < after else digit for digit, after in zip(digits, [*digits[1:], 0], strict=True)
    )


def unique(pairs: Iterable[tuple[str, _T]]) -> dict[str, _T]:
    """A dictionary without the keys that have several meanings."""
    meanings: dict[str, list[_T]] = {}
    for key, value in pairs:
        meanings.setdefault(key, []).append(value)
    return {key: values[0] for key, values in meanings.items() if all(value == values[0] for value in values)}
