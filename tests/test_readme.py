"""What the pages for newcomers say is there, is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.cli import main
from helpers.history import History
from helpers.published import reconcile

PAGES = ["README.md", "README.ja.md", "CONTRIBUTING.md", "data/README.md"]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(root: Path, page: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", (root / page).read_text(encoding="utf-8"))
    assert [link for link in links if not (root / page).parent.joinpath(link).exists()] == []


def test_pictures_are_small(root: Path) -> None:
    pictures = {picture.name: picture.stat().st_size for picture in (root / "docs" / "images").iterdir()}
    assert set(pictures) == {"report-2022.png", "comparison-2022.png"}
    assert max(pictures.values()) < 200_000


def test_every_command_and_make_verb_exists(root: Path) -> None:
    text = "".join((root / page).read_text(encoding="utf-8") for page in PAGES)
    told = CliRunner().invoke(main, ["--help"]).output
    commands = set(re.findall(r"gyokaku (?:--\S+ )?([a-z]+)\b", text))
    assert {"build", "check", "verify"} <= commands
    assert [command for command in commands if not re.search(rf"^  {command} ", told, re.MULTILINE)] == []
    verbs = set(re.findall(r"`?make ([a-z-]+)", text))
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    assert {"report", "test", "lab"} <= verbs
    assert [verb for verb in verbs if f"\n{verb}:" not in makefile] == []


def test_the_told_number_of_compared_figures_is_right(history_2022: History, root: Path) -> None:
    result = reconcile(history_2022)
    english, japanese = ((root / page).read_text(encoding="utf-8") for page in PAGES[:2])
    assert (
        f"all {result.total} printed cells" in english.replace("\n", " ")
        and f"{result.matches} agree" in english
    )
    assert f"{result.total}欄のうち{result.matches}欄が一致" in japanese
