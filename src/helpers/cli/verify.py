"""``gyokaku verify``: every published figure against ours, cell by cell; or a published folder against its manifest."""

from __future__ import annotations

__all__ = ["result_lines", "run_verify", "verdict"]

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING

from helpers.cli.build_command import COMPARED_LESS
from helpers.cli.terminal.screen import remark, say
from helpers.errors import DataError, GyokakuError, UsageError
from helpers.files.paths import Kind, kind_of
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity.manifest import NAME, Manifest
from helpers.pipeline.reports import chosen_targets
from helpers.plan.reading.published_folder import ERRATA, accepted_reason
from helpers.project import chosen_root, find_plan_ids, find_root

if TYPE_CHECKING:
    from helpers.history.history import History
    from helpers.report.published.difference import Reconciliation


def run_verify(
    root: Path | None,
    years: Sequence[FiscalYear],
    plan_id: str | None,
    bundle: Path | None,
    template: bool = False,
    earlier: Path | None = None,
) -> int:
    """Compare, print, and return the exit code: 1 on any difference that is neither recorded nor accepted, or a bad plan.

    Raises:
        UsageError: a bundle, which has a plan and a year of its own, and years or a plan are named.
        DataError: there is nothing to compare.
    """
    if template:
        from helpers.cli.template import run_template

        if bundle is not None:
            raise UsageError("--template は、--bundle と一緒には使えません")
        return run_template(root, years, plan_id, earlier)
    if earlier is not None:
        raise UsageError("--from は、--template と一緒に使います")
    if bundle is not None:
        if years or plan_id is not None:
            raise UsageError("--bundle は、YEAR や --plan と一緒には使えません")
        return _verify_bundle(bundle, root)
    project = chosen_root(root)
    chosen = chosen_targets(project, plan_id, years)
    for problem in chosen.problems:
        say(str(problem), err=True)
    is_good, compared = not chosen.problems, 0
    for target in chosen.targets:
        try:
            history: History | None = None
            reconciliation: Reconciliation | None = None  # no sheet is read for nothing
            if years or target.year in chosen.published[target.plan_id]:
                from helpers.history.opening import load_history  # with pandas, for a comparison alone
                from helpers.report.register import reconcile

                history = load_history(target.plan_id, target.year, project)
                reconciliation = reconcile(history)
        except GyokakuError as error:
            say(f"{target}: 照合できません\n{indent(str(error), '  ')}", err=True)
            is_good = False
            continue
        before = Manifest.read(project / target.folder / NAME)
        compared_now = reconciliation.compared if reconciliation else {}
        if before and (less := before.summary.compared_less(compared_now)):
            say(f"{target}: {COMPARED_LESS.format(less)}", fg="yellow")
        if reconciliation is None or not reconciliation.has_published:
            folder = f"data/raw/{target.plan_id}/published/{target.year.western}/"
            (say if years else remark)(f"{target}: 公表値なし（{folder} に表がありません）")
            # Asked for by name, "nothing to compare" is not "all is well".
            is_good = is_good and not years
            continue
        compared += 1
        reason = _accepted(project / "data" / "raw" / target.plan_id, target.year)
        is_good = is_good and (reconciliation.ok or bool(reason))
        tell = remark if reconciliation.ok else say
        tell(f"{target}: {verdict(reconciliation)}")
        for line in result_lines(reconciliation):
            tell(line)
        for table in _without_file(history, reconciliation) if history else ():
            say(f"  照合なし {table}（published/{target.year.western}/ に {table}.csv がありません）")
        if reason and reconciliation.ok:
            say(
                f"{target}: 違いはなくなりました。{ERRATA} の accept_differences を消してください",
                fg="yellow",
            )
        elif reason:
            say(f"  違いを承知で公開します。理由: {reason}")
    if not compared and is_good:
        raise DataError("公表値のある年度がないため、照合していません")
    return 0 if is_good else 1


def _without_file(history: History, reconciliation: Reconciliation) -> Iterator[str]:
    """The tables that every such report has, and that were not typed from the document: said each time."""
    from helpers.report.register import REGISTER

    for entry in REGISTER:
        if entry.is_demanded(history) and entry.id not in reconciliation.compared:
            yield entry.id


def _accepted(plan: Path, year: FiscalYear) -> str:
    """Why the plan's data accept differences in a year; "" where they do not."""
    file = plan / "published" / str(int(year)) / ERRATA
    return accepted_reason(file, file.read_text(encoding="utf-8-sig")) if file.is_file() else ""


def verdict(reconciliation: Reconciliation) -> str:
    """The whole report in one line: '356/356 一致'."""
    errata = sum(table.errata for table in reconciliation.tables)
    apart = f"、記録済みの正誤 {errata}" if errata else ""
    apart += f"、訂正 {len(reconciliation.corrected)}" if reconciliation.corrected else ""
    differing = f"、不一致 {len(reconciliation.unrecorded)}" if not reconciliation.ok else ""
    return f"{reconciliation.matches}/{reconciliation.total} 一致{apart}{differing}"


def result_lines(reconciliation: Reconciliation) -> Iterable[str]:
    """A line per table with its matches and cells, then a line per difference with both values."""
    for table in reconciliation.tables:
        apart = f"（正誤 {table.errata}）" if table.errata else ""
        yield f"  {table.table}: {table.matches}/{table.compared}{apart}  {table.caption}"
    yield from (
        f"  照合なし {each.shown}（{where}{'列' if each.column else '行' if each.row else '表'}）: {each.reason}"
        for where, entries in (
            ("公表資料にない", reconciliation.unprinted),
            ("公表資料だけにある", reconciliation.printed_only),
        )
        for each in entries
    )
    yield from (f"  不一致 {difference}" for difference in reconciliation.unrecorded)
    yield from (f"  訂正 {difference}" for difference in reconciliation.corrected)
    for erratum in reconciliation.errata:
        recorded = (each for each in reconciliation.differences if each.erratum == erratum)
        yield from (f"  正誤 {difference}" for difference in recorded)
        yield f"       理由: {erratum.full_reason}"


def _verify_bundle(folder: Path, root: Path | None) -> int:
    """Check, print, and return the exit code: 1 where anything is not as it was published.

    ``root``: the project with the data; None for the one around the working directory, if there is one.

    Raises:
        UsageError: there is no such folder.
        DataError: the folder is no report.
    """
    from helpers.pipeline.bundle_check import Bundle  # with what makes reports, for this alone

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
