"""Make a new plan's folder: commented settings, items and a first status sheet, which build at once."""

from __future__ import annotations

__all__ = ["YEARS", "check_municipality", "create_folder", "create_plan", "new_folder"]

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from shutil import rmtree
from string import Template
from tempfile import mkdtemp

from helpers.errors import FiscalYearError, UsageError, WriteError
from helpers.files.paths import Kind, kind_of, why_not_written
from helpers.fiscal_year import FiscalYear
from helpers.plan.reading.plan_file import PLAN_ID

_NAME = re.compile(r"\w{1,40}")
YEARS = 5
_MOST_SHOWN = 40
_TEMPLATES = {"plan.toml": "plan.toml", "items.csv": "items.csv", "sheet.csv": "{year.short}.csv"}


def create_plan(root: Path, plan_id: str, municipality: str, year: FiscalYear) -> Path:
    """Make ``data/raw/<plan_id>/`` with plan.toml, items.csv and the sheet of ``year``, the plan's first.

    Raises:
        UsageError: as ``create_folder``, or the name is no municipality's, or the years run out.
        WriteError: the folder cannot be written.
    """
    check_municipality(municipality)
    years = {"year": str(year), "first_year": str(int(year)), "last_year": str(int(_last_year(year)))}
    values = {"id": plan_id, "municipality": municipality, **years}
    texts = {
        name.format(year=year): Template(
            files(__package__).joinpath("templates", template).read_text("utf-8")
        )
        for template, name in _TEMPLATES.items()
    }
    return create_folder(
        root, plan_id, {name: text.substitute(values).encode() for name, text in texts.items()}
    )


def check_municipality(name: str) -> None:
    """Refuse a name that a settings file could not hold.

    Raises:
        UsageError: it has signs or line breaks, or no or too many letters.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{_shown(name)}は自治体名に使えません。記号や改行のない40字までの名前にしてください（例: 山口市）"
        )


def create_folder(root: Path, plan_id: str, contents: Mapping[str, bytes]) -> Path:
    """Make ``data/raw/<plan_id>/`` with files and folders of them; it appears whole or not at all, and an existing one is never touched.

    Raises:
        UsageError: the id cannot be a folder's name, or there is such a folder already.
        WriteError: the folder cannot be written.
    """
    folder = new_folder(root, plan_id)
    try:
        _write(folder, contents)
    except OSError as error:
        raise WriteError(f"{folder.relative_to(root)} を作れません: {why_not_written(error)}") from error
    return folder


def new_folder(root: Path, plan_id: str) -> Path:
    """The folder that a new plan will have; nothing is made.

    Raises:
        UsageError: the id cannot be a folder's name, or there is such a folder already.
    """
    if not PLAN_ID.fullmatch(plan_id):
        raise UsageError(
            f"{_shown(plan_id)}は計画のIDに使えません。64字までの英小文字・数字・-・_ で、Windows が使う con や nul などを避けて書いてください（例: yamaguchi）"
        )
    folder = root / "data" / "raw" / plan_id
    if kind_of(folder) is not Kind.NOTHING:
        raise UsageError(
            f"{folder.relative_to(root)} はすでにあります。別のIDにするか、そのフォルダーを使ってください"
        )
    return folder


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, content in contents.items():
            (beside / name).parent.mkdir(parents=True, exist_ok=True)
            (beside / name).write_bytes(content)
        beside.chmod(0o755)
        beside.rename(folder)
    except BaseException:
        rmtree(beside, ignore_errors=True)
        raise


def _shown(name: str) -> str:
    """A name in quotes on one line, cut where it is long."""
    return f"「{' '.join(name.split()) if len(name) <= _MOST_SHOWN else name[:_MOST_SHOWN] + '…'}」"


def _last_year(year: FiscalYear) -> FiscalYear:
    try:
        return FiscalYear(int(year) + YEARS - 1)
    except FiscalYearError:
        raise UsageError(
            f"{year}から{YEARS}年間の計画は作れません（最後の{int(year) + YEARS - 1}年度が扱えません）。早い年度を指定してください"
        ) from None
