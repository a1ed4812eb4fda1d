"""``gyokaku verify --bundle``: a published folder against its manifest, and against what its data makes today."""

from __future__ import annotations

__all__ = ["run_verify_bundle"]

from pathlib import Path

from helpers.cli.terminal.screen import say
from helpers.errors import UsageError
from helpers.files.paths import Kind, kind_of
from helpers.pipeline.bundle_check import Bundle
from helpers.project import chosen_root, find_plan_ids, find_root


def run_verify_bundle(folder: Path, root: Path | None) -> int:
    """Check, print, and return the exit code: 1 where anything is not as it was published.

    ``root``: the project with the data; None for the one around the working directory, if there is one.

    Raises:
        UsageError: there is no such folder.
        DataError: the folder is no report.
    """
    if (kind := kind_of(folder)) is Kind.NOTHING:
        raise UsageError(f"--bundle のフォルダー {folder} がありません。報告書のフォルダーを指定してください")
    if kind is not Kind.FOLDER:
        raise UsageError(
            f"--bundle の {folder} はフォルダーではありません。報告書のフォルダーを指定してください"
        )
    bundle = Bundle.read(folder)
    target = bundle.manifest.target
    if problems := bundle.problems():
        return _refuse(f"{target}: 公開したときの内容と違います", problems)
    say(
        f"{target}: {len(bundle.files)}ファイルが manifest.json の記録と一致し、HTML と PDF の表も一致しました"
    )
    project = chosen_root(root) if root else _project_with(target.plan_id)
    if project is None:
        say("もとのデータがここにないため、作り直しての照合はしていません（--root で指定できます）")
        return 0
    if problems := bundle.data_problems(project):
        return _refuse(f"{target}: 同じデータとソフトウェアでないため、作り直して比べられません", problems)
    if problems := bundle.rebuilt_problems(project):
        return _refuse(f"{target}: 作り直すと、違うものになります", problems)
    say(f"{target}: 作り直した{len(bundle.files) + 1}ファイルも、1バイトも違いません")
    return 0


def _project_with(plan_id: str) -> Path | None:
    try:
        root = find_root()
    except UsageError:
        return None
    return root if plan_id in find_plan_ids(root) else None


def _refuse(verdict: str, problems: list[str]) -> int:
    say("\n  ".join([verdict, *problems]), err=True)
    return 1
