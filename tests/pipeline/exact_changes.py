"""Changes of a project, each with the reports that have to be made again for it, and why.

Which report uses which sheet, and what else touches it, is written out here by hand from the rule and from the two
plans: a report uses its own year's sheet, those of the plan so far (the implementation plan's years since the last
change of definitions that cannot be mapped), and last year's where it is compared across a change of plans. Nothing
here asks the code under test.
"""

import csv
import io
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from exact_project import DIFFERING, ExactProject, Report, write
from hypothesis import strategies as st

from spreadsheets import book

# Every report that has to be made after a change, with the stated reasons.
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
# Every file that a report is made from: which reports use it, and its name in a reason.
FILES: dict[str, tuple[set[Report], str]] = {
    f"data/raw/{plan}/{name}.csv": ({(plan, year) for year in years}, f"状況調査 {name}.csv")
    for (plan, name), years in USED_BY.items()
}
for _plan, _years in YEARS.items():
    for _name, _label in (("plan.toml", "計画の設定"), ("items.csv", "推進項目の一覧")):
        FILES[f"data/raw/{_plan}/{_name}"] = ({(_plan, year) for year in _years}, f"{_label} {_name}")
for _table in PUBLISHED:
    FILES[f"data/raw/yamaguchi/published/2022/{_table}.csv"] = ({("yamaguchi", 2022)}, f"公表値 {_table}.csv")
FILES |= {
    "data/raw/yamaguchi/published/2022/errata.toml": ({("yamaguchi", 2022)}, "公表値の正誤 errata.toml"),
    "notebooks/ingest.ipynb": (REPORTS, "ノートブック ingest.ipynb"),
    "notebooks/annual_report.ipynb": (REPORTS, "ノートブック annual_report.ipynb"),
    "requirements/base.txt": (REPORTS, "ライブラリーの一覧 base.txt"),
}
NO_RECORD = "作成の記録 manifest.json がない、壊れている、または別の版のもの"


@dataclass
class Changed:
    """What was done: the reports that have to be made again, and how the next build is asked for."""

    expected: Expected
    options: dict[str, Any] = field(default_factory=dict)


def file_content(project: ExactProject, draw: Draw) -> Changed:
    """The text, the white space or the ends of lines of any file."""
    path = draw(st.sampled_from(sorted(FILES)))
    reports, label = FILES[path]
    edits: list[Callable[[bytes, Draw], bytes]] = [newline, crlf, byte_order_mark]
    if label.startswith("状況調査"):
        edits += [in_a_cell, space] if "H30" in label else [in_a_cell, space, status]
    if path.endswith(".toml"):
        edits = [newline, crlf, comment]
    elif path.endswith(".txt"):
        edits = [newline, space]
    elif path.endswith(".ipynb"):
        edits = [in_a_heading]  # white space between cells is none of a notebook's source
    file = project.root / path
    file.write_bytes(draw(st.sampled_from(edits))(file.read_bytes(), draw))
    return Changed(dict.fromkeys(reports, (f"{label} が変わった",)))


def file_gone_or_come(project: ExactProject, draw: Draw) -> Changed:
    """A published table, the record of slips or the lock file goes; or a table comes for another year."""
    if draw(st.booleans()):
        path = draw(st.sampled_from([path for path in FILES if "published" in path or path.endswith(".txt")]))
        (project.root / path).unlink()
        reports, label = FILES[path]
        return Changed(dict.fromkeys(reports, (f"{label} がなくなった",)))
    plan, year = draw(st.sampled_from(sorted(REPORTS - {("yamaguchi", 2022)})))
    name = f"{draw(st.sampled_from(PUBLISHED))}.csv"
    write(project.root / "data/raw" / plan / "published" / str(year) / name, b"\n")
    return Changed({(plan, year): (f"公表値 {name} が加わった",)})


