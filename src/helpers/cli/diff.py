"""``gyokaku diff``: what changed, and with which exit code, as diff(1) has it: 0 same, 1 different, 2 trouble."""

from __future__ import annotations

__all__ = ["DIFFERENT", "SAME", "TROUBLE", "run_diff"]

from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.cli.terminal.output import Output
from helpers.cli.terminal.screen import lost_output, say, unexpected
from helpers.errors import GyokakuError, UsageError
from helpers.files.paths import Kind, kind_of
from helpers.fiscal_year import FiscalYear, year_or_none
from helpers.pipeline.identity.manifest import NAME
from helpers.project import chosen_root, home_of_sheet, sole_plan_id
from helpers.sheets.parts import parts_or_itself
from helpers.sheets.sheet_folder import SheetFolder

if TYPE_CHECKING:
    from helpers.proof.diff import Comparison

SAME, DIFFERENT, TROUBLE = 0, 1, 2
_FORMS = {".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown"}


def run_diff(**options: Any) -> int:
    """Compare, write what differs, and return the exit code; the options are those of ``_compare``.

    Nothing is written where nothing differs, except to ``output``, which then says so.
    """
    try:
        return _compare(**options)
    except GyokakuError as error:
        say(str(error), err=True)
    except BrokenPipeError:
        raise
    except Exception as error:
        # A crash must not look like a difference to a script.
        say(unexpected(error), err=True)
    return TROUBLE


def _compare(
    before: str,
    after: str,
    root: Path | None,
    plan_id: str | None,
    year: FiscalYear | None,
    form: str | None,
    output: Path | None,
    overwrite: bool,
) -> int:
    from helpers.proof.diff import as_html, as_markdown, as_text, compare_folders, compare_revisions
    from helpers.proof.diff.forms.wording import NOTHING

    paths = _path(before, root, plan_id), _path(after, root, plan_id)
    target = Output(output, "-o", overwrite, paths) if output else None
    form = form or _FORMS.get(output.suffix.lower() if output else "", "text")
    if target is not None:
        target.check()
    comparison: Comparison
    kinds = [kind_of(path) for path in paths]
    is_sheet = [_is_sheet(path, kind) for path, kind in zip(paths, kinds, strict=True)]
    if all(is_sheet):
        comparison = _compare_files(paths, root, plan_id, year)
    elif kinds == [Kind.FOLDER, Kind.FOLDER]:
        if plan_id is not None or year is not None:
            raise UsageError("--plan と --year は、報告書のフォルダーどうしを比べるときには使えません")
        comparison = compare_folders(*paths, with_pictures=form == "html")
    elif kinds != [Kind.NOTHING, Kind.NOTHING]:
        sides = "、".join(f"{path} は{kind.value}" for path, kind in zip(paths, kinds, strict=True))
        raise UsageError(f"比べられません（{sides}）。同じ種類のものを二つ指定してください")
    else:
        comparison = compare_revisions(chosen_root(root), before, after, plan_id, (year,) if year else ())
    write = {"text": as_text, "markdown": as_markdown, "html": as_html}[form]
    if target is not None:
        target.write(_encoded(write(comparison) or f"{NOTHING}\n"))
        say(f"比較を書きました: {output}")
    elif comparison.has_differences or comparison.problems:
        # Files are UTF-8 everywhere; only what a person reads follows the terminal.
        text = write(comparison)
        say(text if form == "text" else _encoded(text), nl=False)
    for problem in comparison.problems:
        say(problem, err=True)
    if comparison.problems or lost_output() is not None:
        return TROUBLE
    return DIFFERENT if comparison.has_differences else SAME


def _is_sheet(path: Path, kind: Kind) -> bool:
    """Whether a path is a file, or a folder of parts of a sheet: it has spreadsheets, but no report's page or record."""
    if kind is not Kind.FOLDER:
        return kind is Kind.FILE
    if any(kind_of(path / name) is not Kind.NOTHING for name in ("report.html", NAME, "tables")):
        return False
    if any(page for levels in ("*", "*/*") for page in path.glob(f"{levels}/report.html")):
        return False  # A folder of reports, whose tables are csv files.
    return bool(parts_or_itself(path))


def _path(text: str, root: Path | None, plan_id: str | None) -> Path:
    """The file or folder that a text names, or the sheet of the fiscal year that it is.

    Raises:
        UsageError: the year has no sheet.
    """
    if kind_of(Path(text)) is not Kind.NOTHING or (year := year_or_none(text)) is None:
        return Path(text)
    project = chosen_root(root)
    folder = SheetFolder.look(project / "data" / "raw" / sole_plan_id(project, plan_id))
    folder.check([year])
    if year not in folder.sheets:
        known = "、".join(map(str, folder.sheets)) or "なし"
        raise UsageError(f"{year}の状況調査がありません（状況調査のある年度: {known}）")
    sheet, here = folder.sheets[year], Path.cwd()
    return sheet.relative_to(here) if sheet.is_relative_to(here) else sheet


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", errors="backslashreplace")


def _compare_files(
    paths: tuple[Path, Path], root: Path | None, plan_id: str | None, year: FiscalYear | None
) -> Comparison:
    from helpers.plan.reading.plan_file import load_plan
    from helpers.proof.diff import compare_sheets

    homes = [folder for path in paths if (folder := home_of_sheet(path)) is not None]
    if plan_id is not None or not homes:
        project = chosen_root(root)
        homes = [project / "data" / "raw" / sole_plan_id(project, plan_id)]
    # A sheet that lies elsewhere is read with the plan of the one that it is compared with.
    plans = load_plan(homes[0]), load_plan(homes[-1])
    return compare_sheets(*paths, plans, year)
