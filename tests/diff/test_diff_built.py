"""Reports as the builder makes them: one flipped status, seen in every part of the report."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from click.testing import CliRunner, Result

from helpers.cli import main
from helpers.diff import compare_folders

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.slow
def test_a_flipped_status_is_found_in_every_part_of_a_built_report(
    tmp_path: Path, run: Callable[..., Result]
) -> None:
    root = tmp_path / "project"
    for folder in ("data/raw", "notebooks"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    old = build(root, tmp_path / "old")
    sheet = root / "data/raw/yamaguchi/R4.csv"
    text = sheet.read_text(encoding="utf-8")
    flipped = text.replace("庁内における支援体制の確立,実施", "庁内における支援体制の確立,一部実施")
    assert flipped != text
    sheet.write_text(flipped, encoding="utf-8")
    new = build(root, tmp_path / "new")

    (part,) = compare_folders(old, new).parts
    assert [(c.number, c.before, c.after) for c in part.statuses] == [("5", "実施", "一部実施")]
    cells = {
        (table.caption, cell.row, cell.column, cell.before, cell.after)
        for table in part.tables
        for cell in table.cells
    }
    assert ("計画全体の実施状況", "実施", "令和4年度 項目数", "34", "33") in cells
    assert any("34項目" in (c.before or "") and "33項目" in (c.after or "") for c in part.texts)
    assert part.pdf is not None and part.pdf.pages
    assert part.background == ("入力 data/raw/yamaguchi/R4.csv: 変更",)

    result = run(old, new, "--format", "html")
    assert result.exit_code == 1
    page = lxml.html.document_fromstring(result.stdout)
    assert len(page.xpath("//img[starts-with(@src, 'data:image/webp')]")) >= len(part.pdf.pages)
    assert all(picture.get("alt") for picture in page.xpath("//img"))
    # All of it is in the file: a picture that waits to be scrolled to would move the page and be missing on paper.
    assert not page.xpath("//img[@loading]")


def build(root: Path, kept: Path) -> Path:
    """Build fiscal 2022 and keep a copy; the exit code tells of the comparison with the published figures."""
    result = CliRunner().invoke(main, ["build", "2022", "--root", str(root), "--accept-differences", "試し"])
    folder = root / "reports" / "yamaguchi" / "2022"
    assert (folder / "report.pdf").is_file(), result.output
    return Path(shutil.copytree(folder, kept))
