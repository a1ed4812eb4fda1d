"""``gyokaku years``: plans and years, and what is known of each."""

from __future__ import annotations

import json
from pathlib import Path

import click

from helpers.build.identity import manifest
from helpers.build.reports import open_plans
from helpers.errors import GyokakuError


def run_years(root: Path, plan_id: str | None, as_json: bool) -> int:
    """Print a line per plan and year of its sheets, or the same as one JSON list for machines.

    Returns the exit code: 1 where a plan cannot be used, which is said; the others are listed.
    """
    problems: list[GyokakuError] = []
    folders = list(open_plans(root, plan_id, problems))
    for problem in problems:
        click.echo(str(problem), err=True)
    exit_code = 1 if problems else 0
    if as_json:
        rows = [{"plan": folder.plan.id, "year": int(year)} for folder in folders for year in folder.sheets]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return exit_code
    for folder in folders:
        click.echo(f"{folder.plan.id}（{folder.plan.municipality}）")
        for year, path in folder.sheets.items():
            published = (folder.plan.folder / "published" / str(int(year))).is_dir()
            built = (root / "reports" / folder.plan.id / str(int(year)) / manifest.NAME).is_file()
            told = [*(["公表値あり"] if published else []), *(["報告書あり"] if built else [])]
            click.echo("  " + "  ".join([str(year), path.name, *told]))
    return exit_code
