"""The project folder, where ``data/raw`` and ``notebooks`` lie, its plans, and where their reports go."""

from __future__ import annotations

__all__ = [
    "ROOT_VARIABLE", "Target", "checked_plan_id", "checked_root", "chosen_plan_ids", "chosen_root",
    "find_plan_ids", "find_root", "home_of_sheet", "plan_folder_of", "reports_around",
    "root_for_new_plan", "sole_plan_id",
]  # fmt: skip

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from helpers.errors import DataError, UsageError
from helpers.files.paths import Kind, kind_of, real_path, why_not_read
from helpers.fiscal_year import FiscalYear, year_or_none


@dataclass(frozen=True, order=True)
class Target:
    """The target of a build: one report, of one plan and one fiscal year."""

    plan_id: str
    year: FiscalYear

    @property
    def folder(self) -> PurePosixPath:
        """Where the report is published, relative to the project: 'reports/yamaguchi/2022'."""
        return PurePosixPath("reports", self.plan_id, str(self.year.western))

    @property
    def processed(self) -> PurePosixPath:
        """The tidy frame of the year, relative to the project: 'data/processed/yamaguchi/2022.csv'."""
        return PurePosixPath("data", "processed", self.plan_id, f"{self.year.western}.csv")

    @property
    def parameters(self) -> dict[str, str | int]:
        """The parameters of both notebooks."""
        return {"plan": self.plan_id, "year": self.year.western}

    def __str__(self) -> str:
        return f"{self.plan_id} {self.year}"


ROOT_VARIABLE = "GYOKAKU_ROOT"


def find_root(start: Path | str | None = None) -> Path:
    """Find the project folder.

    Without ``start`` the environment variable ``GYOKAKU_ROOT`` decides if it is set (a build sets it for its
    kernels); otherwise the nearest folder upwards from ``start``, or from the working directory, that holds
    ``data/raw`` and ``notebooks``.

    Raises:
        UsageError: there is no such folder.
    """
    if start is None and (named := os.environ.get(ROOT_VARIABLE)):
        return checked_root(Path(named), f"環境変数 {ROOT_VARIABLE}")
    start = Path.cwd() if start is None else Path(start).resolve()
    for folder in (start, *start.parents):
        if _is_root(folder):
            return folder
    raise UsageError(
        f"{start} とその上には、data/raw と notebooks のあるフォルダーがありません。コマンドの後に --root を付けて（ノートブックでは環境変数 {ROOT_VARIABLE} で）指定してください"
    )


def checked_root(folder: Path, said_by: str) -> Path:
    """``folder`` as an absolute path, if it is a project folder.

    Raises:
        UsageError: it holds no ``data/raw``, or no ``notebooks``.
    """
    if not _is_root(folder):
        raise UsageError(f"{said_by}で指定された {folder} には、data/raw と notebooks がありません")
    return folder.resolve()


def chosen_root(named: Path | None) -> Path:
    """The project folder that ``--root`` names, or without that option the folder of ``find_root``.

    Raises:
        UsageError: that is no project folder, or there is none.
    """
    return find_root() if named is None else checked_root(named, "--root ")


def root_for_new_plan(named: Path | None) -> Path:
    """The project folder for a first plan: ``data/raw`` need not be there yet, as git keeps no empty folders.

    Raises:
        UsageError: there is no folder with ``notebooks``.
    """
    if named is None and os.environ.get(ROOT_VARIABLE):
        named = Path(os.environ[ROOT_VARIABLE])
    start = Path.cwd() if named is None else named
    folders = (start, *start.parents) if named is None else (start,)
    for is_root in (_is_root, _has_notebooks):
        if (root := next(filter(is_root, folders), None)) is not None:
            return root.resolve()
    return chosen_root(named)


