"""``gyokaku doctor``: check the requirements for making reports on this computer, each with a remedy."""

from __future__ import annotations

__all__ = ["Result", "run_doctor"]

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.cli.terminal.screen import say
from helpers.errors import DataError, GyokakuError
from helpers.files.paths import why_not_written
from helpers.project import chosen_root, find_plan_ids

_SAMPLE = "令和4年度 実施状況 △1 ①髙﨑"
# Bytes on the disk: a report takes some three millions, its kernels' files some more.
_SMALLEST_ROOM = 200 << 20
_REQUIRED = (3, 11)
# Every package of the base installation that a report is made with, by the name that it is imported by.
_PACKAGES = (
    "pandas", "matplotlib", "seaborn", "papermill", "nbconvert", "typst", "xlrd", "xlsxwriter", "lxml",
)  # fmt: skip


@dataclass(frozen=True)
class Result:
    """The result of a check; ``remedy`` is "" where nothing is wrong."""

    seen: str
    remedy: str = ""


def run_doctor(root: Path | None) -> int:
    """Print a line a check, with the remedy below it where something is wrong; 1 where anything is."""
    are_good = True
    for name, check in _checks(root):
        result = _checked(check)
        say(f"{'不良' if result.remedy else '良好'}  {name}: {result.seen}")
        if result.remedy:
            are_good = False
            say(f"      直し方: {result.remedy}")
    say(
        "報告書を作れます"
        if are_good
        else "上の「不良」を直してから、もう一度 gyokaku doctor を実行してください"
    )
    return 0 if are_good else 1


def _checks(root: Path | None) -> Iterator[tuple[str, Callable[[], Result]]]:
    yield "Python", _python
    yield "パッケージ", _packages
    yield "書体", _font
    yield "文字コード", _code_page
    yield "プロジェクト", lambda: _project(root)
    yield "書き込み", lambda: _writing(root)
    yield "一時フォルダー", _temporary_folder
    yield "カーネル", _kernel


def _checked(check: Callable[[], Result]) -> Result:
    try:
        return check()
    except GyokakuError as error:
        return Result(" ".join(str(error).split()), "上の内容を確かめてください")
    except Exception as error:
        # A broken installation may raise any exception.
        seen = f"{type(error).__name__}: {error}"
        return Result(
            " ".join(seen.split())[:200],
            "make setup（Windows では README.ja.md の pip install）をもう一度実行してください",
        )


def _python() -> Result:
    seen = f"{platform.python_version()}（{platform.system()}、{sys.prefix}）"
    if sys.version_info < _REQUIRED:
        return Result(seen, "Python 3.11 以上を入れて、make report をもう一度実行してください")
    return Result(seen)


def _packages() -> Result:
    from importlib import import_module

    missing = []
    for name in _PACKAGES:
        try:
            import_module(name)
        except ImportError:
            missing.append(name)
    if missing:
        return Result(f"読み込めません（{'、'.join(missing)}）", "make setup をもう一度実行してください")
    return Result(f"{len(_PACKAGES)}個を読み込めました")


def _font() -> Result:
    from helpers.text.fonts import FAMILY, demand_glyphs, font_paths

    missing = [path.name for path in font_paths() if not path.is_file()]
    if missing:
        return Result(
            f"{FAMILY} のファイルがありません（{'、'.join(missing)}）",
            "make setup をもう一度実行してください",
        )
    demand_glyphs(_SAMPLE)
    return Result(FAMILY)


def _code_page() -> Result:
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    if encoding.lower() in ("ascii", "us-ascii", "ansi_x3.4-1968"):
        encoding = "utf-8"  # click takes such a terminal for one that is not set up, and writes UTF-8
    try:
        _SAMPLE.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        how = "コマンドプロンプトなら chcp 65001" if os.name == "nt" else "LANG=ja_JP.UTF-8 か C.UTF-8"
        return Result(
            f"{encoding} では日本語を表示できません",
            f"環境変数 PYTHONUTF8=1 を付けるか、{how} としてください",
        )
    return Result(encoding)


def _project(root: Path | None) -> Result:
    project = chosen_root(root)
    plans = find_plan_ids(project)
    if not plans:
        raise DataError(f"{project} に計画がありません。gyokaku init 計画のID で始められます")
    return Result(f"{project}（計画: {'、'.join(plans)}）")


def _writing(root: Path | None) -> Result:
    project = chosen_root(root)
    for folder in (project / "reports", project / "data" / "processed"):
        problem = _why_not_writable(folder)
        if problem:
            return Result(f"{folder} に書き込めません", problem)
    return Result("reports と data/processed に書き込めます")


def _why_not_writable(folder: Path) -> str:
    """Why nothing can be written in a folder, or its parent where it is not there yet; "" where it can."""
    folder = folder if folder.exists() else folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as error:
        return f"{why_not_written(error)}（{folder} の権限を確かめてください）"
    return ""


def _temporary_folder() -> Result:
    import shutil

    named = next(
        (f"{name}={os.environ[name]}" for name in ("TMPDIR", "TEMP", "TMP") if os.environ.get(name)), ""
    )
    folder = Path(tempfile.gettempdir())
    shown = f"{folder}（{named}）" if named and Path(named.partition("=")[2]) != folder else str(folder)
    if problem := _why_not_writable(folder):
        return Result(f"{shown} に書き込めません", f"環境変数 TMPDIR で別の場所を指定してください。{problem}")
    if (free := shutil.disk_usage(folder).free) < _SMALLEST_ROOM:
        return Result(
            f"{shown} の空きが{free >> 20} MB しかありません", f"{_SMALLEST_ROOM >> 20} MB 以上空けてください"
        )
    return Result(shown)


def _kernel() -> Result:
    from helpers.pipeline.notebooks.trial import run_trial

    try:
        run_trial()
    except GyokakuError as error:
        return Result(
            " ".join(str(error).split()),
            "ほかの項目が良好なら、セキュリティソフトがローカルの通信（127.0.0.1）を止めていないかを確かめてください",
        )
    return Result("ノートブックを実行できました")
