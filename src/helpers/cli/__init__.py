"""The command ``gyokaku``.

Only click is imported here: `gyokaku --help` must not wait for pandas, and each command imports what it uses. The options
of a command are the parameters of its function ``run_…``, which returns the exit code.
"""

from __future__ import annotations

__all__ = [
    "build", "check", "cluster_keys", "diff", "doctor", "init", "main", "sheet", "verify", "worker", "years",
]  # fmt: skip

from pathlib import Path
from typing import Any

import click

from helpers.cli.terminal import options as option
from helpers.cli.terminal.command import Group, ReadAsFiscalYear, show_version
from helpers.cli.terminal.usage_errors import WholeNumber


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@option.QUIET
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=show_version, help="版を表示します"
)
def main() -> None:
    """行政改革の状況調査から、年度ごとの報告書（HTML・PDF）を作ります。

    YEAR は 2022、R4、令和4年度 のどの書き方でもかまいません。くわしい説明は gyokaku コマンド --help で表示します。
    """


@main.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@option.plan("FILE を置いたフォルダーの計画。そこが計画のフォルダーでなければ、data/raw のただ一つの計画")
@option.ROOT
@option.year("状況調査の年度（省略時: 表の題名かファイル名から）")
@option.AS_JSON
@option.path(
    "--mark-up",
    "marked",
    metavar="OUT.xlsx",
    words="直すところに色とコメントを付けた写しを作ります（FILE は一つだけ）",
)
@option.OVERWRITE
@option.QUIET
def check(**options: Any) -> int:
    """状況調査を調べて、直すところをすべて表示します。

    誤りがあれば、終了コード1で終わります。注意だけなら0です。
    """
    from helpers.cli.check import run_check

    return run_check(**options)


@main.command()
@option.YEARS
@option.PLAN
@option.ROOT
@option.flag("--force", words="最新の報告書も作り直します")
@option.flag("--why", words="報告書ごとに、作った理由または省いた理由を表示します")
@option.JOBS
@option.CLUSTER
@option.TLS
@option.ACCEPTED
@option.WATCH
@option.QUIET
def build(**options: Any) -> int:
    """報告書を作ります（省略時: 状況調査のあるすべての年度）。

    どれかの年度が作れなくても、ほかの年度は作ります。作れなかった年度は、前の報告書をそのまま残します。
    """
    from helpers.cli.build_command import run_build

    return run_build(**options)


@main.command()
@option.YEARS
@option.PLAN
@option.ROOT
@option.path(
    "--bundle",
    metavar="DIR",
    words="報告書のフォルダーを manifest.json と照合し、データがあれば作り直して比べます",
)
@option.flag(
    "--template",
    words="照合せずに、YEAR の公表値を書き写すための表を data/raw/<計画>/published/ に作ります（あるファイルは書き換えません）",
)
@option.path(
    "--from",
    "earlier",
    metavar="HTML",
    words="--template の表を、公表した報告書（report.html）の値で埋めます。訂正した報告書が何を訂正したかを示すために使います",
)
@option.QUIET
def verify(**options: Any) -> int:
    """公表資料の数値と照合します（省略時: 公表値のある年度）。

    記録済みの正誤のほかに違いがあれば、終了コード1で終わります。
    """
    from helpers.cli.verify import run_verify

    return run_verify(**options)


@main.command()
@click.argument("before", metavar="A", shell_complete=option.complete_years_or_files)
@click.argument("after", metavar="B", shell_complete=option.complete_years_or_files)
@option.plan(
    "状況調査では、それを置いたフォルダーの計画か、data/raw のただ一つの計画。git の版では、すべての計画"
)
@option.ROOT
@option.year("年度（状況調査や git の版を比べるとき）")
@option.FORM
@option.path("--output", "-o", metavar="FILE", words="画面の代わりにファイルへ書きます")
@option.OVERWRITE
def diff(**options: Any) -> int:
    """二つの報告書、状況調査、またはデータの git の版を比べます。

    AとBは、次のどれかで、同じ種類のものにします。報告書のフォルダー（reports/yamaguchi/2022）、その上のフォルダー（reports）、
    状況調査のファイルか年度（2021とR4）、gitの版（mainとHEAD）。gitの版では、作業中の変更は見ません。

    終了コードは diff と同じです。0: 同じ（何も表示しません）、1: 違いがある、2: 比べられない。
    作成日時やソフトウェアの版だけの違いは、違いに数えません。
    """
    from helpers.cli.diff import run_diff

    return run_diff(**options)


