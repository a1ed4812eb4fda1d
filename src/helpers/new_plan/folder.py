"""Make the folder from the templates beside this file."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from shutil import rmtree
from string import Template
from tempfile import mkdtemp

from helpers.errors import UsageError
from helpers.fiscal_year import FiscalYear

PLAN_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_NAME = re.compile(r"\w{1,40}")
YEARS = 5
_TEMPLATES = {"plan.toml": "plan.toml", "items.csv": "items.csv", "sheet.csv": "{year.short}.csv"}


def create_plan(root: Path, plan_id: str, municipality: str, year: FiscalYear) -> Path:
    """Make ``data/raw/<plan_id>/`` with plan.toml, items.csv and the sheet of ``year``, the plan's first.

    The folder appears whole or not at all, and an existing one is never touched.

    Raises:
        UsageError: the id cannot be a folder's name, or there is such a folder already.
    """
    if not PLAN_ID.fullmatch(plan_id):
        raise UsageError(
            f"「{plan_id}」は計画のIDに使えません。英小文字・数字・-・_ で書いてください（例: yamaguchi）"
        )
    if not _NAME.fullmatch(municipality):
        raise UsageError(
            f"「{municipality}」は自治体名に使えません。記号や改行のない名前にしてください（例: 山口市）"
        )
    folder = root / "data" / "raw" / plan_id
    if folder.exists():
        raise UsageError(
            f"{folder.relative_to(root)} はすでにあります。別のIDにするか、そのフォルダーを使ってください"
        )
    values = {
        "id": plan_id,
        "municipality": municipality,
        "first_year": str(int(year)),
        "last_year": str(int(year) + YEARS - 1),
        "year": str(year),
    }
    beside = Path(mkdtemp(prefix=f".{plan_id}-", dir=folder.parent))
    try:
        for template, name in _TEMPLATES.items():
            text = Template(files(__package__).joinpath("templates", template).read_text(encoding="utf-8"))
            (beside / name.format(year=year)).write_text(
                text.substitute(values), encoding="utf-8", newline="\n"
            )
        beside.chmod(0o755)
        beside.rename(folder)
    except BaseException:
        rmtree(beside, ignore_errors=True)
        raise
    return folder
