"""What Windows does not have is not needed: a report of the same figures is built without it."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from commands import gyokaku

# Imported first by every Python of the build. Only our own modules are kept from what Windows lacks: the standard
# library and Jupyter use it where it is there.
GUARD = """\
import builtins, os

FORBIDDEN = {"fcntl", "resource", "termios", "pwd", "grp", "pty", "tty"}
imported = builtins.__import__


def guarded(name, globals=None, locals=None, fromlist=(), level=0):
    importer = (globals or {}).get("__name__", "")
    if name.partition(".")[0] in FORBIDDEN and level == 0 and importer.partition(".")[0] == "helpers":
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return imported(name, globals, locals, fromlist, level)


builtins.__import__ = guarded
for name in ("fork", "forkpty"):
    delattr(os, name)
"""
# What a build does in a process of its own is started with sys.executable.
PYTHON = """\
#!/bin/sh
PYTHONPATH="{guard}${{PYTHONPATH:+:$PYTHONPATH}}" exec "{python}" "$@"
"""
BUILD = "import sys; sys.executable = {python!r}; from helpers.cli import main; main()"


@pytest.fixture
def without_posix(tmp_path: Path) -> list[str]:
    """The beginning of a command line: the command in Pythons that have nothing that Windows lacks."""
    guard, python = tmp_path / "guard", tmp_path / "python"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    python.write_text(PYTHON.format(guard=guard, python=sys.executable), encoding="utf-8")
    python.chmod(0o755)
    return [str(python), "-P", "-c", BUILD.format(python=str(python))]


def run(command: list[str], *arguments: object) -> subprocess.CompletedProcess[bytes]:
    source = str(Path(__file__).parents[2] / "src")
    environment = os.environ | {"PYTHONPATH": source}
    return subprocess.run([*command, *map(str, arguments)], env=environment, capture_output=True, timeout=300)


@pytest.mark.parametrize("name", ["fcntl", "resource", "termios", "pwd"])
def test_the_guard_keeps_our_modules_from_it(without_posix: list[str], name: str) -> None:
    code = f"__name__ = 'helpers.any'\nimport {name}"
    done = run([*without_posix[:2], "-c", code])
    assert (done.returncode, b"ModuleNotFoundError" in done.stderr) == (1, True)
    assert run([*without_posix[:2], "-c", "import os; os.fork"]).returncode == 1


@pytest.mark.slow
def test_fiscal_2022_is_built_without_what_windows_lacks(
    reference_project: Path, without_posix: list[str]
) -> None:
    done = run(without_posix, "build", "R4", "--root", reference_project)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    folder = reference_project / "reports/yamaguchi/2022"
    with (folder / "tables/overall.csv").open(encoding="utf-8-sig", newline="") as file:
        counts = {row["status"]: row["items"] for row in csv.DictReader(file)}
    assert (counts["実施"], counts["一部実施"]) == ("34", "8")
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF-")
    # The same bytes as with it.
    pages = [(folder / name).read_bytes() for name in ("report.html", "report.pdf")]
    assert gyokaku("build", "R4", "--force", "--root", reference_project).exit_code == 0
    assert [(folder / name).read_bytes() for name in ("report.html", "report.pdf")] == pages


@pytest.mark.slow
def test_a_sheet_is_checked_and_sent_out_without_it(
    reference_project: Path, without_posix: list[str]
) -> None:
    blank = reference_project / "blank.xlsx"
    assert run(without_posix, "sheet", "R4", "-o", blank, "--root", reference_project).returncode == 0
    done = run(without_posix, "check", blank, "--year", "R4", "--root", reference_project)
    assert done.returncode == 1
    assert "誤り 42件".encode() in done.stdout, (done.stdout + done.stderr).decode()[-2000:]