@main.command()
@option.PLAN
@option.ROOT
@option.AS_JSON
def years(**options: Any) -> int:
    """計画と年度の一覧と、それぞれの資料の有無を表示します。

    計画が一つのとき、または --plan を付けると、状況調査も読み、合計のみ、導出、状況調査のない年度、誤りのある年度も示します。
    """
    from helpers.cli.years import run_years

    return run_years(**options)


@main.command()
@click.argument(
    "year", metavar="YEAR", type=ReadAsFiscalYear(), shell_complete=option.complete_years_of_plans
)
@option.path(
    "--output",
    "-o",
    metavar="FILE",
    words="作るファイル（省略時: プロジェクトの outgoing/状況調査_計画のID_R5.xlsx など）",
)
@option.path(
    "--by-department",
    metavar="DIR",
    words="課ごとの調査票を、課の名前のファイルとして DIR に作ります（所管課は前年度の状況調査から）",
)
@option.plan("data/raw のただ一つの計画。計画が二つ以上あれば、省けません")
@option.ROOT
@option.OVERWRITE
@option.QUIET
def sheet(**options: Any) -> int:
    """各課に配る空の調査票（xlsx）を作ります。

    その年度の推進項目と前年度の状況が入り、実施状況は選択式です。記入して戻った表は、そのまま読めます。
    二つ以上の課の項目は、最初の課（または「（主）」の付いた課）の調査票に入り、ほかの課には参考として一覧を付けます。
    課の名前が変わったときは、plan.toml の [departments] に書いてください。
    """
    from helpers.cli.sheet import run_sheet

    return run_sheet(**options)


@main.command()
@click.argument("plan_id", metavar="ID")
@option.path(
    "--from",
    "sheet",
    metavar="SHEET",
    words="手元の状況調査（ファイルか、各課のファイルのフォルダー）から、設定と推進項目の一覧を作ります（省略時: 書き方の例）",
)
@click.option(
    "--column",
    "columns",
    metavar="列=見出し",
    multiple=True,
    help="--from の表での列見出し（例: 実施状況=達成度）。名前や内容で分かる列には要りません。何度でも書けます",
)
@click.option("--municipality", metavar="NAME", help="自治体名（省略時: 表題から。なければ 〇〇市）")
@option.year("最初の年度（省略時: 今年度。--from では、表題か名前から）")
@option.ROOT
@option.QUIET
def init(**options: Any) -> int:
    """新しい計画のフォルダーを data/raw に作ります。

    説明付きの設定、項目、最初の状況調査の例が入り、そのまま報告書を作れます。
    --from を付けると、手元の状況調査から基本方針、実施状況の区分、推進項目を取り出します。表から分からないことは「要確認」と
    記して一覧を表示します。何も上書きしません。
    """
    from helpers.cli.init import run_init

    return run_init(**options)


@main.command()
@option.ROOT
def doctor(**options: Any) -> int:
    """このコンピューターで報告書を作れるかを確かめます。

    Python、書体、カーネル、書き込み、文字コードなどを調べます。直すところがあれば直し方を表示し、終了コード1で終わります。
    """
    from helpers.cli.doctor import run_doctor

    return run_doctor(**options)


@main.command()
@click.argument("address", metavar="ADDRESS")
@option.JOBS
@option.TLS
def worker(**options: Any) -> int:
    """このコンピューターを、クラスターのワーカーにします。

    gyokaku build --cluster が分ける報告書を作ります。ADDRESS は、Dask のスケジューラーのアドレス（tcp://… か tls://…）です。Ctrl-C で終わります。くわしくは docs/cluster.md。
    """
    from helpers.cli.worker import run_worker

    return run_worker(**options)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--days", type=WholeNumber(1, 3650), default=365, metavar="N", help="使える日数（省略時: 365）")
@option.QUIET
def cluster_keys(**options: Any) -> int:
    """クラスターの通信を暗号化する証明書を作ります。

    フォルダー DIR に作り、何も上書きしません。くわしくは docs/cluster.md。
    """
    from helpers.cli.worker import run_cluster_keys

    return run_cluster_keys(**options)
