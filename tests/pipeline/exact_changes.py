"""Changes of a project, each with the reports that have to be made again for it, and why.

Which report uses which sheet, and what else touches it, is written out here by hand from the rule and from the two
plans: a report uses its own year's sheet, those of the plan so far (the implementation plan's years since the last
change of definitions that cannot be mapped), and last year's where it is compared across a change of plans. Nothing
here asks the code under test.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import openpyxl
from exact_project import DIFFERING, ExactProject, Report, write
from hypothesis import strategies as st

# What a change asks for: every report to be made, with the reasons that are told for it.
Expected = dict[Report, tuple[str, ...]]
Draw = Callable[[st.SearchStrategy[Any]], Any]

# umikaze: plans 2019-2021 and 2022-2024, whose items carry on; definitions redrawn in 2023. yamaguchi: one plan.
USED_BY: dict[tuple[str, str], set[int]] = {
    ("umikaze", "R1"): {2019, 2020, 2021},
    ("umikaze", "R2"): {2020, 2021},
    ("umikaze", "R3"): {2021, 2022},
    ("umikaze", "R4"): {2022},
    ("umikaze", "R5"): {2023, 2024},
    ("umikaze", "R6"): {2024},
    ("yamaguchi", "H30"): {2018, 2021, 2022},
    ("yamaguchi", "R3"): {2021, 2022},
    ("yamaguchi", "R4"): {2022},
}
YEARS = {"umikaze": range(2019, 2025), "yamaguchi": (2018, 2021, 2022)}
REPORTS: set[Report] = {(plan, year) for plan, years in YEARS.items() for year in years}
OTHER_NAMES = {
    "R1": ("2019", "令和元年度", "H31"),
    "R2": ("2020", "令和2年度", "令和２"),
    "R3": ("2021", "令和3年度", "r3"),
    "R4": ("2022", "令和４年度", "R04"),
    "R5": ("2023", "令和5年度", "令和5"),
    "R6": ("2024", "令和６年度", "2024年度"),
    "H30": ("2018", "平成30年度", "平成30"),
}
OWN_YEAR = {"R1": 2019, "R2": 2020, "R3": 2021, "R4": 2022, "R5": 2023, "R6": 2024, "H30": 2018}
IN_WORDS = {2018: "平成30年度", 2019: "令和元年度"} | {
    year: f"令和{year - 2018}年度" for year in range(2020, 2025)
}
PUBLISHED = ("by_policy", "highlights", "items", "overall", "plan_overview", "summary")
NO_RECORD = "作成の記録 manifest.json がない、壊れている、または別の版のもの"


@dataclass
class Changed:
    """What was done: the reports that have to be made again, and how the next build is asked for."""

    expected: Expected
    options: dict[str, Any] = field(default_factory=dict)


def sheet_content(project: ExactProject, draw: Draw) -> Changed:
    """A cell, a status, white space or the ends of lines of one year's sheet."""
    plan, name = draw(st.sampled_from(sorted(USED_BY)))
    file = sheet(project, plan, name)
    edits = [in_a_cell, newline, crlf, byte_order_mark, space]
    file.write_bytes(
        draw(st.sampled_from(edits if name == "H30" else [*edits, status]))(file.read_bytes(), draw)
    )
    return Changed(all_of(plan, USED_BY[plan, name], f"状況調査 {name}.csv が変わった"))


def sheet_renamed(project: ExactProject, draw: Draw) -> Changed:
    """The same bytes under another name of the same year."""
    plan, name = draw(st.sampled_from(sorted(USED_BY)))
    other = draw(st.sampled_from(OTHER_NAMES[name]))
    sheet(project, plan, name).rename(sheet(project, plan, other))
    told = f"状況調査 {name}.csv が {other}.csv に替わった"
    return Changed(all_of(plan, USED_BY[plan, name], told))


