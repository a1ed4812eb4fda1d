"""Options and arguments that several commands take."""

from __future__ import annotations

__all__ = [
    "ACCEPTED", "AS_JSON", "CLUSTER", "DAYS", "EARLIER", "FORM", "JOBS", "MARK_UP", "OVERWRITE", "PLAN", "QUIET",
    "ROOT", "TEMPLATE", "TLS", "WATCH", "YEARS", "complete_plan_ids", "complete_years", "path_option", "plan_option", "year_option",
]  # fmt: skip

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import click

from helpers.cli.terminal.command import ReadAsFiscalYear, go_quiet
from helpers.cli.terminal.usage_errors import AtLeast, OneOf
from helpers.errors import GyokakuError

_Command = TypeVar("_Command", bound=Callable[..., int])


def complete_plan_ids(ctx: click.Context, option: click.Parameter, incomplete: str) -> list[str]:
    """The plans whose id begins so."""
    return [plan_id for plan_id, _ in _sheets(ctx) if plan_id.startswith(incomplete)]


def complete_years(ctx: click.Context, option: click.Parameter, incomplete: str) -> list[str]:
    """The fiscal years that have a sheet, as R4 or 2022, whichever is begun."""
    written = {way for _, of_plan in _sheets(ctx) for way in of_plan}
    return sorted(way for way in written if way.startswith(incomplete.upper() or "R"))


def _sheets(ctx: click.Context) -> Iterator[tuple[str, list[str]]]:
    from helpers.project import chosen_root, find_plan_ids
    from helpers.sheets.sheet_folder import SheetFolder

    try:
        root = chosen_root(ctx.params.get("root"))
        for plan_id in find_plan_ids(root):
            sheets = SheetFolder.look(root / "data" / "raw" / plan_id).sheets
            yield plan_id, [way for year in sheets for way in (year.short, str(int(year)))]
    except GyokakuError:
        return


def plan_option(default: str) -> Callable[[_Command], _Command]:
    """``--plan``, with what is true of a command where it is left out."""
    return click.option(
        "--plan",
        "plan_id",
        metavar="ID",
        shell_complete=complete_plan_ids,
        help=f"計画のID（省略時: {default}）",
    )


def year_option(words: str) -> Callable[[_Command], _Command]:
    """``--year`` in any form, with what it says."""
    return click.option("--year", type=ReadAsFiscalYear(), metavar="YEAR", help=words)


def path_option(*names: str, metavar: str, words: str) -> Callable[[_Command], _Command]:
    """An option that names a file or a folder, which need not be there, with what it says."""
    return click.option(*names, metavar=metavar, type=click.Path(path_type=Path), help=words)


PLAN = plan_option("data/raw にあるすべての計画")
ROOT = path_option(
    "--root",
    metavar="DIR",
    words="プロジェクトのフォルダー（省略時: 環境変数 GYOKAKU_ROOT、または今の場所から上にたどって見つけます）",
)
CLUSTER = click.option(
    "--cluster",
    metavar="ADDRESS",
    help="ほかのコンピューターで作ります。Dask のスケジューラーのアドレス（tcp://… か tls://…）。くわしくは docs/cluster.md",
)
ACCEPTED = click.option(
    "--accept-differences",
    "accepted",
    metavar="理由",
    help="公表値と違う数値があっても公開します。理由は報告書に載ります（省略時: 違いがあれば作りません）",
)
WATCH = click.option(
    "--watch",
    is_flag=True,
    help="状況調査・計画・ノートブックを保存するたびに作り直し、開いたページも新しくします（Ctrl-C で終わります）",
)
FORM = click.option(
    "--format",
    "form",
    type=OneOf(("text", "markdown", "html")),
    help="text、markdown（プルリクエストのコメント用）、html（PDFのページを左右に並べる）。省略時は -o の名前のとおり（.md、.html）、ほかは text",
)
DAYS = click.option(
    "--days", type=click.IntRange(1, 3650), default=365, help="使える日数（既定: 365）", metavar="N"
)


def TLS(command: _Command) -> _Command:  # noqa: N802 - an option like the others
    """``--keys`` and ``--insecure``: how the network between computers is protected."""
    keys = path_option(
        "--keys",
        metavar="DIR",
        words="gyokaku cluster-keys で作ったフォルダー。tls:// のアドレスと一緒に使います",
    )
    insecure = click.option(
        "--insecure",
        is_flag=True,
        help="ほかのコンピューターの tcp:// のアドレスに、暗号化せずにつなぎます（ほかの誰もつなげないネットワークだけで）",
    )
    return keys(insecure(command))


AS_JSON = click.option("--json", "as_json", is_flag=True, help="結果を JSON で出力します")
OVERWRITE = click.option(
    "--overwrite",
    is_flag=True,
    help="同じ名前のファイルがあれば置き換えます（読むファイルと計画のデータは置き換えません）",
)
MARK_UP = path_option(
    "--mark-up",
    "marked",
    metavar="OUT.xlsx",
    words="直すところに色とコメントを付けた写しを作ります（FILE は一つだけ）",
)
TEMPLATE = click.option(
    "--template",
    is_flag=True,
    help="照合せずに、YEAR の公表値を書き写すための表を data/raw/<計画>/published/ に作ります（あるファイルは書き換えません）",
)
EARLIER = path_option(
    "--from",
    "earlier",
    metavar="HTML",
    words="--template の表を、公表した報告書（report.html）の値で埋めます。訂正した報告書が何を訂正したかを示すために使います",
)
YEARS = click.argument(
    "years", metavar="[YEAR]...", nargs=-1, type=ReadAsFiscalYear(), shell_complete=complete_years
)
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
