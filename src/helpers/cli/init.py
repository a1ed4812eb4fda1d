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
from helpers.files.paths import Kind, kind_of, real_path, why_not_read
from helpers.fiscal_year import FiscalYear
from helpers.plan import COLUMN_ALIASES
from helpers.plan.draft import PlanDraft, marked_lines
from helpers.plan.new_plan import check_municipality, create_folder, create_plan, new_folder
from helpers.plan.reading.plan_file import load_plan
from helpers.project import root_for_new_plan
from helpers.sheets import SheetReading, inspect_parts, sheet_parts
from helpers.sheets.draft.sheet_draft import DraftedSheet, draft_plan_of_parts
from helpers.sheets.files.unreadable import limited_bytes
from helpers.sheets.parts import MOST_BYTES, MOST_PARTS, part_name
from helpers.text.forms import visible

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

    ``sheet``: a status sheet, a file or a folder of parts, to take policies, statuses and items from. ``columns``: 'column=heading' of that sheet.
    """
    project = root_for_new_plan(root)
    if sheet is not None:
        sheet = real_path(sheet) if kind_of(sheet) is Kind.FOLDER else sheet
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
    parts = _bytes_of(sheet)
    drafted = draft_plan_of_parts(parts, sheet.name, year, columns)
    draft = drafted.draft
    if not draft.statuses:
        raise DataError(
            f"{visible(sheet.name)} には、実施状況の書かれた行がありません。記入した状況調査を --from に指定してください（区分を表から取り出すため）"
        )
    if municipality is not None:
        draft = replace(draft, municipality=municipality, is_municipality_given=True)
    contents = draft.files(plan_id, sheet.name)
    reading = _checked(contents, plan_id, parts, sheet.name, drafted.year)
    name = drafted.year.short + ("/" if kind_of(sheet) is Kind.FOLDER else sheet.suffix.lower())
    copies = {name + file.partition("/")[2]: data for file, data in parts.items()}
    folder = create_folder(project, plan_id, {**contents, **copies})
    folder_path = folder.relative_to(project).as_posix()
    for line in _summary(folder_path, name, drafted, draft):
        say(line)
    marked = list(marked_lines(contents["plan.toml"]))
    say(
        f"表から分からないこと、推測したことが{len(marked)}か所あります。{folder_path}/plan.toml の次の行を確かめてください。"
    )
    for number, line in marked:
        say(f"  {number}行目: {' '.join(line.split())}")
    say(f"{folder_path}/items.csv では、開始年度と終了年度を確かめてください（この表からは分かりません）")
    for finding in reading.findings:
        say(f"{'誤り' if finding.is_error else '注意'} {finding}")
    if not reading.has_errors:
        say(f"直したら、次のように確かめます: gyokaku check {folder_path}/{name}")
        return 0
    say(
        f"この表には直すところがあります。{folder_path}/{name} を直してから、gyokaku check で確かめてください"
    )
    return 1


def _checked(
    contents: Mapping[str, bytes], plan_id: str, parts: Mapping[str, bytes], name: str, year: FiscalYear
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
    return inspect_parts(parts, name, plan, year)


def _summary(folder_path: str, name: str, drafted: DraftedSheet, draft: PlanDraft) -> Iterator[str]:
    """A summary of the settings taken from the sheet, for the user to compare."""
    yield f"{folder_path} を作りました（{drafted.year}の状況調査 {name} の写しも入れました）。"
    policies = [policy.label or f"{policy.numeral} {policy.name}".strip() for policy in draft.policies]
    named = "、".join(policies) if any(policy.name for policy in draft.policies) else "名前は表にありません"
    listed = f"{len(policies)}件（{named}）" if policies else "なし（表にありません）"
    yield f"  推進項目 {len(draft.items)}件、基本方針 {listed}"
    yield f"  実施状況 {'、'.join(f'{status} {count}' for status, count in draft.statuses.items())}"
    if name.endswith("/"):
        yield "  項目と基本方針は番号の順に並べました。計画の順と違うときは items.csv と plan.toml で直してください"
    if draft.columns:
        yield f"  列見出し {'、'.join(f'{column}＝{heading}' for column, heading in draft.columns.items())}"


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


def _bytes_of(sheet: Path) -> dict[str, bytes]:
    """The bytes of a sheet by its name, or those of the spreadsheets in a folder by theirs.

    Raises:
        UsageError: there is nothing to read.
        DataError: a file cannot be read, or there are too many or too large ones.
    """
    kind = kind_of(sheet)
    if kind not in (Kind.FILE, Kind.FOLDER):
        raise UsageError(
            f"{visible(str(sheet))} は{kind.value}。状況調査のファイルかフォルダーを指定してください"
        )
    if any((sheet / name).exists() for name in ("plan.toml", "notebooks", "data")):
        raise UsageError(
            f"{visible(str(sheet))} は計画かプロジェクトのフォルダーです。状況調査だけのフォルダーを指定してください"
        )
    try:
        parts = sheet_parts(sheet)
        if not parts:
            raise UsageError(
                f"{visible(str(sheet))} の中に表計算のファイルがありません。状況調査を入れてください"
            )
        if len(parts) > MOST_PARTS or sum(part.stat().st_size for part in parts) > MOST_BYTES:
            most = f"{MOST_PARTS}個、合わせて{MOST_BYTES // 1_000_000}MB"
            raise DataError(
                f"{visible(str(sheet))} のファイルが多すぎます（上限{most}）。状況調査だけを入れてください"
            )
        return {part_name(sheet, part): limited_bytes(part) for part in parts}
    except OSError as error:
        raise DataError(f"{sheet.name}: {'。'.join(why_not_read(error))}") from error


def _this_year() -> FiscalYear:
    # A fiscal year begins in April, Japanese time.
    today = (datetime.now(UTC) + _JAPAN).date()
    return FiscalYear(today.year if today.month >= 4 else today.year - 1)
