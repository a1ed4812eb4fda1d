"""What a plan has beside its items: policies by fiscal year, the documents that it stands in, changes of items and statuses."""

from __future__ import annotations

__all__ = [
    "KINDS", "MERGED", "NO_POLICY", "RENUMBERED", "SPLIT", "WHOLE_PLAN", "ImplementationPlan",
    "ItemChange", "KnownShares", "Licence", "Outline", "Policy", "PolicyName", "StatusChange",
    "policies_called", "policy_called",
]  # fmt: skip

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
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


# The whole plan beside its policies: no policy's numeral is empty.
WHOLE_PLAN = ""


@dataclass(frozen=True)
class ImplementationPlan:
    """An implementation plan (推進計画): its phase (前期) and its fiscal years."""

    name: str
    phase: str
    period: Period

    @property
    def title(self) -> str:
        """'第二次山口市行政改革大綱推進計画【前期】'."""
        return f"{self.name}【{self.phase}】" if self.phase else self.name

    @property
    def short_title(self) -> str:
        """'推進計画【前期】', or the name where there are no phases."""
        return f"推進計画【{self.phase}】" if self.phase else f"「{self.name}」"


@dataclass(frozen=True)
class Outline:
    """The outline (大綱) that the implementation plans carry out."""

    name: str
    philosophy: str
    policies: tuple[str, ...]
    period: Period


@dataclass(frozen=True)
class Licence:
    """The licence of the figures: its identifier (CC-BY-4.0), its name in words, the address of its text."""

    name: str
    title: str = ""
    path: str = ""


@dataclass(frozen=True)
class KnownShares:
    """The printed shares of a year of which no numbers of items are known; the next year is compared with them.

    ``shares``: policy (numeral, or ``WHOLE_PLAN``) → status or bracket → percent as printed. ``source``: the document.
    """

    year: FiscalYear
    shares: Mapping[str, Mapping[str, Decimal]]
    source: str = ""

    def under(self, numerals: Mapping[str, str]) -> KnownShares:
        """The same shares with other numerals of the policies."""
        return replace(
            self, shares={numerals.get(policy, policy): shares for policy, shares in self.shares.items()}
        )


SPLIT, MERGED, RENUMBERED = "split", "merged", "renumbered"
KINDS = {SPLIT: "分割", MERGED: "統合", RENUMBERED: "番号変更"}


@dataclass(frozen=True)
class ItemChange:
    """Items of one year that became others in ``year``.

    The first of ``after`` carries on the first of ``before``; the others came in or left. So each item of a year
    is compared with at most one of the year before, and counts close.
    """

    year: FiscalYear
    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def summary(self) -> str:
        """The change in words: '3を3-1・3-2に分割', '4・5を6に統合', '8を9に番号変更'."""
        return f"{'・'.join(self.before)}を{'・'.join(self.after)}に{KINDS[self.kind]}"

    def remark_on(self, *, is_new: bool) -> str:
        """The remark on an item: on a new item '3から分割' or '旧番号8', on an old item '6に統合' or '新番号9'."""
        before, after = "・".join(self.before), "・".join(self.after)
        old, new = {
            RENUMBERED: (f"新番号{after}", f"旧番号{before}"),
            SPLIT: (f"{after}に分割", f"{before}から分割"),
            MERGED: (f"{after}に統合", f"{before}を統合"),
        }[self.kind]
        return new if is_new else old


@dataclass(frozen=True)
class StatusChange:
    """Statuses whose definition changed in ``year``.

    ``mapping``: old status → new status. Without a mapping, None, years before the change are not compared with years
    after it.
    """

    year: FiscalYear
    reason: str
    mapping: Mapping[str, str] | None = None

    @property
    def why_not_compared(self) -> str:
        """Why the years before are not compared: '令和3年度に実施状況の区分の定義が変わった（…）ため'."""
        return f"{self.year}に実施状況の区分の定義が変わった（{self.reason}）ため"