def sheet_in_another_format(project: ExactProject, draw: Draw) -> Changed:
    """The same cells saved as tsv or xlsx."""
    plan, name = draw(st.sampled_from(sorted(USED_BY)))
    suffix = draw(st.sampled_from([".tsv", ".xlsx"]))
    file = sheet(project, plan, name)
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
    if suffix == ".tsv":
        file.with_suffix(suffix).write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(file.with_suffix(suffix))
    file.unlink()
    told = f"状況調査 {name}.csv が {name}{suffix} に替わった"
    return Changed(all_of(plan, USED_BY[plan, name], told))


def sheet_removed(project: ExactProject, draw: Draw) -> Changed:
    """A year's sheet goes: its report stays as it is, those that used it and those that led to it do not."""
    plan, name = draw(st.sampled_from(sorted(USED_BY)))
    sheet(project, plan, name).unlink()
    expected = all_of(plan, USED_BY[plan, name] - {OWN_YEAR[name]}, f"状況調査 {name}.csv がなくなった")
    return Changed(add(expected, plan, beside(plan, name, is_back=False)))


def sheet_back(project: ExactProject, draw: Draw) -> Changed:
    """A year's sheet comes back, as it was or changed: its own report is made again only in the second case."""
    plan, name = draw(st.sampled_from(sorted(USED_BY)))
    file, is_changed = sheet(project, plan, name), draw(st.booleans())
    content = file.read_bytes()
    file.unlink()
    project.build()
    file.write_bytes(newline(content, draw) if is_changed else content)
    expected = all_of(plan, USED_BY[plan, name] - {OWN_YEAR[name]}, f"状況調査 {name}.csv が加わった")
    if is_changed:
        expected |= all_of(plan, {OWN_YEAR[name]}, f"状況調査 {name}.csv が変わった")
    return Changed(add(expected, plan, beside(plan, name, is_back=True)))


def sheet_of_a_gap(project: ExactProject, draw: Draw) -> Changed:
    """The totals of a year that nothing was known of."""
    name, year, words = draw(st.sampled_from([("R1", 2019, "令和元年度"), ("R2", 2020, "令和2年度")]))
    totals = sheet(project, "yamaguchi", "H30").read_text(encoding="utf-8").replace("平成30年度", words)
    write(sheet(project, "yamaguchi", name), totals.encode())
    told = f"状況調査 {name}.csv が加わった"
    expected = all_of("yamaguchi", {2021, 2022}, told)
    lead = {
        2018: f"状況調査のある次の年度が令和3年度から{words}に替わった",
        2021: f"状況調査のある前の年度が平成30年度から{words}に替わった",
    }
    return Changed(
        add(expected, "yamaguchi", lead) | {("yamaguchi", year): ("まだ作られていない",)},
    )


def plan_files(project: ExactProject, draw: Draw) -> Changed:
    """A plan's settings or items, in their text or only in their white space."""
    plan = draw(st.sampled_from(sorted(YEARS)))
    name, told = draw(
        st.sampled_from([("plan.toml", "計画の設定 plan.toml"), ("items.csv", "推進項目の一覧 items.csv")])
    )
    file = project.root / "data/raw" / plan / name
    edits = [newline, crlf, byte_order_mark, comment if name == "plan.toml" else newline]
    file.write_bytes(draw(st.sampled_from(edits))(file.read_bytes(), draw))
    return Changed(all_of(plan, set(YEARS[plan]), f"{told} が変わった"))


