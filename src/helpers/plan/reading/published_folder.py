"""List the published figures of a plan: in ``published/`` a folder for each year, in it tables as csv and ``errata.toml``.

Everything else is refused: a table under another name would silently be left out of the comparison.
"""

from __future__ import annotations

__all__ = ["ERRATA", "accepted_reason", "published_files", "published_years", "reason_in"]

from pathlib import Path

from helpers.errors import PlanFileError, collecting, refuse_all
from helpers.files.paths import Kind, is_leftover, kind_of
from helpers.fiscal_year import FiscalYear, year_or_none
from helpers.plan.model import Plan
from helpers.plan.reading.periods import why_unplanned
from helpers.plan.reading.toml_section import Section, parse_toml
from helpers.text.forms import folded

ERRATA = "errata.toml"
_ACCEPTED = "accept_differences"
_MISNAMED = ("公表値の置き場所のようですが、この名前では読みません", "名前を published に変えてください")
_ELSEWHERE = "ほかのものは、published の外へ移してください"


def published_years(plan: Plan) -> tuple[FiscalYear, ...]:
    """The fiscal years that have a folder of published figures, oldest first.

    Raises:
        PlanFileError: something else lies beside these folders, or a year is in no implementation plan; all are named.
    """
    errors = [
        PlanFileError(path, "", *_MISNAMED) for path in sorted(plan.folder.glob("*")) if _is_misnamed(path)
    ]
    years = []
    for path in _entries(plan.folder / "published"):
        with collecting(errors):
            years.append(_year(path, plan))
    refuse_all(errors)
    return tuple(sorted(years))


def accepted_reason(file: Path, text: str) -> str:
    """Why figures that differ may be published, as the text of ``errata.toml`` says; "" where it does not.

    Raises:
        PlanFileError: the file is no TOML, or the reason is no text or empty.
    """
    return reason_in(Section(file, "", parse_toml(file, text)))


def reason_in(root: Section) -> str:
    """The reason in the contents of ``errata.toml``; "" where there is none."""
    return " ".join(root.text(_ACCEPTED).split()) if _ACCEPTED in root.values else ""


def published_files(plan: Plan, year: FiscalYear) -> tuple[Path, ...]:
    """The printed tables of a year by name, then ``errata.toml`` if there is one; empty where nothing is published.

    Raises:
        PlanFileError: something else lies there, or no table; all are named.
    """
    entries = _entries(plan.folder / "published" / str(int(year)))
    refuse_all([PlanFileError(path, "", *why) for path in entries if (why := _why_unread(path))])
    if entries and not any(path.suffix == ".csv" for path in entries):
        remedy = "overall.csv などの表を置くか、これを消してください"
        raise PlanFileError(entries[0], "", "公表値の表がないため、読みません", remedy)
    return tuple(sorted(entries, key=lambda path: (path.name == ERRATA, path.name)))


def _entries(folder: Path) -> list[Path]:
    """The entries of a folder, sorted, without leftovers of programs; empty where there is no folder."""
    if kind_of(folder) is Kind.NOTHING:
        return []
    try:
        return sorted(path for path in folder.iterdir() if not is_leftover(path.name))
    except OSError as error:
        why = error.strerror if folder.is_dir() else "フォルダーではないか、リンクの先がありません"
        remedy = "公表値のフォルダーそのものを置くか、これを消してください"
        raise PlanFileError(folder, "", f"フォルダーとして開けません（{why}）", remedy) from None


def _is_misnamed(path: Path) -> bool:
    """Whether a folder beside ``published`` holds folders of years, or is called nearly so."""
    if path.name == "published" or not path.is_dir():
        return False
    inside = (entry.name for entry in path.iterdir() if entry.is_dir())
    return folded(path.name).casefold() == "published" or any(map(year_or_none, inside))


def _year(path: Path, plan: Plan) -> FiscalYear:
    if (year := year_or_none(path.name)) is None:
        remedy = f"公表値は 2022 のような西暦の年度のフォルダーに置き、{_ELSEWHERE}"
        raise PlanFileError(path, "", "年度のフォルダーではないため、読みません", remedy)
    if path.name != (name := str(int(year))):
        is_taken = (path.parent / name).exists()
        remedy = f"中のファイルを {name} のフォルダーに移して" if is_taken else f"名前を {name} に変えて"
        raise PlanFileError(path, "", "年度は西暦で読むため、この名前では読みません", f"{remedy}ください")
    if why := why_unplanned(year, name, plan.implementation_plans):
        raise PlanFileError(path, "", *why)
    return year


def _why_unread(path: Path) -> tuple[str, str] | None:
    kind, meant = kind_of(path), folded(path.name).casefold()
    if kind is Kind.BROKEN_LINK:
        return "リンクの先がないため、読めません", "ファイルそのものを置いてください"
    if kind is not Kind.FILE:
        return f"{kind.value}なので、読めません", f"表や正誤のファイルを置き、{_ELSEWHERE}"
    if path.suffix == ".csv" or path.name == ERRATA:
        return None
    if meant == ERRATA or meant.endswith(".csv"):
        return "この名前では読みません", f"名前を {meant} に変えてください"
    remedy = f"表は overall.csv のような CSV、公表資料の誤りは {ERRATA} とし、{_ELSEWHERE}"
    return "照合に使わないファイルなので、読みません", remedy
