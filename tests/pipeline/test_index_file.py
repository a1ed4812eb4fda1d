"""reports/index.html is left alone exactly where it would be made the same."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from small_projects import REPOSITORY

from helpers.fiscal_year import FiscalYear
from helpers.pipeline import index_file
from helpers.pipeline.identity.manifest import Manifest
from helpers.pipeline.index_file import write_index
from helpers.pipeline.publication import publication
from helpers.project import Target
from summaries import SUMMARY

MANIFEST = Manifest(Target("yamaguchi", FiscalYear(2022)), {}, SUMMARY, {"report.pdf": "0"})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The reference plan's files, a report of one file, and the page that lists it."""
    shutil.copytree(REPOSITORY / "data" / "raw", tmp_path / "data" / "raw")
    (tmp_path / "reports" / "yamaguchi" / "2022").mkdir(parents=True)
    (tmp_path / "reports" / "yamaguchi" / "2022" / "report.pdf").write_bytes(b"x" * 2000)
    write_index(tmp_path, [MANIFEST])
    return tmp_path


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are published from now on."""
    files: list[Path] = []

    def publish_file(file: Path, content: bytes) -> None:
        files.append(file)
        file.write_bytes(content)

    monkeypatch.setattr(publication, "publish_file", publish_file)
    return files


def test_a_page_that_would_be_the_same_is_left_alone(project: Path, written: list[Path]) -> None:
    write_index(project, [MANIFEST])
    assert written == []


@pytest.mark.parametrize("damage", ["removed", "edited", "cut", "emptied", "appended to"])
def test_a_page_that_is_not_as_it_was_written_is_made_anew(
    project: Path, written: list[Path], damage: str
) -> None:
    file = project / "reports" / "index.html"
    page = file.read_bytes()
    if damage == "removed":
        file.unlink()
    else:
        edited = page.replace(b"81.0%", b"91.0%", 1)
        broken = {"edited": edited, "cut": page[:-9], "emptied": b"", "appended to": page + b"<p>\n"}[damage]
        assert broken != page
        file.write_bytes(broken)
    write_index(project, [MANIFEST])
    assert written == [file]
    assert file.read_bytes() == page


def test_it_follows_its_reports(project: Path) -> None:
    file = project / "reports" / "index.html"
    write_index(project, [replace(MANIFEST, summary=replace(SUMMARY, done_share="80.9%"))])
    assert "<strong>80.9%</strong>" in file.read_text(encoding="utf-8")
    write_index(project, [])
    assert "<strong>" not in file.read_text(encoding="utf-8")


def test_it_follows_the_size_of_their_files(project: Path) -> None:
    (project / "reports" / "yamaguchi" / "2022" / "report.pdf").write_bytes(b"x" * 7000)
    write_index(project, [MANIFEST])
    assert "7 KB" in (project / "reports" / "index.html").read_text(encoding="utf-8")


def test_it_follows_the_plan_and_its_sheets(project: Path) -> None:
    plan, file = project / "data" / "raw" / "yamaguchi", project / "reports" / "index.html"
    (plan / "R5.csv").touch()
    write_index(project, [MANIFEST])
    assert "令和5年度" in file.read_text(encoding="utf-8")
    text = (plan / "plan.toml").read_text(encoding="utf-8")
    (plan / "plan.toml").write_text(text.replace("山口市", "山口町"), encoding="utf-8")
    write_index(project, [MANIFEST])
    assert "山口町" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("part", ["package_digest", "versions"])
def test_other_software_makes_it_anew(
    project: Path, written: list[Path], monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr(index_file, part, lambda: "another")
    write_index(project, [MANIFEST])
    assert written == [project / "reports" / "index.html"]


def test_two_that_tell_the_same_are_the_same_to_the_byte(project: Path, tmp_path: Path) -> None:
    page = (project / "reports" / "index.html").read_bytes()
    (project / "reports" / "index.html").unlink()
    code = (
        "import sys; from pathlib import Path; sys.path[:0] = sys.argv[2:]\n"
        "from test_index_file import MANIFEST, write_index; write_index(Path(sys.argv[1]), [MANIFEST])"
    )
    here = Path(__file__).parent
    command = [sys.executable, "-c", code, str(project), *map(str, (here, here.parent, here.parents[1]))]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": "7"})
    assert (project / "reports" / "index.html").read_bytes() == page
