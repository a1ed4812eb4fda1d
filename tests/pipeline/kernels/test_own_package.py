"""Kernels run the sources that the build runs, also where another copy of the package is installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

import helpers
from helpers.pipeline.kernels import SWITCH

SOURCES = Path(helpers.__path__[0])
SHOWN = "import helpers\nprint(helpers.__path__[0])"
BUILD = """
import sys
from pathlib import Path
import helpers
from helpers.pipeline.notebooks.environment import common_environment
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.notebooks.runner import run_notebook
from helpers.pipeline.notebooks.workspace import Workspace
from helpers.pipeline.kernels import warm_kernels

if __name__ == "__main__":
    inputs = Inputs({"where.ipynb": Path(sys.argv[1]).read_bytes()})
    with warm_kernels(common_environment()), Workspace.create(inputs) as workspace:
        notebook = run_notebook("where.ipynb", {}, workspace)
    print(helpers.__path__[0])
    print(notebook.cells[-1].outputs[0].text, end="")
"""


@pytest.mark.slow
@pytest.mark.parametrize("kernels", ["forked", "ordinary"])
def test_a_kernel_has_the_package_of_the_build_and_not_the_installed_one(
    kernels: str, tmp_path: Path
) -> None:
    copy = tmp_path / "checkout" / "src"
    shutil.copytree(SOURCES, copy / "helpers", ignore=shutil.ignore_patterns("__pycache__"))
    cell = nbformat.v4.new_code_cell(SHOWN)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "where.ipynb")
    (tmp_path / "build.py").write_text(BUILD, encoding="utf-8")
    told = {}
    for name, more in (("copy", {"PYTHONPATH": str(copy)}), ("installed", {})):
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | more | {SWITCH: kernels}
        command = [sys.executable, "-P", str(tmp_path / "build.py"), str(tmp_path / "where.ipynb")]
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr[-2000:]
        told[name] = ended.stdout.splitlines()
    assert told["copy"] == [str(copy / "helpers")] * 2
    assert told["installed"][0] == told["installed"][1] != told["copy"][0]