def find_plan_ids(root: Path) -> tuple[str, ...]:
    """The ids of the plans in ``data/raw``, sorted: every folder that holds a ``plan.toml``.

    A hidden folder is no plan: ``init`` writes a new plan in a hidden folder before it renames it.

    Raises:
        DataError: ``data/raw`` cannot be read.
    """
    raw = root / "data" / "raw"
    try:
        names = [folder.name for folder in raw.iterdir()] if raw.is_dir() else []
    except OSError as error:
        raise DataError(f"{raw}: {'。'.join(why_not_read(error))}") from error
    return tuple(sorted(name for name in names if not name.startswith(".") and _has_plan(raw / name)))


def plan_folder_of(file: Path) -> Path | None:
    """The plan's folder that holds a file, links resolved; None where no plan's folder does."""
    folder = real_path(file).parent
    return folder if _has_plan(folder) else None


def home_of_sheet(file: Path) -> Path | None:
    """The plan's folder that holds a sheet, or the year's folder that holds a part of one; None where neither does."""
    parents = real_path(file).parents
    homes = (
        [parents[0], *(folder.parent for folder in parents if year_or_none(folder.name))] if parents else []
    )
    return next((folder for folder in homes if _has_plan(folder)), None)


def reports_around(file: Path) -> Path | None:
    """The project's folder of reports that holds a file, links resolved; None where none does."""
    parents = real_path(file).parents
    return next((folder for folder in parents if folder.name == "reports" and _is_root(folder.parent)), None)


def _is_plan(raw: Path, name: str) -> bool:
    """Whether there is a plan of exactly this name, without reading the others as ``find_plan_ids`` does."""
    try:
        is_listed = any(entry.name == name for entry in raw.iterdir())
        return is_listed and not name.startswith(".") and _has_plan(raw / name)
    except OSError:
        return False


def _has_plan(folder: Path) -> bool:
    """Whether a folder has a ``plan.toml``; true also where it is misnamed or cannot be read: reading says what is wrong."""
    try:
        (folder / "plan.toml").lstat()
    except NotADirectoryError:
        return False
    except FileNotFoundError:  # Plan.toml, or plan.toml.txt as a text editor saves it
        return folder.is_dir() and any(
            entry.name.lower().startswith("plan.toml") for entry in folder.iterdir()
        )
    except OSError:
        return True
    return True


def checked_plan_id(root: Path, plan_id: str) -> str:
    """``plan_id``, if there is such a plan.

    Raises:
        UsageError: there is no such plan; the message lists the existing ones.
    """
    if not _is_plan(root / "data" / "raw", plan_id):
        known = find_plan_ids(root)
        from difflib import get_close_matches

        nearest = get_close_matches(plan_id, known, n=1, cutoff=0.4)
        hint = f"。近い名前: {nearest[0]}" if nearest else ""
        raise UsageError(f"「{plan_id}」という計画はありません（計画: {'、'.join(known) or 'なし'}）{hint}")
    return plan_id


def chosen_plan_ids(root: Path, plan_id: str | None = None) -> tuple[str, ...]:
    """The plan that was asked for, or all plans.

    Raises:
        UsageError: there is no such plan.
        DataError: there is no plan at all.
    """
    known = find_plan_ids(root)
    if not known:
        raise DataError("計画がありません。data/raw/<計画>/ に plan.toml と items.csv を置いてください")
    return known if plan_id is None else (checked_plan_id(root, plan_id),)


def sole_plan_id(root: Path, plan_id: str | None = None) -> str:
    """The plan that was asked for, or the only one.

    Raises:
        UsageError: there is no such plan, or there are several and none was asked for.
        DataError: there is no plan at all.
    """
    ids = chosen_plan_ids(root, plan_id)
    if len(ids) > 1:
        raise UsageError(
            f"計画が{len(ids)}件あります（{'、'.join(ids)}）。どの計画か、--plan で指定してください"
        )
    return ids[0]


def _has_notebooks(folder: Path) -> bool:
    return kind_of(folder / "notebooks" / "annual_report.ipynb") is Kind.FILE


def _is_root(folder: Path) -> bool:
    return all(kind_of(folder / part) is Kind.FOLDER for part in ("data/raw", "notebooks"))
