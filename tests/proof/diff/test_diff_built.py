"""Reports as the builder makes them: one flipped status, seen in every part of the report."""

import shutil
from pathlib import Path

import lxml.html
import pytest

from commands import gyokaku
from helpers.proof.diff import as_html, compare_folders
from small_city import City


@pytest.mark.slow
def test_a_flipped_status_is_found_in_every_part_of_a_built_report(tmp_path: Path, city: City) -> None:
    shutil.copytree(Path(__file__).parents[3] / "notebooks", tmp_path / "notebooks")
    before = "完了 進行中 未着手 完了"
    old = built(city({2020: before, 2021: "完了 進行中 進行中 完了"}), tmp_path / "old")
    new = built(city({2020: before, 2021: "完了 完了 進行中 完了"}), tmp_path / "new")

    comparison = compare_folders(old, new, with_pictures=True)
    (part,) = comparison.parts
    assert [(c.number, c.before, c.after) for c in part.statuses] == [("2", "進行中", "完了")]
    cells = {
        (table.caption, cell.row, cell.column, cell.before, cell.after)
        for table in part.tables
        for cell in table.cells
    }
    assert ("計画全体の実施状況", "完了", "令和3年度 項目数", "2", "3") in cells
    assert any("2項目" in (c.before or "") and "3項目" in (c.after or "") for c in part.texts)
    assert part.background == ("入力 data/raw/machi/2021.csv: 変更",)

    assert part.pdf is not None
    boxed = [page for page in part.pdf.pages if page.box is not None]
    page = lxml.html.document_fromstring(as_html(comparison))
    alts = page.xpath("//img[starts-with(@src, 'data:image/webp')]/@alt")
    assert len(alts) == len(page.xpath("//img"))
    assert len([alt for alt in alts if "枠で示しています" in alt]) == 2 * len(boxed) > 0
    # All pictures are in the file: one loaded while scrolling would move the page and be missing on paper.
    assert not page.xpath("//img[@loading]")


def built(root: Path, kept: Path) -> Path:
    """A copy of the report of fiscal 2021."""
    result = gyokaku("build", "2021", "--root", root)
    assert result.exit_code == 0, result.output
    return Path(shutil.copytree(root / "reports" / "machi" / "2021", kept))
