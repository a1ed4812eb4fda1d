"""A basic policy: its names by fiscal year, and the years in which it is in force."""

from __future__ import annotations

__all__ = ["NO_POLICY", "Policy", "PolicyName", "policies_called", "policy_called"]

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from helpers.fiscal_year import FiscalYear, Period
from helpers.text.forms import folded


@dataclass(frozen=True)
class PolicyName:
    """Numeral and names of a policy from a fiscal year on; ``first`` is None for the first ones."""

    first: FiscalYear | None
    numeral: str
    name: str
    label: str
    heading: str


@dataclass(frozen=True)
class Policy:
    """A basic policy. ``numeral`` names it in sheets, frames and charts, ``label`` in table cells ('I 協働…').

    ``heading``: '基本方針Ⅰ 協働・官民連携の推進'. ``life``: the fiscal years in which it stands; None for all. ``names``:
    all its names, oldest first; empty where it was never renamed.
    """

    numeral: str
    name: str
    label: str
    heading: str
    life: Period | None = None
    names: tuple[PolicyName, ...] = ()

    @property
    def title(self) -> str:
        """Numeral and name, as charts print it, whatever ``label`` the city's tables have: 'Ⅰ 協働…'."""
        return f"{self.numeral} {self.name}".strip()

    def called_in(self, year: FiscalYear) -> Policy:
        """The same policy under its name of a fiscal year."""
        for known in reversed(self.names):
            if known.first is None or known.first <= year:
                return self._under(known)
        return self

    @property
    def ever_called(self) -> tuple[Policy, ...]:
        """The policy under each of its names, oldest first."""
        return tuple(map(self._under, self.names)) or (self,)

    def _under(self, name: PolicyName) -> Policy:
        return replace(self, numeral=name.numeral, name=name.name, label=name.label, heading=name.heading)


# Of every item of a plan that is not divided into policies; ``Plan.policies`` is empty then.
NO_POLICY = Policy(numeral="", name="", label="", heading="")


def policy_called(text: str, policies: Iterable[Policy]) -> Policy | None:
    """The policy named by a numeral, a name or both, however it is written; None if there is none."""
    return next(policies_called(text, policies), None)


def policies_called(text: str, policies: Iterable[Policy]) -> Iterator[Policy]:
    """The policies that a text may name, in order."""
    wanted = folded(text).removeprefix("基本方針")
    return (policy for policy in policies if wanted in _ways_to_write(policy))


@lru_cache(maxsize=256)  # Asked of every item of a plan.
def _ways_to_write(policy: Policy) -> tuple[str, ...]:
    ways = (policy.numeral, policy.name, policy.numeral + policy.name, policy.label)
    return tuple(map(folded, ways))
