#!/usr/bin/env bash
# papermill 2.7.0: a tuple among the parameters of execute_notebook, such as years=(2021, 2022), reaches the notebook as the text
# "(2021, 2022)", even where the parameters cell has a tuple by default. No warning: its length, the number of years that a heading
# states, is 12, a loop over it sees signs, and the metadata of the finished notebook hold a list of two. A list arrives as a
# list. The docstring speaks of arbitrary keyword arguments to pass to the notebook. (nteract/papermill issue 784, open.)
# Seen: list 2か年 [2021, 2022]; tuple 12か年 ['(', '2', '0'].
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet papermill==2.7.0 ipykernel==7.4.0 nbclient==0.11.0 jupyter_client==8.10.0
cd "$work"
timeout 200 env/bin/python - <<'PYTHON'
import nbformat
import papermill
from nbformat.v4 import new_code_cell, new_notebook

KERNEL = {"name": "python3", "display_name": "Python", "language": "python"}


def heading(years: object) -> tuple[str, object]:
    """What a notebook prints about its years, and the years in its metadata."""
    cells = [
        new_code_cell("years = (2020,)", metadata={"tags": ["parameters"]}),
        new_code_cell('print(f"{len(years)}か年", list(years)[:3])'),
    ]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), "in.ipynb")
    done = papermill.execute_notebook("in.ipynb", "out.ipynb", parameters={"years": years}, progress_bar=False)
    return done.cells[-1].outputs[0].text.strip(), nbformat.read("out.ipynb", as_version=4).metadata.papermill.parameters["years"]


of_list, of_tuple = heading([2021, 2022]), heading((2021, 2022))
print(of_list, of_tuple)
assert of_list == ("2か年 [2021, 2022]", [2021, 2022])
assert of_tuple == ("12か年 ['(', '2', '0']", [2021, 2022]), "a tuple arrives whole now"
PYTHON
echo "as described"
