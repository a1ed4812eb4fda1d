"""What the kernels and the imports mean for a build: the same bytes, and nothing imported that is not used."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.pipeline.kernels import SWITCH

pytestmark = pytest.mark.slow
REPOSITORY = Path(__file__).parents[3]
HEAVY = {
    "pandas",
    "numpy",
    "matplotlib",
    "papermill",
    "nbconvert",
    "typst",
    "jupyter_client",
    "rfc3987_syntax",
}


def gyokaku(*arguments: str, **variables: str) -> set[str]:
    """Run the command in a process of its own; the packages that it imported."""
    code = "import sys; from helpers.cli import main; main()"
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-P", "-c", code, *arguments],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    lines = [line for line in ended.stderr.splitlines() if line.startswith("import time:")]
    return {line.rsplit("|", 1)[1].strip().split(".")[0] for line in lines}


@pytest.fixture(scope="module")
def projects(tmp_path_factory):
    """Two projects with the same report, made with forked and with ordinary kernels."""
    roots = {}
    for kernels in ("forked", "ordinary"):
        root = roots[kernels] = tmp_path_factory.mktemp(kernels)
        for part in ("data/raw", "notebooks", "requirements"):
            shutil.copytree(REPOSITORY / part, root / part)
        gyokaku("build", "H30", "--root", str(root), **{SWITCH: kernels})
    return roots


def files(root: Path) -> dict[str, str]:
    """What readers get, by path; the manifest says which code made it, not how."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((root / "reports").rglob("*"))
        if path.is_file() and path.name not in (".lock", "manifest.json")
    }


def test_reports_are_the_same_bytes_under_both_kinds_of_kernel(projects):
    made = files(projects["forked"])
    assert made == files(projects["ordinary"])
    assert {f"reports/yamaguchi/2018/report.{kind}" for kind in ("html", "pdf", "ipynb")} <= set(made)


def test_a_build_with_nothing_to_do_imports_nothing_heavy(projects):
    imported = gyokaku("build", "H30", "--root", str(projects["forked"]))
    assert "helpers" in imported
    assert not imported & HEAVY


def test_help_imports_nothing_heavy():
    imported = gyokaku("--help")
    assert "click" in imported
    assert not imported & (HEAVY | {"rich", "jinja2"})
