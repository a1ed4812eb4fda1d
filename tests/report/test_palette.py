"""Colours: every label can be read on its ground, and any vocabulary has its looks."""

from dataclasses import replace
from pathlib import Path

import pytest

from helpers.errors import FigureError
from helpers.plan import GROUPS, Plan, Status
from helpers.plan.reading.plan_file import load_plan
from helpers.report.palette import ACCENT, INK, LOOKS, MUTED, PAPER, contrast, status_looks, status_style

FOLDER = Path(__file__).parents[2] / "data" / "raw" / "yamaguchi"


def plan_with(*statuses: Status) -> Plan:
    return replace(load_plan(FOLDER), statuses=statuses)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


def test_the_four_statuses_of_the_reference_plan_have_the_agreed_colours() -> None:
    plan = load_plan(FOLDER)
    assert [status_style(plan, name).fill for name in plan.status_names] == [
        "#0b5394",
        "#d98324",
        "#b9b9b9",
        "#ffffff",
    ]


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("counted", [True, False])
def test_labels_can_be_read_on_every_fill_and_hatch(group: str, counted: bool) -> None:
    statuses = [Status(f"区分{place}", group, counted) for place in range(6)]
    plan = plan_with(*statuses)
    for status in statuses:
        style = status_style(plan, status.name)
        assert contrast(style.text, style.fill) >= 4.5
        if style.hatch:
            assert contrast(style.text, style.hatch_colour) >= 4.5


@pytest.mark.parametrize("ink", [INK, MUTED, ACCENT])
def test_text_can_be_read_on_paper(ink: str) -> None:
    assert contrast(ink, PAPER) >= 4.5


def test_statuses_of_one_plan_differ_in_fill_or_hatch() -> None:
    statuses = [Status(f"{group}{place}", group) for group in GROUPS for place in range(4)]
    plan = plan_with(*statuses, Status("対象外", "not_started", counted=False))
    looks = {(style.fill, style.hatch) for style in (status_style(plan, name) for name in plan.status_names)}
    assert len(looks) == 13


def test_a_grey_print_tells_the_reference_statuses_apart() -> None:
    plan = load_plan(FOLDER)
    styles = [status_style(plan, name) for name in plan.status_names]
    for place, one in enumerate(styles):
        for other in styles[place + 1 :]:
            assert contrast(one.fill, other.fill) >= 1.4
            assert contrast(one.fill, other.fill) >= 3 or one.hatch != other.hatch


def test_a_counted_status_has_a_look_by_name() -> None:
    done = [Status(f"済{place}", "done") for place in range(5)]
    plan = plan_with(*done, Status("休止", "not_started", counted=False), Status("未着手", "not_started"))
    names = status_looks(plan)
    # The fifth of a group looks like its first again.
    assert list(names.values()) == ["done", "done-2", "done-3", "done-4", "done", "not_started"]
    assert all(LOOKS[look] == status_style(plan, name) for name, look in names.items())


def test_the_edge_of_every_look_stands_out_from_paper() -> None:
    assert all(contrast(look.edge, PAPER) >= 3 for look in LOOKS.values())


def test_an_unknown_status_is_named() -> None:
    with pytest.raises(FigureError, match=r"「実施済」は区分にありません（実施／一部実施／検討中／未実施）"):
        status_style(load_plan(FOLDER), "実施済")
