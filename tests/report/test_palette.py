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
    statuses = [Status(f"区分{number}", group, counted) for number in range(9)]
    for status in statuses:
        style = status_style(replace(plan, statuses=tuple(statuses)), status.name)
        assert contrast(style.text, style.fill) >= 4.5
        if style.hatch:
            assert contrast(style.text, style.hatch_colour) >= 4.5


@pytest.mark.parametrize("ink", [INK, MUTED, ACCENT])
def test_text_can_be_read_on_paper(ink: str) -> None:
    assert contrast(ink, PAPER) >= 4.5


def many(plan: Plan, each: int) -> Plan:
    """The plan with so many statuses of each group, and one outside the shares."""
    statuses = (Status(f"{group}{number}", group) for group in GROUPS for number in range(each))
    return replace(plan, statuses=(*statuses, Status("対象外", "not_started", counted=False)))


def test_up_to_nine_statuses_of_each_group_are_told_apart_in_grey(plan: Plan) -> None:
    looks = [status_style(many(plan, 9), name) for name in many(plan, 9).status_names]
    assert len(looks) == 28
    for look, other in combinations(looks, 2):
        assert set(look.hatch) != set(other.hatch) or contrast(look.fill, other.fill) >= 1.4, (look, other)


def test_a_hatch_can_be_seen_on_its_fill(plan: Plan) -> None:
    looks = [status_style(many(plan, 9), name) for name in many(plan, 9).status_names]
    assert all(contrast(look.hatch_colour, look.fill) >= 1.45 for look in looks if look.hatch)


def test_a_grey_print_tells_the_reference_statuses_apart(plan: Plan) -> None:
    for look, other in combinations((status_style(plan, name) for name in plan.status_names), 2):
        assert contrast(look.fill, other.fill) >= 1.4
        assert contrast(look.fill, other.fill) >= 3 or look.hatch != other.hatch


def test_a_counted_status_has_a_look_by_name(plan: Plan) -> None:
    done = [Status(f"済{number}", "done") for number in range(10)]
    others = (Status("休止", "not_started", counted=False), Status("未着手", "not_started"))
    wider = replace(plan, statuses=(*done, *others))
    names = status_looks(wider)
    # The tenth of a group looks like its first again.
    ranks = [f"done-{number}" for number in range(2, 10)]
    assert list(names.values()) == ["done", *ranks, "done", "not_started"]
    assert all(LOOKS[look] == status_style(wider, name) for name, look in names.items())


def test_the_edge_of_every_look_stands_out_from_paper(plan: Plan) -> None:
    looks = [*LOOKS.values(), status_style(many(plan, 1), "対象外")]
    assert all(contrast(look.edge, PAPER) >= 3 for look in looks)


def test_an_unknown_status_is_named(plan: Plan) -> None:
    with pytest.raises(FigureError, match=r"「実施済」は区分にありません（実施／一部実施／検討中／未実施）"):
        status_style(plan, "実施済")
