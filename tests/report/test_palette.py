"""Colours: every label can be read on its ground, and any vocabulary has its looks."""

from dataclasses import replace
from itertools import combinations

import pytest

from helpers.errors import FigureError
from helpers.plan import GROUPS, Plan, Status
from helpers.report.palette import ACCENT, INK, LOOKS, MUTED, PAPER, status_looks, status_style


def contrast(colour: str, other: str) -> float:
    """The contrast ratio of two colours '#rrggbb' as WCAG defines it: 1.0 to 21.0."""
    darker, lighter = sorted(map(luminance, (colour, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_the_four_statuses_of_the_reference_plan_have_the_agreed_colours(plan: Plan) -> None:
    assert contrast("#777777", PAPER) == pytest.approx(4.48, abs=0.005)
    assert [status_style(plan, name).fill for name in plan.status_names] == [
        "#0b5394",
        "#d98324",
        "#b9b9b9",
        "#ffffff",
    ]


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("counted", [True, False])
def test_labels_can_be_read_on_every_fill_and_hatch(plan: Plan, group: str, counted: bool) -> None:
    statuses = [Status(f"区分{number}", group, counted) for number in range(6)]
    for status in statuses:
        style = status_style(replace(plan, statuses=tuple(statuses)), status.name)
        assert contrast(style.text, style.fill) >= 4.5
        if style.hatch:
            assert contrast(style.text, style.hatch_colour) >= 4.5


@pytest.mark.parametrize("ink", [INK, MUTED, ACCENT])
def test_text_can_be_read_on_paper(ink: str) -> None:
    assert contrast(ink, PAPER) >= 4.5


def test_statuses_of_one_plan_differ_in_fill_or_hatch(plan: Plan) -> None:
    statuses = (Status(f"{group}{number}", group) for group in GROUPS for number in range(4))
    many = replace(plan, statuses=(*statuses, Status("対象外", "not_started", counted=False)))
    looks = {(style.fill, style.hatch) for style in (status_style(many, name) for name in many.status_names)}
    assert len(looks) == 13


def test_a_grey_print_tells_the_reference_statuses_apart(plan: Plan) -> None:
    for look, other in combinations((status_style(plan, name) for name in plan.status_names), 2):
        assert contrast(look.fill, other.fill) >= 1.4
        assert contrast(look.fill, other.fill) >= 3 or look.hatch != other.hatch


def test_a_counted_status_has_a_look_by_name(plan: Plan) -> None:
    done = [Status(f"済{number}", "done") for number in range(5)]
    others = (Status("休止", "not_started", counted=False), Status("未着手", "not_started"))
    many = replace(plan, statuses=(*done, *others))
    names = status_looks(many)
    # The fifth of a group looks like its first again.
    assert list(names.values()) == ["done", "done-2", "done-3", "done-4", "done", "not_started"]
    assert all(LOOKS[look] == status_style(many, name) for name, look in names.items())


def test_the_edge_of_every_look_stands_out_from_paper() -> None:
    assert all(contrast(look.edge, PAPER) >= 3 for look in LOOKS.values())


def test_an_unknown_status_is_named(plan: Plan) -> None:
    with pytest.raises(FigureError, match=r"「実施済」は区分にありません（実施／一部実施／検討中／未実施）"):
        status_style(plan, "実施済")
