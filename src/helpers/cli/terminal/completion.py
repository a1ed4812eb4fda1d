"""What a shell may complete: plans and fiscal years of the project."""

from __future__ import annotations

from collections.abc import Iterator

import click

from helpers.errors import GyokakuError


def plan_ids(ctx: click.Context, option: click.Parameter, incomplete: str) -> list[str]:
    """The plans whose id begins so."""
    return [plan_id for plan_id, _ in _sheets(ctx) if plan_id.startswith(incomplete)]


def years(ctx: click.Context, option: click.Parameter, incomplete: str) -> list[str]:
    """The fiscal years that have a sheet, as R4 or 2022, whichever is begun."""
    written = {way for _, of_plan in _sheets(ctx) for way in of_plan}
    return sorted(way for way in written if way.startswith(incomplete.upper() or "R"))


def _sheets(ctx: click.Context) -> Iterator[tuple[str, list[str]]]:
    from helpers.project import chosen_root, find_plan_ids
    from helpers.sheets.sheet_folder import SheetFolder

    try:
        root = chosen_root(ctx.params.get("root"))
        for plan_id in find_plan_ids(root):
            sheets = SheetFolder.look(root / "data" / "raw" / plan_id).sheets
            yield plan_id, [way for year in sheets for way in (year.short, str(int(year)))]
    except GyokakuError:
        return