def published_figures(project: ExactProject, draw: Draw) -> Changed:
    """A published table or the record of slips: changed, gone, or come for another year."""
    folder = project.root / "data/raw/yamaguchi/published"
    name = draw(st.sampled_from([*(f"{table}.csv" for table in PUBLISHED), "errata.toml"]))
    label = f"公表値の正誤 {name}" if name == "errata.toml" else f"公表値 {name}"
    match draw(st.sampled_from(["changed", "gone", "come"])):
        case "changed":
            file = folder / "2022" / name
            file.write_bytes(newline(file.read_bytes(), draw))
            return Changed({("yamaguchi", 2022): (f"{label} が変わった",)})
        case "gone":
            (folder / "2022" / name).unlink()
            return Changed({("yamaguchi", 2022): (f"{label} がなくなった",)})
    plan, year = draw(st.sampled_from(sorted(REPORTS - {("yamaguchi", 2022)})))
    name = name.replace("errata.toml", "items.csv")  # alone it would be refused
    label = f"公表値 {name}"
    write(project.root / "data/raw" / plan / "published" / str(year) / name, b"\n")
    return Changed({(plan, year): (f"{label} が加わった",)})


def notebook(project: ExactProject, draw: Draw) -> Changed:
    """One of the two notebooks that are run."""
    name = draw(st.sampled_from(["ingest.ipynb", "annual_report.ipynb"]))
    file = project.root / "notebooks" / name
    file.write_bytes(draw(st.sampled_from([newline, space]))(file.read_bytes(), draw))
    return Changed(everything(f"ノートブック {name} が変わった"))


def lock_file(project: ExactProject, draw: Draw) -> Changed:
    """The lock file of the base install: changed or gone."""
    file = project.root / "requirements/base.txt"
    if draw(st.booleans()):
        file.unlink()
        return Changed(everything("ライブラリーの一覧 base.txt がなくなった"))
    file.write_bytes(draw(st.sampled_from([newline, crlf]))(file.read_bytes(), draw))
    return Changed(everything("ライブラリーの一覧 base.txt が変わった"))


def package_source(project: ExactProject, draw: Draw) -> Changed:
    """Any file of the package: a byte more, a byte other, gone, renamed; or a file more."""
    files = sorted(path for path in project.package.rglob("*") if path.is_file())
    file = draw(st.sampled_from([path for path in files if path.stat().st_size]))
    content = file.read_bytes()
    match draw(st.sampled_from(["more", "other", "gone", "renamed", "come"])):
        case "more":
            file.write_bytes(content + b"\n")
        case "other":
            place = draw(st.integers(0, len(content) - 1))
            file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        case "gone":
            file.unlink()
        case "renamed":
            file.rename(file.with_name(f"new_{file.name}"))
        case "come":
            write(file.with_name("come.py"), b"")
    return Changed(everything("プログラムが更新された"))


def installed_package(project: ExactProject, draw: Draw) -> Changed:
    """Another version of a package that reports are made with."""
    name = draw(
        st.sampled_from(["pandas", "matplotlib", "papermill", "nbconvert", "typst", "numpy", "noto-cjk"])
    )
    (project.packages / f"{name.replace('-', '_')}-99.1.dist-info").mkdir()
    return Changed(everything(f"ライブラリー {name} が {version(name)} から 99.1 になった"))


def accepted_reason(project: ExactProject, draw: Draw) -> Changed:
    """Another reason to publish figures that differ: a matter of the reports that have such figures."""
    reason = draw(st.sampled_from(["公表後に訂正", "公表資料の誤植。", "誤植"]))
    told = ("公表値と違うまま公開する理由が変わった",)
    return Changed(dict.fromkeys(DIFFERING, told), {"accepted": reason})


def published_file(project: ExactProject, draw: Draw) -> Changed:
    """A file of a report: damaged, gone, or one more."""
    plan, year = draw(st.sampled_from(sorted(REPORTS)))
    folder = project.root / "reports" / plan / str(year)
    name = draw(st.sampled_from(["report.html", "report.pdf", "tables/overall.csv", "manifest.json"]))
    file = folder / name
    match draw(st.sampled_from(["changed", "gone", "come"])):
        case "changed":
            content = file.read_bytes()
            place = draw(st.integers(0, len(content) - 1))
            file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            told = f"作成後に {name} が変わった"
        case "gone":
            file.unlink()
            told = f"作成後に {name} がなくなった"
        case "come":
            write(folder / "tables/notes.txt", b"")
            return Changed({(plan, year): ("作成後に tables/notes.txt が加わった",)})
    return Changed({(plan, year): (NO_RECORD if name == "manifest.json" else told,)})


