"""``gyokaku years``: plans and years, and what is known of each."""

from __future__ import annotations

import json
from pathlib import Path

import click

from helpers.build import manifest
from helpers.build.reports import chosen_plan_ids
from helpers.build.site import PlanFolder


def run_years(root: Path, plan_id: str | None, as_json: bool) -> int:
    """Print a line per plan and year of its sheets, or the same as one JSON list for machines."""
    folders = [PlanFolder.open(root, known) for known in chosen_plan_ids(root, plan_id)]
    if as_json:
        rows = [{"plan": folder.plan.id, "year": int(year)} for folder in folders for year in folder.sheets]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return 0
    for folder in folders:
        click.echo(f"{folder.plan.id}（{folder.plan.municipality}）")
        for year, path in folder.sheets.items():
            published = (folder.plan.folder / "published" / str(int(year))).is_dir()
            built = (root / "reports" / folder.plan.id / str(int(year)) / manifest.NAME).is_file()
            told = [*(["公表値あり"] if published else []), *(["報告書あり"] if built else [])]
            click.echo("  " + "  ".join([str(year), path.name, *told]))
    return 0
