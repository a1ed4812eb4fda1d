"""Options and arguments that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from helpers.cli.terminal.command import ReadAsFiscalYear, go_quiet
from helpers.cli.terminal.completion import plan_ids, years
from helpers.cli.terminal.usage_errors import AtLeast

_Command = TypeVar("_Command", bound=Callable[..., int])

ROOT = click.option(
    "--root",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="プロジェクトのフォルダー（省略時: 環境変数 GYOKAKU_ROOT、または今の場所から上にたどって見つけます）",
)


def plan_option(default: str) -> Callable[[_Command], _Command]:
    """``--plan``, with what is true of a command where it is left out."""
    return click.option(
        "--plan", "plan_id", metavar="ID", shell_complete=plan_ids, help=f"計画のID（省略時: {default}）"
    )


PLAN = plan_option("data/raw にあるすべての計画")
OVERWRITE = click.option(
    "--overwrite",
    is_flag=True,
    help="同じ名前のファイルがあれば置き換えます（読むファイルと計画のデータは置き換えません）",
)
YEARS = click.argument("years", metavar="[YEAR]...", nargs=-1, type=ReadAsFiscalYear(), shell_complete=years)
QUIET = click.option(
    "--quiet",
    "-q",
    is_flag=True,
    expose_value=False,
    callback=go_quiet,
    help="うまくいったことは表示しません（誤りと注意だけを表示します）",
)
JOBS = click.option(
    "--jobs", metavar="N", type=AtLeast(1), help="並行して作る報告書の数（省略時: CPUのコア数）"
)
