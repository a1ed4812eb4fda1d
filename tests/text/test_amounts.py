"""Amounts as cities type them."""

from decimal import Decimal

import pytest

from helpers.text.amounts import amount_of, is_amount, plain, why_missing


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("8,000", "", "8000"), ("８，０００", "", "8000"), ("△450", "", "-450"), ("▲ 450", "", "-450"), ("－450", "", "-450"),
        ("−0.50", "", "-0.50"), ("+3", "", "3"), ("412.50千㎡", "千㎡", "412.50"), ("86.3％", "%", "86.3"), ("0", "", "0"),
        ("1 500", "", "1500"), ("1　234　567.5円", "円", "1234567.5"), ("100㎡", "㎡", "100"), ("100 m²", "㎡", "100"), ("5\n件", "件", "5"),
        ("999999999999.999999", "", "999999999999.999999"),
    ],
)  # fmt: skip
def test_an_amount_keeps_its_digits(text: str, unit: str, amount: str) -> None:
    read = amount_of(text, unit)
    assert read is not None and str(read) == str(Decimal(amount))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "約3",
        "1,23",
        "1,2345",
        "12,34,567",
        "1.2.3",
        "(450)",
        "3件",
        "1e3",
        "=1",
        "十",
        "1000000000000",
        "0.1234567",
        "3以上",
        "NaN",
        "∞",
        "15\n16",
        "15 16",
        "12 5",
        "1. 5",
        "①",
        "15①",
        "15²",
        "1\t500",
    ],
)
def test_what_is_no_amount_is_none(text: str) -> None:
    assert amount_of(text) is None


def test_why_there_is_none_yet() -> None:
    assert [why_missing(text) for text in ("（未集計）", "集計中", "[未確定]", "たぶん3")] == [
        "未集計",
        "集計中",
        "未確定",
        None,
    ]


def test_what_is_written_reads_back() -> None:
    for text in ("-1.50", "0", "999999999999"):
        assert plain(Decimal(text)) == text and is_amount(text)
    assert plain(Decimal("-0.0")) == "0.0"
    assert not any(map(is_amount, ("未集計", "+1", "1,000", "")))
