"""A plan of six items small enough to add up by eye, and its frames."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from helpers.fiscal_year import FiscalYear, Period
from helpers.history.counts import PLAN_SCOPE
from helpers.plan import Item, Plan, Policy
from helpers.plan.reading.plan_file import load_plan

FIRST, SECOND = (
    Policy("Ⅰ", "協働", "I 協働", "基本方針Ⅰ 協働"),
    Policy("Ⅱ", "組織", "II 組織", "基本方針Ⅱ 組織"),
)
NAMES = ("広聴", "窓口", "広報", "研修", "会議", "電子申請")


@pytest.fixture(scope="session")
def plan() -> Plan:
    """Items 1-3 under Ⅰ, 4-6 under Ⅱ; item 6 joins in fiscal 2021."""
    reference = load_plan(Path(__file__).parents[3] / "data" / "raw" / "yamaguchi")
    items = tuple(
        Item(
            str(number),
            FIRST if number <= 3 else SECOND,
            name,
            Period(FiscalYear(2021 if number == 6 else 2018), FiscalYear(2027)),
        )
        for number, name in enumerate(NAMES, 1)
    )
    return replace(reference, policies=(FIRST, SECOND), items=items)


@pytest.fixture
def counts() -> pd.DataFrame:
    """Fiscal 2021: 3 + 3 of 6, fiscal 2022: 4 + 2 of 6, and policy Ⅰ of 2022: 3 of 3."""
    rows = [
        (PLAN_SCOPE, 2021, "実施", 3, "50.0"),
        (PLAN_SCOPE, 2021, "一部実施", 3, "50.0"),
        (PLAN_SCOPE, 2021, "検討中", 0, "0.0"),
        (PLAN_SCOPE, 2022, "実施", 4, "66.7"),
        (PLAN_SCOPE, 2022, "一部実施", 2, "33.3"),
        (PLAN_SCOPE, 2022, "検討中", 0, "0.0"),
        ("Ⅰ", 2022, "実施", 3, "100.0"),
    ]
    frame = pd.DataFrame(rows, columns=["scope", "fiscal_year", "status", "items", "share_pct"])
    return frame.assign(share_pct=[Decimal(row[4]) for row in rows])


@pytest.fixture
def statuses() -> pd.DataFrame:
    """Fiscal 2018 as totals only, 2020 by item (item 6 not yet there), 2022 by item."""
    done, partly = "実施", "一部実施"
    rows = [(2018, "", status, items) for status, items in ((done, 2), (partly, 3))]
    rows += [(2020, str(n), status, 1) for n, status in enumerate((done, partly, partly, done, partly), 1)]
    rows += [
        (2022, str(n), status, 1) for n, status in enumerate((done, done, partly, done, partly, "未実施"), 1)
    ]
    return pd.DataFrame(rows, columns=["fiscal_year", "number", "status", "items"])


@pytest.fixture
def transitions() -> pd.DataFrame:
    """Of six items two moved up, one joined, three stayed."""
    before = ("実施", "一部実施", "一部実施", "実施", "一部実施", "")
    after = ("実施", "実施", "一部実施", "実施", "実施", "未実施")
    return pd.DataFrame(
        {
            "number": [str(number) for number in range(1, 7)],
            "item": NAMES,
            "policy": ["Ⅰ"] * 3 + ["Ⅱ"] * 3,
            "previous_status": before,
            "status": after,
            "remark": "",
        }
    )
