"""What the pages for newcomers say is there, is there."""

import re
from pathlib import Path

import pytest

from commands import unknown_in
from draw_layouts import PICTURES as LAYOUTS
from helpers.history.history import History
from helpers.report.register import reconcile

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("", "docs/**/", "data/", "data/processed/", "benchmarks/", "reports/")
    for path in ROOT.glob(f"{folder}*.md")
)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


def test_pictures_are_small(root: Path) -> None:
    pictures = {picture.name: picture.stat().st_size for picture in (root / "docs" / "images").iterdir()}
    assert set(pictures) == {"report-2022.png", "comparison-2022.png", "card.png", "rooms.svg", *LAYOUTS}
    assert max(pictures.values()) < 200_000


def code_in(text: str) -> str:
    """What stands as code in a page: between backticks, and in blocks."""
    blocks = re.findall(r"^ *```.*?^ *```", text, re.MULTILINE | re.DOTALL)
    for block in blocks:
        text = text.replace(block, "")
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", text)])


def test_every_command_option_and_make_verb_exists() -> None:
    code = "\n".join(code_in((ROOT / page).read_text(encoding="utf-8")) for page in PAGES)
    assert unknown_in(code) == []
    for used in ("gyokaku build", "gyokaku check", "gyokaku worker", "make test", "make bench-nation"):
        assert used in code
    slips = '`gyokaku biuld`, `gyokaku build --forse`, `make rport`, `make report ARGS="--forse"`'
    assert len(unknown_in(code_in(slips))) == 4


def test_every_environment_variable_is_in_the_readme() -> None:
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    used = set(re.findall(r'"(GYOKAKU_[A-Z_]+)"', "\n".join(sources)))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "GYOKAKU_ROOT" in used
    assert sorted(used) == sorted(re.findall(r"^\| `(GYOKAKU_[A-Z_]+)", readme, re.MULTILINE))


def test_the_number_of_compared_figures_is_right(history_2022: History, root: Path) -> None:
    result = reconcile(history_2022)
    english, japanese = ((root / page).read_text(encoding="utf-8") for page in ("README.md", "README.ja.md"))
    assert f"all {result.total} printed cells" in english.replace("\n", " ")
    assert f"{result.matches} agree" in english
    assert f"{result.total}欄のうち{result.matches}欄が一致" in japanese