def sheet_replaced(project: ExactProject, draw: Draw) -> Changed:
    """The same bytes under another name of the same year, or the same cells saved as tsv or xlsx."""
    plan, name = draw(st.sampled_from(sorted(USED_BY)))
    file = sheet(project, plan, name)
    new = draw(
        st.sampled_from([*(f"{other}.csv" for other in OTHER_NAMES[name]), f"{name}.tsv", f"{name}.xlsx"])
    )
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
    if new.endswith(".tsv"):
        file.with_name(new).write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    elif new.endswith(".xlsx"):
        file.with_name(new).write_bytes(book(rows))
    else:
        shutil.copyfile(file, file.with_name(new))
    file.unlink()
    return Changed(all_of(plan, USED_BY[plan, name], f"状況調査 {name}.csv が {new} に替わった"))


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
    reason = f"状況調査 {name}.csv が加わった"
    expected = all_of("yamaguchi", {2021, 2022}, reason)
    lead = {
        2018: f"状況調査のある次の年度が令和3年度から{words}に替わった",
        2021: f"状況調査のある前の年度が平成30年度から{words}に替わった",
    }
    return Changed(
        add(expected, "yamaguchi", lead) | {("yamaguchi", year): ("まだ作られていない",)},
    )


def package_source(project: ExactProject, draw: Draw) -> Changed:
    """Any file of the package: a byte more, a byte other, gone, renamed; or a file more."""
    files = sorted(path for path in project.package.rglob("*") if path.is_file())
    file = draw(st.sampled_from([path for path in files if path.stat().st_size]))
    match draw(st.sampled_from(["more", "other", "gone", "renamed", "come"])):
        case "more":
            file.write_bytes(file.read_bytes() + b"\n")
        case "other":
            change_a_byte(file, draw)
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
    accepted = draw(st.sampled_from(["公表後に訂正", "公表資料の誤植。", "誤植"]))
    reason = ("公表値と違うまま公開する理由が変わった",)
    return Changed(dict.fromkeys(DIFFERING, reason), {"accepted": accepted})


def published_file(project: ExactProject, draw: Draw) -> Changed:
    """A file of a report or a processed frame: damaged or gone; or a file more in a report."""
    plan, year = draw(st.sampled_from(sorted(REPORTS)))
    folder, frame = f"reports/{plan}/{year}", f"data/processed/{plan}/{year}"
    names = [
        f"{folder}/{name}" for name in ("report.html", "report.pdf", "tables/overall.csv", "manifest.json")
    ]
    path = draw(st.sampled_from([*names, f"{frame}.csv", f"{frame}.json"]))
    name = path.removeprefix(f"{folder}/")
    match draw(st.sampled_from(["changed", "gone", "come"])):
        case "changed":
            change_a_byte(project.root / path, draw)
            reason = f"作成後に {name} が変わった"
        case "gone":
            (project.root / path).unlink()
            reason = f"作成後に {name} がなくなった"
        case "come":
            write(project.root / folder / "tables/notes.txt", b"")
            return Changed({(plan, year): ("作成後に tables/notes.txt が加わった",)})
    return Changed({(plan, year): (NO_RECORD if name == "manifest.json" else reason,)})


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


def nothing_that_is_used(project: ExactProject, draw: Draw) -> Changed:
    """Files that no report is made from, other times of files, another version of a package that has no say.

    Saved again without a change, checked out anew, copied from elsewhere: the bytes count, not the times.
    """
    match draw(st.sampled_from(["files", "times", "package"])):
        case "times":
            folder = project.root / draw(st.sampled_from(["data/raw", "notebooks", "reports", "../helpers"]))
            moment = draw(st.integers(0, 4_000_000_000))
            for path in folder.rglob("*"):
                os.utime(path, (moment, moment))
            return Changed({})
        case "package":
            name = draw(st.sampled_from(["jupyterlab", "pytest", "distributed", "unheard_of"]))
            (project.packages / f"{name}-99.1.dist-info").mkdir()
            return Changed({})
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


def force(project: ExactProject, draw: Draw) -> Changed:
    """Everything on demand."""
    return Changed(everything("作り直しの指定（--force）"), {"force": True})


