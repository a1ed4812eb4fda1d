"""The recipes of docs/own-pieces.md run, one after the other, as a reader would run them."""

import re
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pytest

from helpers.report.charts.drawing.chart import Chart
from helpers.report.table import Table


def test_every_recipe_runs(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "notebooks")
    text = (root / "docs" / "own-pieces.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)
    assert len(blocks) == text.count("```python") >= 6
    names: dict[str, Any] = {}
    try:
        for block in blocks:
            exec(compile(block, "docs/own-pieces.md", "exec"), names)
    finally:
        plt.close("all")
    assert isinstance(names["own_table"], Table) and isinstance(names["own_chart"], Chart)
    assert repr(names["own_sentence"]) == "「実施」は34項目（81.0%）です。"
    published = names["published_table"]
    assert published.caption == "実施でない項目の所管課（独自集計）"
    assert published.printed.iloc[-1].tolist() == ["合計", "8", "100.0%"]
    assert published.details()["items"].sum() == 8
    assert names["of_an_assumption"].caption.endswith("（仮定）")
