from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.plan.printing import ROUNDINGS, PrintingRules

RULES = PrintingRules()
counts = st.integers(1, 5000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@given(counts, st.sampled_from([0, 1, 2]))
def test_a_share_is_the_exact_quotient_rounded_half_up(pair: tuple[int, int], decimals: int) -> None:
    items, total = pair
    share = PrintingRules(decimals=decimals).share_pct(items, total)
    scaled = Fraction(items * 100 * 10**decimals, total)
    assert share == Decimal(int(scaled + Fraction(1, 2))).scaleb(-decimals)
    assert -share.as_tuple().exponent == decimals


@given(counts, counts, st.sampled_from(sorted(ROUNDINGS)), st.sampled_from([0, 1, 2]))
def test_the_change_of_a_share_is_the_difference_of_the_printed_shares(
    now: tuple[int, int], before: tuple[int, int], rounding: str, decimals: int
) -> None:
    rules = PrintingRules(decimals=decimals, rounding=rounding, increase="+", decrease="-", no_change="0")
    shares = [rules.share_pct(*pair) for pair in (now, before)]
    printed = [Decimal(rules.share(share).removesuffix("%")) for share in shares]
    change = rules.change_of_share(shares[0] - shares[1])
    assert Decimal(change.removesuffix("%")) == printed[0] - printed[1]


@pytest.mark.parametrize(
    ("settings", "counts", "printed"),
    [
        # 1 of 16 is 6.25 %, which round() and half-even printing would give as 6.2.
        ({"rounding": "half_up"}, [(1, 16), (3, 16), (2, 3)], ["6.3%", "18.8%", "66.7%"]),
        ({"rounding": "half_even"}, [(1, 16), (3, 16), (2, 3)], ["6.2%", "18.8%", "66.7%"]),
        ({"rounding": "down"}, [(1, 16), (3, 16), (2, 3)], ["6.2%", "18.7%", "66.6%"]),
        ({"decimals": 0}, [(1, 3)], ["33%"]), ({"decimals": 1}, [(1, 3)], ["33.3%"]), ({"decimals": 2}, [(1, 3)], ["33.33%"]),
        ({"bare_whole": True}, [(0, 2), (2, 2), (1, 2)], ["0%", "100%", "50.0%"]),
        ({"bare_whole": False}, [(0, 2), (2, 2), (1, 2)], ["0.0%", "100.0%", "50.0%"]),
    ],
)  # fmt: skip
def test_rounding_decimals_and_bare_whole_shares_are_settings(
    settings: dict[str, Any], counts: list[tuple[int, int]], printed: list[str]
) -> None:
    rules = PrintingRules(**settings)
    assert [rules.share(rules.share_pct(*pair)) for pair in counts] == printed


@pytest.mark.parametrize(
    ("marks", "printed"),
    [
        ({}, ["+1(+9.1%)", "△1(△9.1%)", "-"]),
        ({"decrease": "▲", "no_change": "0"}, ["+1(+9.1%)", "▲1(▲9.1%)", "0"]),
        ({"increase": "", "decrease": "-", "no_change": "±0"}, ["1(9.1%)", "-1(-9.1%)", "±0"]),
        ({"increase": "↑", "decrease": "↓", "no_change": "増減なし"}, ["↑1(↑9.1%)", "↓1(↓9.1%)", "増減なし"]),
        ({"change": "items"}, ["+1", "△1", "-"]),
        ({"change": "points"}, ["+9.1%", "△9.1%", "-"]),
    ],
)  # fmt: skip
def test_marks_and_form_of_a_change_are_settings(marks: dict[str, str], printed: list[str]) -> None:
    rules = PrintingRules(**marks)
    changes = [(1, Decimal("9.1")), (-1, Decimal("-9.1")), (0, Decimal("0.0"))]
    assert [rules.change_cell(*change) for change in changes] == printed


def test_a_share_that_moves_without_its_items_is_not_called_unchanged() -> None:
    # 1 of 2 last year, 1 of 3 this year: the count stands still, the share does not.
    assert RULES.change_cell(0, Decimal("-16.7")) == "-(△16.7%)"
    assert PrintingRules(change="items").change_cell(0, Decimal("-16.7")) == "-"
    assert PrintingRules(change="points").change_cell(0, Decimal("-16.7")) == "△16.7%"


def test_where_nothing_is_counted_there_is_no_share() -> None:
    assert RULES.share_pct(0, 0) is None
    assert RULES.share(None) == "-"


@pytest.mark.parametrize(
    ("pct", "printed"), [("-50.0", "▲50.0%"), ("-0.0", "0.0%"), ("0.0", "0.0%"), ("81.0", "81.0%")]
)
def test_a_rate_below_zero_has_the_mark_of_a_decrease(pct: str, printed: str) -> None:
    assert PrintingRules(decrease="▲").share(Decimal(pct)) == printed