def published_folder(project: ExactProject, draw: Draw) -> Changed:
    """A report's whole folder: gone, empty, or another report's."""
    plan, year = draw(st.sampled_from(sorted(REPORTS)))
    folder = project.root / "reports" / plan / str(year)
    shutil.rmtree(folder)
    match draw(st.sampled_from(["gone", "empty", "another's"])):
        case "gone":
            return Changed({(plan, year): ("まだ作られていない",)})
        case "empty":
            folder.mkdir()
            return Changed({(plan, year): (NO_RECORD,)})
    other, other_year = draw(st.sampled_from(sorted(REPORTS - {(plan, year)})))
    shutil.copytree(project.root / "reports" / other / str(other_year), folder)
    return Changed({(plan, year): ("作成の記録 manifest.json が別の報告書のもの",)})


def processed_frame(project: ExactProject, draw: Draw) -> Changed:
    """A processed frame or the record of its origin: damaged or gone."""
    plan, year = draw(st.sampled_from(sorted(REPORTS)))
    name = f"data/processed/{plan}/{year}{draw(st.sampled_from(['.csv', '.json']))}"
    if draw(st.booleans()):
        (project.root / name).unlink()
        return Changed({(plan, year): (f"作成後に {name} がなくなった",)})
    (project.root / name).write_bytes(b"by hand")
    return Changed({(plan, year): (f"作成後に {name} が変わった",)})


