"""A notebook that was run and saved in JupyterLab is the same input as the one that is committed."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from commands import git
from helpers.pipeline.identity.notebook_source import notebook_source, settle_in_git

NOTEBOOKS = Path(__file__).parents[3] / "notebooks"


def test_running_and_saving_changes_no_source() -> None:
    content = (NOTEBOOKS / "annual_report.ipynb").read_bytes()
    saved: dict[str, Any] = json.loads(content)
    saved["metadata"]["kernelspec"]["display_name"] = "Python 3 (ipykernel)"
    saved["metadata"]["language_info"] |= {"version": "3.12.1", "codemirror_mode": {"name": "ipython"}}
    for number, cell in enumerate(saved["cells"]):
        cell["source"] = "".join(cell["source"])
        cell["metadata"] |= {"scrolled": True, "editable": True, "slideshow": {"slide_type": ""}}
        if cell["cell_type"] == "code":
            stream = {"output_type": "stream", "name": "stdout", "text": "81.0%"}
            cell |= {"execution_count": number, "outputs": [stream]}
    assert notebook_source(json.dumps(saved).encode()) == content


@pytest.mark.parametrize(
    ("before", "after"),
    [('"### まとめ"', '"### まとめて"'), ('"parameters"\n', '"other"\n')],
)
def test_another_word_or_tag_is_another_source(before: str, after: str) -> None:
    text = (NOTEBOOKS / "annual_report.ipynb").read_text(encoding="utf-8")
    assert before in text
    assert notebook_source(text.replace(before, after, 1).encode()) != text.encode()


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"cells": [1]}', b"\xff"])
def test_what_is_no_notebook_stays_as_it_is(content: bytes) -> None:
    assert notebook_source(content) == content


def test_a_saved_notebook_is_no_change_to_git_and_a_changed_one_is_not_staged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JupyterLab calls the hook with the file's path and more."""
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "filter.source.clean", f"'{sys.executable}' -m {notebook_source.__module__}")
    (tmp_path / ".gitattributes").write_text("*.ipynb filter=source\n", encoding="utf-8")
    file = tmp_path / "ingest.ipynb"
    saved = json.loads((NOTEBOOKS / "ingest.ipynb").read_text(encoding="utf-8"))
    file.write_bytes(notebook_source(json.dumps(saved).encode()))
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "all")

    saved["cells"][2]["execution_count"] = 1
    file.write_text(json.dumps(saved), encoding="utf-8")
    settle_in_git(os_path=str(file), model={}, contents_manager=None)
    assert git(tmp_path, "status", "--short") == ""

    saved["cells"][2]["source"] = ["print(1)"]
    file.write_text(json.dumps(saved), encoding="utf-8")
    new = tmp_path / "new.ipynb"
    new.write_text(json.dumps(saved), encoding="utf-8")
    for path in (file, new, tmp_path.parent / "elsewhere.ipynb"):
        settle_in_git(os_path=str(path), model={}, contents_manager=None)
    assert git(tmp_path, "status", "--short").splitlines() == [" M ingest.ipynb", "?? new.ipynb"]
