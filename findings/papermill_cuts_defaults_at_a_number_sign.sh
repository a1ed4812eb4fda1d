#!/usr/bin/env bash
# papermill 2.7.0: inspect_notebook, and so `papermill --help-notebook`, cuts the default of a parameter at a number sign inside a
# string and gives the rest of the string as the parameter's help, without a warning. Running the notebook is not touched. An
# equals sign in a string has another fault: the whole parameter is left out, with a warning (nteract/papermill issue 864).
# Seen: title has the default "第3次計画 (no closing quote) and the help 2"; city, without a number sign, is right.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet papermill==2.7.0 nbformat==5.11.1
"$work/env/bin/python" - "$work" <<'PYTHON'
import sys
from pathlib import Path

import nbformat
import papermill

SOURCE = 'title = "第3次計画 #2"\nlink = "https://www.example.jp/plan#aims"  # the page of the plan\ncity = "山口市"  # the city\n'
cell = nbformat.v4.new_code_cell(SOURCE, metadata={"tags": ["parameters"]})
kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel})
file = Path(sys.argv[1]) / "a.ipynb"
nbformat.write(notebook, file)
values: dict[str, str] = {}
exec(SOURCE, values)
inferred = {name: (about["default"], about["help"]) for name, about in papermill.inspect_notebook(str(file)).items()}
for name, (default, help_text) in inferred.items():
    print(f"{name}: is {values[name]}; default {default}; help {help_text}")
assert inferred["city"] == ('"山口市"', "the city")
assert inferred["title"] == ('"第3次計画', '2"'), "the default is whole now"
assert inferred["link"] == ('"https://www.example.jp/plan', 'aims"  # the page of the plan'), "the default is whole now"
PYTHON
echo "as described"