KINDS = (
    file_content,
    file_gone_or_come,
    sheet_replaced,
    sheet_removed,
    sheet_back,
    sheet_of_a_gap,
    package_source,
    installed_package,
    accepted_reason,
    published_file,
    published_folder,
    nothing_that_is_used,
    force,
)


def in_a_cell(content: bytes, draw: Draw) -> bytes:
    """A letter more at the end of a row or of a note."""
    lines = content.decode().splitlines()
    rows = [index for index, line in enumerate(lines) if line[:1].isdigit() or line.startswith("※")]
    lines[draw(st.sampled_from(rows))] += draw(st.sampled_from("あ済2"))
    return ("\n".join(lines) + "\n").encode()


def status(content: bytes, draw: Draw) -> bytes:
    """One item's status."""
    text = content.decode()
    old, new = (
        (",◎,", ",○,") if ",◎," in text else (",○,", ",△,") if ",○," in text else (",一部実施,", ",実施,")
    )
    parts = text.split(old)
    index = draw(st.integers(1, len(parts) - 1))
    return (old.join(parts[:index]) + new + old.join(parts[index:])).encode()


def newline(content: bytes, draw: Draw) -> bytes:
    """An empty line at the end."""
    return content + b"\n"


def crlf(content: bytes, draw: Draw) -> bytes:
    """Ends of lines as on Windows."""
    return content.replace(b"\n", b"\r\n")


def byte_order_mark(content: bytes, draw: Draw) -> bytes:
    """The mark that spreadsheet programs put first."""
    return "\ufeff".encode() + content


def in_a_heading(content: bytes, draw: Draw) -> bytes:
    """Another heading in a notebook."""
    assert content.count(b'"## ') > 1
    return content.replace(b'"## ', b'"## ' + draw(st.sampled_from([b"*", b"1 ", b"- "])), 1)


def space(content: bytes, draw: Draw) -> bytes:
    """A space at the end."""
    return content.rstrip(b"\n") + b" \n"


def change_a_byte(file: Path, draw: Draw) -> None:
    """Another byte anywhere in a file."""
    content = bytearray(file.read_bytes())
    content[draw(st.integers(0, len(content) - 1))] ^= 1
    file.write_bytes(content)


def comment(content: bytes, draw: Draw) -> bytes:
    """A comment in a file of settings."""
    return f"# {draw(st.sampled_from('あいう'))}\n".encode() + content


def sheet(project: ExactProject, plan: str, name: str) -> Path:
    """The file of a year's sheet."""
    return project.root / "data" / "raw" / plan / f"{name}.csv"


def all_of(plan: str, years: set[int], reason: str) -> Expected:
    """The same reason for these reports."""
    return {(plan, year): (reason,) for year in years}


def everything(reason: str) -> Expected:
    """The same reason for every report."""
    return dict.fromkeys(REPORTS, (reason,))


def add(expected: Expected, plan: str, more: dict[int, str]) -> Expected:
    """A reason more, given after the others."""
    return expected | {
        (plan, year): (*expected.get((plan, year), ()), reason) for year, reason in more.items()
    }


def beside(plan: str, name: str, *, is_back: bool) -> dict[int, str]:
    """What the reports of the years before and after a sheet's have to say when it goes, or comes back."""
    years, year = sorted(YEARS[plan]), OWN_YEAR[name]
    index = years.index(year)
    before, after = [None, *years][index], [*years, None][index + 1]
    reasons = {}
    for report, side, other in ((before, "次", after), (after, "前", before)):
        if report is not None and other is not None:
            old, new = (other, year) if is_back else (year, other)
            reasons[report] = f"状況調査のある{side}の年度が{IN_WORDS[old]}から{IN_WORDS[new]}に替わった"
        elif report is not None:
            end = "加わった" if is_back else "なくなった"
            reasons[report] = f"{side}の年度（{IN_WORDS[year]}）の状況調査が{end}"
    return reasons
