"""The mark before a status in tables of page and PDF: fill and hatch as in the charts."""

from __future__ import annotations

__all__ = ["mark_data", "mark_rules"]

from helpers.report.palette import LOOKS, StatusStyle

# The directions of a hatch's lines by its letter, as a CSS gradient has them.
_ANGLES = {"/": (135,), "\\": (45,), "x": (135, 45), "-": (0,), "|": (90,), "+": (0, 90)}


def mark_rules() -> str:
    """The style rules for the marks; a group's first look is for every status of the group that names no look of its own."""
    return "".join(
        f':is(td, th)[data-{"look" if "-" in name else "status"}="{name}"]::before '
        f"{{ border-color: {look.edge}; background: {_ground(look)}; }}\n"
        for name, look in LOOKS.items()
    )


def mark_data() -> dict[str, dict[str, str]]:
    """The marks for the PDF by the look's name: fill, edge, hatch (one letter or empty) and its colour."""
    return {
        name: {
            "fill": look.fill,
            "edge": look.edge,
            "hatch": look.hatch[:1],
            "hatch_colour": look.hatch_colour,
        }
        for name, look in LOOKS.items()
    }


def _ground(look: StatusStyle) -> str:
    lines = [
        f"repeating-linear-gradient({angle}deg, {look.hatch_colour} 0 1px, #0000 1px 3px)"
        for angle in _ANGLES.get(look.hatch[:1], ())
    ]
    if look.hatch[:1] == ".":
        lines = [f"radial-gradient({look.hatch_colour} 0 0.8px, #0000 1.1px) 0 0 / 3px 3px"]
    return ", ".join([*lines, look.fill])
