"""``gyokaku init``: a new plan's folder, from the templates or from a sheet in hand."""

from __future__ import annotations

__all__ = ["run_init"]

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.cli.terminal.screen import say
from helpers.errors import DataError, PlanFileError, UsageError
from helpers.files.paths import Kind, kind_of, why_not_read
from helpers.fiscal_year import FiscalYear
from helpers.plan import COLUMN_ALIASES
from helpers.plan.draft import PlanDraft, marked_lines
from helpers.plan.new_plan import check_municipality, create_folder, create_plan, new_folder
from helpers.plan.reading.plan_file import load_plan
from helpers.project import root_for_new_plan
from helpers.sheets import SheetReading, inspect_bytes
from helpers.sheets.draft.sheet_draft import DraftedSheet, draft_plan
from helpers.sheets.files.unreadable import LIMITS
from helpers.sheets.finding import visible

_JAPAN = timedelta(hours=9)


def run_init(
    root: Path | None,
    plan_id: str,
    municipality: str | None,
    year: FiscalYear | None,
    sheet: Path | None,
    columns: Sequence[str],
) -> int:
    """Make the folder, say what to do next, and return the exit code: 1 where the sheet itself has errors.

    ``sheet``: a status sheet to take policies, statuses and items from. ``columns``: 'column=heading' of that sheet.
    """
    project = root_for_new_plan(root)
    if sheet is not None:
        return _init_from(project, plan_id, municipality, year, sheet, _headings(columns))
    if columns:
        raise UsageError("--column は、--from で状況調査を指定したときに使います")
    folder = create_plan(project, plan_id, municipality or "〇〇市", year or _this_year())
    shown = folder.relative_to(project).as_posix()
    say(f"{shown} を作りました。次の順に、実際の計画に合わせて直してください。")
    say(f"  1. {shown}/plan.toml  大綱、基本方針、実施状況の区分、数字の書き方")
    say(f"  2. {shown}/items.csv  推進項目の一覧")
    first = next(file.name for file in sorted(folder.glob("*.csv")) if file.name != "items.csv")
    say(f"  3. {shown}/{first}  状況調査（空の調査票は gyokaku sheet で作れます）")
    say(f"今のままでも、例の報告書を作れます: gyokaku build --plan {plan_id}")
    return 0


def _init_from(
    project: Path,
    plan_id: str,
    municipality: str | None,
    year: FiscalYear | None,
    sheet: Path,
    columns: Mapping[str, str],
) -> int:
    new_folder(project, plan_id)
    if municipality is not None:
        check_municipality(municipality)
    data = _bytes_of(sheet)
    drafted = draft_plan(data, sheet.name, year, columns)
    draft = drafted.draft
    if municipality is not None:
        draft = replace(draft, municipality=municipality, is_municipality_given=True)
    contents = draft.files(plan_id, sheet.name)
    reading = _checked(contents, plan_id, data, sheet.name, drafted.year)
    name = f"{drafted.year.short}{sheet.suffix.lower()}"
    folder = create_folder(project, plan_id, {**contents, name: data})
    place = folder.relative_to(project).as_posix()
    for line in _summary(place, name, drafted, draft):
        say(line)
    marked = list(marked_lines(contents["plan.toml"]))
    say(
        f"表から分からないこと、推測したことが{len(marked)}か所あります。{place}/plan.toml の次の行を確かめてください。"
    )
    for number, line in marked:
        say(f"  {number}行目: {' '.join(line.split())}")
    say(f"{place}/items.csv では、開始年度と終了年度を確かめてください（この表からは分かりません）")
    for finding in reading.findings:
        say(f"{'誤り' if finding.is_error else '注意'} {finding}")
    if not reading.has_errors:
        say(f"直したら、次のように確かめます: gyokaku check {place}/{name}")
        return 0
    say(f"この表には直すところがあります。{place}/{name} を直してから、gyokaku check で確かめてください")
    return 1


def _checked(
    contents: Mapping[str, bytes], plan_id: str, data: bytes, name: str, year: FiscalYear
) -> SheetReading:
    """The sheet, read with the plan that was drafted from it.

    Raises:
        DataError: no plan can be made of it.
    """
    with TemporaryDirectory() as temporary:
        folder = Path(temporary) / plan_id
        folder.mkdir()
        for file, content in contents.items():
            (folder / file).write_bytes(content)
        try:
            plan = load_plan(folder)
        except PlanFileError as error:
            raise DataError(f"{visible(name)} からは計画を作れません。表を直してください\n{error}") from error
    return inspect_bytes(data, name, plan, year)


def _summary(place: str, name: str, drafted: DraftedSheet, draft: PlanDraft) -> Iterator[str]:
    """What was taken from the sheet, for the user to compare with it."""
    yield f"{place} を作りました（{drafted.year}の状況調査 {name} の写しも入れました）。"
    policies = [policy.label or f"{policy.numeral} {policy.name}".strip() for policy in draft.policies]
    named = "、".join(policies) if any(policy.name for policy in draft.policies) else "名前は表にありません"
    listed = f"{len(policies)}件（{named}）" if policies else "なし（表にありません）"
    yield f"  推進項目 {len(draft.items)}件、基本方針 {listed}"
    yield f"  実施状況 {'、'.join(f'{status} {count}' for status, count in draft.statuses.items())}"
    if draft.columns:
        yield f"  列見出し {'、'.join(f'{column}＝{heading}' for column, heading in draft.columns.items())}"
    if drafted.unread:
        yield f"  読まない列 {'、'.join(drafted.unread)}"


def _headings(columns: Sequence[str]) -> dict[str, str]:
    """'実施状況=達成度' as a dictionary.

    Raises:
        UsageError: it is not of that form, or there is no such column.
    """
    headings: dict[str, str] = {}
    for text in columns:
        column, _, heading = (part.strip() for part in text.partition("="))
        if column not in COLUMN_ALIASES or not heading:
            names = "、".join(COLUMN_ALIASES)
            raise UsageError(
                f"--column {visible(text)} は使えません。列=見出し の形で書いてください（列: {names}）"
            )
        headings[column] = heading
    return headings


def _bytes_of(sheet: Path) -> bytes:
    kind = kind_of(sheet)
    if kind is not Kind.FILE:
        raise UsageError(f"{visible(str(sheet))} は{kind.value}。状況調査のファイルを指定してください")
    try:
        with sheet.open("rb") as file:
            # One byte beyond the limit is enough to refuse a file.
            return file.read(LIMITS.file_bytes + 1)
    except OSError as error:
        raise DataError(f"{sheet.name}: {'。'.join(why_not_read(error))}") from error


def _this_year() -> FiscalYear:
    # A fiscal year begins in April, Japanese time.
    today = (datetime.now(UTC) + _JAPAN).date()
    return FiscalYear(today.year if today.month >= 4 else today.year - 1)
