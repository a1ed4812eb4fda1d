"""A notebook that was run and saved in JupyterLab is the same input as the one that is committed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.pipeline.identity.notebook_source import notebook_source

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
