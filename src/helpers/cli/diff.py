"""``gyokaku diff``: what changed, and with which exit code, as diff(1) has it: 0 same, 1 different, 2 trouble."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import click

from helpers.errors import GyokakuError, UsageError
from helpers.fiscal_year import FiscalYear
from helpers.project import chosen_root, sole_plan_id

if TYPE_CHECKING:
    from helpers.diff import Comparison

SAME, DIFFERENT, TROUBLE = 0, 1, 2


def run_diff(
    before: str,
    after: str,
    root: Path | None,
    plan_id: str | None,
    year: FiscalYear | None,
    form: str,
    output: Path | None,
) -> int:
    """Compare, write what differs, and return the exit code.

    Nothing is written where nothing differs, except to ``output``, which then says so.
    """
    try:
        return _run(before, after, root, plan_id, year, form, output)
    except GyokakuError as error:
        click.echo(str(error), err=True)
    except BrokenPipeError:
        raise
    except Exception as error:
        # A crash must not look like a difference to a script.
        click.echo(
            f"予期しないエラーです（{type(error).__name__}）。次の内容を添えて、管理者に知らせてください",
            err=True,
        )
        traceback.print_exc()
    return TROUBLE


def _run(
    before: str,
    after: str,
    root: Path | None,
    plan_id: str | None,
    year: FiscalYear | None,
    form: str,
    output: Path | None,
) -> int:
    from helpers.diff import as_html, as_markdown, as_text, compare_folders, compare_revisions
    from helpers.diff.wording import NOTHING

    paths = Path(before), Path(after)
    comparison: Comparison
    if all(path.is_dir() for path in paths):
        if plan_id is not None or year is not None:
            raise UsageError("--plan と --year は、報告書のフォルダーどうしを比べるときには使えません")
        comparison = compare_folders(*paths, with_pictures=form == "html")
    elif all(path.is_file() for path in paths):
        comparison = _compare_files(paths, root, plan_id, year)
    elif any(path.exists() for path in paths):
        known = {True: "フォルダー", False: "ファイル"}
        told = "、".join(
            f"{path} は{known[path.is_dir()] if path.exists() else 'ありません'}" for path in paths
        )
        raise UsageError(f"比べられません（{told}）。同じ種類のものを二つ指定してください")
    else:
        comparison = compare_revisions(chosen_root(root), before, after, plan_id, (year,) if year else ())
    write = {"text": as_text, "markdown": as_markdown, "html": as_html}[form]
    if output is not None:
        text = write(comparison) or f"{NOTHING}\n"
        try:
            output.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise UsageError(f"{output} に書き込めません（{error.strerror}）") from error
    elif comparison.has_differences or comparison.problems:
        _print(write(comparison), form)
    for problem in comparison.problems:
        click.echo(problem, err=True)
    return TROUBLE if comparison.problems else DIFFERENT if comparison.has_differences else SAME


def _print(text: str, form: str) -> None:
    # Files are UTF-8 everywhere; only what a person reads follows the terminal.
    click.echo(text if form == "text" else text.encode("utf-8"), nl=False)


def _compare_files(
    paths: tuple[Path, Path], root: Path | None, plan_id: str | None, year: FiscalYear | None
) -> Comparison:
    from helpers.diff import compare_sheets
    from helpers.plan.plan_file import load_plan

    homes = [path.resolve().parent for path in paths if (path.resolve().parent / "plan.toml").is_file()]
    if plan_id is not None or not homes:
        project = chosen_root(root)
        homes = [project / "data" / "raw" / sole_plan_id(project, plan_id)]
    # A sheet that lies elsewhere is read with the plan of the one that it is compared with.
    plans = load_plan(homes[0]), load_plan(homes[-1])
    return compare_sheets(*paths, plans, year)
