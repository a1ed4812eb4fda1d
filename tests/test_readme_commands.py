"""Every command of README.ja.md runs, in the order of the page, in a project in which its files are there."""

import csv
import re
import shlex
import shutil
from pathlib import Path

import pytest

from commands import gyokaku
from spreadsheets import filled_in

PAGE = Path(__file__).parents[1] / "README.ja.md"
# In code, inline or in a block, after any text.
COMMAND = re.compile(r"(?:`|^)(?:\.venv/bin/)?gyokaku((?: [^`\n#]+)?)(?:`|$)", re.MULTILINE)
# Commands that other tests run, and values for placeholders.
ELSEWHERE = {"build --cluster": "other computers (docs/cluster.md)", "": "a terminal (test_guide.py)"}
DIFFERENT = "diff 2021 R4"  # which ends with 1
MEANT = {"計画のID": "machi", "公表した報告書.html": "reports/yamaguchi/2022/report.html"}
YEAR = "data/raw/yamaguchi"


def commands() -> list[str]:
    """The arguments of each command of the page, each once."""
    commands = (match[1].strip() for match in COMMAND.finditer(PAGE.read_text(encoding="utf-8")))
    return list(dict.fromkeys(commands))


def with_departments(sheet: Path) -> None:
    """Give every item of a csv sheet to one of two departments."""
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        title, *rows = list(csv.reader(file))
    department = rows[0].index("所管課")
    for number, row in enumerate(rows[1:]):
        if len(row) > department:
            row[department] = ("総務課", "財政課")[number % 2]
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([title, *rows])


@pytest.fixture
def project(reference_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The reference plan, whose first items go on in fiscal 2023, and what its departments gave back."""
    plan = reference_project / YEAR
    items = plan / "items.csv"
    lines = items.read_text(encoding="utf-8").splitlines()
    lines[1:7] = [f"{line}2027" for line in lines[1:7]]
    items.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with_departments(plan / "R4.csv")
    monkeypatch.chdir(reference_project)
    assert gyokaku("sheet", "R5", "-o", "blank.xlsx").exit_code == 0
    (plan / "R5.xlsx").write_bytes(filled_in((reference_project / "blank.xlsx").read_bytes(), "実施"))
    shutil.copy(plan / "R5.xlsx", "調査票_R5.xlsx")
    return reference_project


def test_the_page_names_the_commands_that_an_official_needs() -> None:
    names = {command.split()[0] for command in commands() if command}
    assert {"build", "check", "sheet", "init", "verify", "years", "doctor"} <= names
    assert len(commands()) >= 12


@pytest.mark.slow
def test_every_command_of_the_page_runs(project: Path) -> None:
    failed = []
    for command in commands():
        if command in ELSEWHERE:
            continue
        arguments = [MEANT.get(word, word) for word in shlex.split(command)]
        if arguments[-1].endswith("/R5"):
            # The page puts the sheets of the departments into the year's folder instead of the one file.
            (project / YEAR / "R5").mkdir()
            (project / YEAR / "R5.xlsx").rename(project / YEAR / "R5/総務課.xlsx")
        if arguments[0] in ("build", "verify") and (project / YEAR / "R5").is_dir():
            shutil.rmtree(project / YEAR / "R5")
        result = gyokaku(*arguments)
        if result.exit_code != (command == DIFFERENT):
            failed.append((command, result.exit_code, result.output))
    assert failed == []
