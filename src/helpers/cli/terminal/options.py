"""Options and arguments of the commands."""

from __future__ import annotations

__all__ = [
    "ACCEPTED", "AS_JSON", "CLUSTER", "FORM", "JOBS", "OVERWRITE", "PLAN", "QUIET", "ROOT", "TLS", "WATCH", "YEARS",
    "complete_plan_ids", "complete_years", "complete_years_of_plans", "complete_years_or_files", "flag", "path", "plan", "year",
]  # fmt: skip

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import click
from click.shell_completion import CompletionItem

from helpers.cli.terminal.command import ReadAsFiscalYear, go_quiet
from helpers.cli.terminal.usage_errors import OneOf, WholeNumber
from helpers.errors import GyokakuError
from helpers.fiscal_year import FiscalYear

_Command = TypeVar("_Command", bound=Callable[..., int])


def complete_plan_ids(ctx: click.Context, option: click.Parameter, incomplete: str) -> list[str]:
    """The plans whose id begins so."""
    return [folder.name for folder in _plan_folders(ctx) if folder.name.startswith(incomplete)]


def complete_years(ctx: click.Context, option: click.Parameter, incomplete: str) -> list[str]:
    """The fiscal years that have a sheet, as H30 and R4, or as 2022 where that is begun."""
    from helpers.sheets.sheet_folder import SheetFolder

    return _written(ctx, incomplete, lambda folder: SheetFolder.look(folder).sheets)


def complete_years_of_plans(ctx: click.Context, option: click.Parameter, incomplete: str) -> list[str]:
    """The fiscal years of the plans, with a sheet or without, as ``complete_years`` writes them."""
    from helpers.plan.reading.plan_file import load_plan

    def years(folder: Path) -> Iterator[FiscalYear]:
        return (year for each in load_plan(folder).implementation_plans for year in each.period.years)

    return _written(ctx, incomplete, years)


def complete_years_or_files(
    ctx: click.Context, option: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The fiscal years that have a sheet; files and folders where none of them begins so."""
    years = [CompletionItem(way) for way in complete_years(ctx, option, incomplete)]
    return years or click.Path().shell_complete(ctx, option, incomplete)


def _plan_folders(ctx: click.Context) -> list[Path]:
    from helpers.project import chosen_root, find_plan_ids

    with suppress(GyokakuError):
        root = chosen_root(ctx.params.get("root"))
        return [root / "data" / "raw" / plan_id for plan_id in find_plan_ids(root)]
    return []


def _written(
    ctx: click.Context, incomplete: str, years_of: Callable[[Path], Iterable[FiscalYear]]
) -> list[str]:
    ways: set[str] = set()
    for folder in _plan_folders(ctx):
        with suppress(GyokakuError):  # a plan that cannot be read has no years to offer
            ways.update(way for year in years_of(folder) for way in (year.short, str(int(year))))
    return sorted(
        way for way in ways if way.startswith(incomplete.upper()) and (incomplete or way[0] in "HR")
    )


def plan(default: str) -> Callable[[_Command], _Command]:
    """``--plan``, with what is true of a command where it is left out."""
    return click.option(
        "--plan",
        "plan_id",
        metavar="ID",
        shell_complete=complete_plan_ids,
        help=f"計画のID（省略時: {default}）",
    )


def year(words: str) -> Callable[[_Command], _Command]:
    """``--year`` in any form, with what it says."""
    return click.option("--year", type=ReadAsFiscalYear(), metavar="YEAR", help=words)


def path(*names: str, metavar: str, words: str) -> Callable[[_Command], _Command]:
    """An option that names a file or a folder, which need not be there, with what it says."""
    return click.option(*names, metavar=metavar, type=click.Path(path_type=Path), help=words)


def flag(*names: str, words: str) -> Callable[[_Command], _Command]:
    """An option that is there or not, with what it says."""
    return click.option(*names, is_flag=True, help=words)


PLAN = plan("data/raw にあるすべての計画")
ROOT = path(
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
WATCH = flag(
    "--watch",
    words="状況調査・計画・ノートブックを保存するたびに作り直し、開いたページも新しくします（Ctrl-C で終わります）",
)
FORM = click.option(
    "--format",
    "form",
    type=OneOf(("text", "markdown", "html")),
    help="text、markdown（プルリクエストのコメント用）、html（PDFのページを左右に並べる）。省略時は -o の名前のとおり（.md、.html）、ほかは text",
)


def TLS(command: _Command) -> _Command:  # noqa: N802 - an option like the others
    """``--keys`` and ``--insecure``: how the network between computers is protected."""
    keys = path(
        "--keys",
        metavar="DIR",
        words="gyokaku cluster-keys で作ったフォルダー。tls:// のアドレスと一緒に使います",
    )
    insecure = flag(
        "--insecure",
        words="ほかのコンピューターの tcp:// のアドレスに、暗号化せずにつなぎます（ほかの誰もつなげないネットワークだけで）",
    )
    return keys(insecure(command))


AS_JSON = flag("--json", "as_json", words="結果を JSON で出力します")
OVERWRITE = flag(
    "--overwrite",
    words="同じ名前のファイルがあれば置き換えます（読むファイルと計画のデータは置き換えません）",
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
    "--jobs", metavar="N", type=WholeNumber(1), help="並行して作る報告書の数（省略時: CPUのコア数）"
)
