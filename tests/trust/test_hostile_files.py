"""Files made to exhaust a reader are refused within 10 seconds and 1 GB, with a finding, and the build lives on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hostile_files import FILES

from helpers.sheets.unreadable import LIMITS

SCRIPT = Path(__file__).with_name("hostile_files.py")
SECONDS, KILOBYTES = 10, 1_000_000


@pytest.fixture(scope="module")
def inspected(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str, Any]:
    """What a fresh process found in each file, what that took, and the files that it left around it."""
    around = tmp_path_factory.mktemp("around")
    folder, inside = around / "hostile", around / "working" / "folder"
    folder.mkdir()
    inside.mkdir(parents=True)

    def run(*arguments: str | Path) -> str:
        command = [sys.executable, SCRIPT, *arguments]
        environment = os.environ | {"TMPDIR": str(inside)}
        return subprocess.run(
            command, cwd=inside, env=environment, stdout=subprocess.PIPE, text=True, check=True
        ).stdout

    run("make", folder)
    found: dict[str, Any] = json.loads(run("inspect", folder, root / "data/raw/yamaguchi"))
    return found | {"left": {path.name for path in around.rglob("*") if path.is_file()}}


def test_the_child_is_held_to_what_is_promised() -> None:
    assert (LIMITS.seconds, LIMITS.memory_bytes) == (SECONDS, KILOBYTES * 1000)


def test_every_file_is_refused_with_a_finding_in_time(inspected: dict[str, Any]) -> None:
    assert len(inspected["files"]) == len(FILES) >= 30
    for name, found in inspected["files"].items():
        assert found["codes"], name
        assert found["told"].startswith(name), name
        assert found["seconds"] < SECONDS, name


def test_no_process_took_more_memory_than_is_promised(inspected: dict[str, Any]) -> None:
    assert inspected["children_kb"] < KILOBYTES
    assert inspected["own_kb"] < KILOBYTES


@pytest.mark.parametrize("kind", ["entity", "dtd"])
def test_definitions_and_entities_are_refused_as_such(inspected: dict[str, Any], kind: str) -> None:
    told = [found["told"] for name, found in inspected["files"].items() if kind in name]
    assert told and all("DTD" in text for text in told)
    assert not any("root:" in text for text in told)


def test_no_file_was_planted(inspected: dict[str, Any]) -> None:
    assert inspected["left"] == set(FILES)
