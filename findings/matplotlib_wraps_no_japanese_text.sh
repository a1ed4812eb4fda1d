#!/usr/bin/env bash
# matplotlib 3.11.2: Text(wrap=True) breaks lines at spaces only, so a Japanese sentence, which has none, stays one line and runs
# out of the figure, without a warning. The documentation of set_wrap says that wrapping makes sure the text is confined to the
# figure's box. An English sentence is broken. Japanese may be broken between nearly any two letters (UAX #14).
# Seen: a figure of 300 pixels, the English text ends before 300, the Japanese at about 710.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet matplotlib==3.11.2 noto-cjk-sans-jp-regular==0.0.1
MPLCONFIGDIR="$work" "$work/env/bin/python" - "$work" <<'PYTHON'
import sys
import warnings
from pathlib import Path

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
from matplotlib.font_manager import fontManager
from matplotlib.text import Text

fontManager.addfont(str(next((Path(sys.argv[1]) / "env").rglob("*.otf"))))
plt.rcParams["font.family"] = "Noto Sans CJK JP"
assert "confined to the (sub)figure box" in Text.set_wrap.__doc__


def right_edge(sentence: str) -> float:
    """Where a wrapped text ends, in pixels, in a figure of 300 pixels."""
    figure = plt.figure(figsize=(3, 3), dpi=100)
    text = figure.text(0.05, 0.5, sentence, wrap=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.canvas.draw()
    return text.get_window_extent().x1


english = right_edge("The progress of the policy was below its target, and the money was not all spent in the year.")
japanese = right_edge("施策の進み具合は目標を下回り、事業費は年度のうちに使い切られませんでした。対象の見直しを検討します。")
print(f"English ends at {english:.0f}, Japanese at {japanese:.0f} of 300")
assert english <= 300
assert japanese > 450, "Japanese is wrapped now"
PYTHON
echo "as described"