def nothing_that_is_used(project: ExactProject, draw: Draw) -> Changed:
    """Files that no report is made from."""
    plan, year = draw(st.sampled_from(sorted(REPORTS)))
    raw, reports = f"data/raw/{plan}", f"reports/{plan}"
    names = [
        "README.md",
        "data/README.md",
        f"{raw}/README.md",
        f"{raw}/plan.toml.bak",
        f"{raw}/plan.toml~",
        f"{raw}/.items.csv.swp",
        f"{raw}/~$R4.xlsx",
        f"{raw}/.~lock.R4.csv#",
        f"{raw}/R4.csv~",
        f"{raw}/R4.pdf",
        f"{raw}/令和4年度の控え.xlsx",
        f"{raw}/changes.csv",
        f"{raw}/old/R4.csv",
        f"{raw}/published/Thumbs.db",
        f"{raw}/published/.DS_Store",
        "data/raw/another/R4.csv",
        "data/processed/README.md",
        f"data/processed/{plan}/1999.csv",
        "notebooks/explore.ipynb",
        "notebooks/.ipynb_checkpoints/annual_report-checkpoint.ipynb",
        "requirements/dev.txt",
        f"{reports}/{year}/.DS_Store",
        f"{reports}/{year}/tables/~$overall.csv",
        f"{reports}/notes.txt",
        "reports/index.html",
        "../helpers/__pycache__/report.cpython-311.pyc",
        "../helpers/.report.py.swp",
        "../helpers/history/opening.py~",
    ]
    for name in draw(st.sets(st.sampled_from(names), min_size=len(names) // 2)):
        write(project.root / name, draw(st.binary(max_size=9)))
    return Changed({})


def times_of_files(project: ExactProject, draw: Draw) -> Changed:
    """Saved again without a change, checked out anew, copied from elsewhere: the bytes count, not the times."""
    folder = project.root / draw(st.sampled_from(["data/raw", "notebooks", "reports", "../helpers"]))
    moment = draw(st.integers(0, 4_000_000_000))
    for path in folder.rglob("*"):
        os.utime(path, (moment, moment))
    return Changed({})


def another_packages_version(project: ExactProject, draw: Draw) -> Changed:
    """A package that no report is made with."""
    name = draw(st.sampled_from(["jupyterlab", "pytest", "distributed", "unheard_of"]))
    (project.packages / f"{name}-99.1.dist-info").mkdir()
    return Changed({})


def force(project: ExactProject, draw: Draw) -> Changed:
    """Everything on demand."""
    return Changed(everything("作り直しの指定（--force）"), {"force": True})


KINDS = (
    sheet_content,
    sheet_renamed,
    sheet_in_another_format,
    sheet_removed,
    sheet_back,
    sheet_of_a_gap,
    plan_files,
    published_figures,
    notebook,
    lock_file,
    package_source,
    installed_package,
    accepted_reason,
    published_file,
    published_folder,
    processed_frame,
    nothing_that_is_used,
    times_of_files,
    another_packages_version,
    force,
)


def in_a_cell(content: bytes, draw: Draw) -> bytes:
    """A letter more at the end of a row or of a note."""
    lines = content.decode().splitlines()
    rows = [place for place, line in enumerate(lines) if line[:1].isdigit() or line.startswith("※")]
    lines[draw(st.sampled_from(rows))] += draw(st.sampled_from("あ済2"))
    return ("\n".join(lines) + "\n").encode()


def status(content: bytes, draw: Draw) -> bytes:
    """One item's status."""
    text = content.decode()
    old, new = (
        (",◎,", ",○,") if ",◎," in text else (",○,", ",△,") if ",○," in text else (",一部実施,", ",実施,")
    )
    parts = text.split(old)
    place = draw(st.integers(1, len(parts) - 1))
    return (old.join(parts[:place]) + new + old.join(parts[place:])).encode()


def newline(content: bytes, draw: Draw) -> bytes:
    """An empty line at the end."""
    return content + b"\n"


def crlf(content: bytes, draw: Draw) -> bytes:
    """Ends of lines as on Windows."""
    return content.replace(b"\n", b"\r\n")


def byte_order_mark(content: bytes, draw: Draw) -> bytes:
    """The mark that spreadsheet programs put first."""
    return "\ufeff".encode() + content


def space(content: bytes, draw: Draw) -> bytes:
    """A space at the end."""
    return content.rstrip(b"\n") + b" \n"


def comment(content: bytes, draw: Draw) -> bytes:
    """A comment in a file of settings."""
    return f"# {draw(st.sampled_from('あいう'))}\n".encode() + content


def sheet(project: ExactProject, plan: str, name: str) -> Path:
    """The file of a year's sheet."""
    return project.root / "data" / "raw" / plan / f"{name}.csv"


def all_of(plan: str, years: set[int], told: str) -> Expected:
    """The same reason for these reports."""
    return {(plan, year): (told,) for year in years}


def everything(told: str) -> Expected:
    """The same reason for every report."""
    return dict.fromkeys(REPORTS, (told,))


def add(expected: Expected, plan: str, more: dict[int, str]) -> Expected:
    """A reason more, told after the others."""
    return expected | {(plan, year): (*expected.get((plan, year), ()), told) for year, told in more.items()}


def beside(plan: str, name: str, *, is_back: bool) -> dict[int, str]:
    """What the reports of the years before and after a sheet's have to say when it goes, or comes back."""
    years, year = sorted(YEARS[plan]), OWN_YEAR[name]
    place = years.index(year)
    before, after = [None, *years][place], [*years, None][place + 1]
    reasons = {}
    for report, side, other in ((before, "次", after), (after, "前", before)):
        if report is not None and other is not None:
            old, new = (other, year) if is_back else (year, other)
            reasons[report] = f"状況調査のある{side}の年度が{IN_WORDS[old]}から{IN_WORDS[new]}に替わった"
        elif report is not None:
            end = "加わった" if is_back else "なくなった"
            reasons[report] = f"{side}の年度（{IN_WORDS[year]}）の状況調査が{end}"
    return reasons
