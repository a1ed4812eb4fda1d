"""Make a new plan's folder from ``templates/``: commented settings, items and a first status sheet, which build at once."""

from __future__ import annotations

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
_TEMPLATES = {"plan.toml": "plan.toml", "items.csv": "items.csv", "sheet.csv": "{year.short}.csv"}


def create_plan(root: Path, plan_id: str, municipality: str, year: FiscalYear) -> Path:
    """Make ``data/raw/<plan_id>/`` with plan.toml, items.csv and the sheet of ``year``, the plan's first.

    The folder appears whole or not at all, and an existing one is never touched.

    Raises:
        UsageError: the id cannot be a folder's name, there is such a folder already, or the years run out.
        WriteError: the folder cannot be written.
    """
    if not PLAN_ID.fullmatch(plan_id):
        raise UsageError(
            f"「{plan_id}」は計画のIDに使えません。英小文字・数字・-・_ で、Windows が使う con や nul などを避けて書いてください（例: yamaguchi）"
        )
    if not _NAME.fullmatch(municipality):
        raise UsageError(
            f"「{municipality}」は自治体名に使えません。記号や改行のない名前にしてください（例: 山口市）"
        )
    folder = root / "data" / "raw" / plan_id
    if kind_of(folder) is not Kind.NOTHING:
        raise UsageError(
            f"{folder.relative_to(root)} はすでにあります。別のIDにするか、そのフォルダーを使ってください"
        )
    years = {"year": str(year), "first_year": str(int(year)), "last_year": str(int(_last_year(year)))}
    try:
        _write(folder, {"id": plan_id, "municipality": municipality, **years}, year)
    except OSError as error:
        raise WriteError(f"{folder.relative_to(root)} を作れません: {why_not_written(error)}") from error
    return folder


def _write(folder: Path, values: Mapping[str, str], year: FiscalYear) -> None:
    beside = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for template, name in _TEMPLATES.items():
            text = Template(files(__package__).joinpath("templates", template).read_text("utf-8"))
            (beside / name.format(year=year)).write_bytes(text.substitute(values).encode())
        beside.chmod(0o755)
        beside.rename(folder)
    except BaseException:
        rmtree(beside, ignore_errors=True)
        raise


def _last_year(year: FiscalYear) -> FiscalYear:
    try:
        return FiscalYear(int(year) + YEARS - 1)
    except FiscalYearError:
        raise UsageError(
            f"{year}から{YEARS}年間の計画は作れません（最後の{int(year) + YEARS - 1}年度が扱えません）。早い年度を指定してください"
        ) from None
