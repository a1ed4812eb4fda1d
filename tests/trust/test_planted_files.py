"""What lies in the working directory, the environment or a notebook's saved outputs has no say in a report."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from commands import GYOKAKU, gyokaku
from fingerprints import fingerprint
from made_reports import lay_out_reference

pytestmark = pytest.mark.slow
MODULES = [
    "pandas",
    "json",
    "helpers",
    "matplotlib",
    "sitecustomize",
    "usercustomize",
    "nbconvert",
    "typst",
    "jinja2",
    "ipykernel",
]
TEMPLATES = ("lab", "classic", "basic", "base", "report", "gyokaku-html")


def plant(folder: Path, marker: Path) -> dict[str, str]:
    """Fill a folder with traps that would write ``marker``; the variables that point to it."""
    spring = f"open({str(marker)!r}, 'a').write(__file__ if '__file__' in globals() else 'x')\n"
    for module in MODULES:
        (folder / f"{module}.py").write_text(spring, encoding="utf-8")
    for template in TEMPLATES:
        (folder / template).mkdir()
        trap = f"{{{{ cycler.__init__.__globals__.os.system('touch {marker}') }}}}"
        for name in ("index.html.j2", "report.html.j2", "report.typ", "report.css", "conf.json"):
            (folder / template / name).write_text(trap if name != "conf.json" else "{}", encoding="utf-8")
    for startup in ("profile_default/startup", "ipython/profile_default/startup"):
        (folder / startup).mkdir(parents=True)
        (folder / startup / "00.py").write_text(spring, encoding="utf-8")
    for program in ("ipython", "ipython_kernel", "jupyter", "jupyter_nbconvert"):
        for folder_or_file in (folder, folder / "profile_default"):
            (folder_or_file / f"{program}_config.py").write_text(spring, encoding="utf-8")
    kernel = folder / "kernels" / "python3"
    kernel.mkdir(parents=True)
    spec = {"argv": ["/bin/sh", "-c", f"touch {marker}"], "display_name": "Python 3", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    (folder / "matplotlibrc").write_text("font.size: 40\nbackend: module://pandas\n", encoding="utf-8")
    (folder / "startup.py").write_text(spring, encoding="utf-8")
    here = str(folder)
    return {
        "IPYTHONDIR": here, "JUPYTER_CONFIG_DIR": here, "JUPYTER_CONFIG_PATH": here, "JUPYTER_PATH": here,
        "JUPYTER_DATA_DIR": here, "MPLCONFIGDIR": here, "MATPLOTLIBRC": str(folder / "matplotlibrc"),
        "PYTHONSTARTUP": str(folder / "startup.py"), "PYTHONINSPECT": "", "MPLBACKEND": "module://pandas",
        "PAPERMILL_LOG": "1", "SOURCE_DATE_EPOCH": "1", "TYPST_FONT_PATHS": here, "HOME": here,
    }  # fmt: skip


def build(root: Path, cwd: Path, variables: dict[str, str]) -> dict[str, str]:
    """Build fiscal 2018, the shortest report; SHA-256 of every file of it."""
    command = [*GYOKAKU, "build", "H30", "--root", str(root)]
    done = subprocess.run(command, cwd=cwd, env=os.environ | variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return fingerprint(root / "reports/yamaguchi/2018")


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The report as it is where nothing was planted."""
    folder = tmp_path_factory.mktemp("clean")
    return build(lay_out_reference(folder / "project"), folder, {})


@pytest.mark.parametrize("kernels", ["", "ordinary"], ids=["forked kernels", "ordinary kernels"])
def test_planted_files_neither_run_nor_change_a_byte(
    clean: dict[str, str], tmp_path: Path, kernels: str
) -> None:
    trap, marker, root = tmp_path / "trap", tmp_path / "sprung", lay_out_reference(tmp_path / "project")
    trap.mkdir()
    variables = plant(trap, marker)
    for folder_or_file in (root, root / "notebooks", root / "data/raw"):
        for name in ("pandas.py", "sitecustomize.py", "helpers.py"):
            (folder_or_file / name).write_text((trap / name).read_text(encoding="utf-8"), encoding="utf-8")
    assert build(root, trap, variables | {"GYOKAKU_KERNELS": kernels}) == clean
    assert not marker.exists(), marker.read_text(encoding="utf-8")


def test_the_traps_do_spring_where_they_are_not_kept_out(tmp_path: Path) -> None:
    trap, marker = tmp_path / "trap", tmp_path / "sprung"
    trap.mkdir()
    plant(trap, marker)
    subprocess.run([sys.executable, "-c", "import pandas"], cwd=trap, check=True)
    assert marker.exists()


def test_outputs_that_somebody_saved_with_a_notebook_never_reach_a_report(
    clean: dict[str, str], tmp_path: Path
) -> None:
    def save_outputs(root: Path) -> None:
        file = root / "notebooks/annual_report.ipynb"
        notebook = json.loads(file.read_text(encoding="utf-8"))
        for number, cell in enumerate(notebook["cells"]):
            if cell["cell_type"] == "code":
                html = "<script>alert(1)</script><p>作られた数字 99.9%</p>"
                output = {"output_type": "display_data", "metadata": {}, "data": {"text/html": html}}
                cell |= {"outputs": [output], "execution_count": number}
        file.write_text(json.dumps(notebook), encoding="utf-8")

    hostile = build(lay_out_reference(tmp_path / "hostile", save_outputs), tmp_path, {})
    assert {name for name in clean if clean[name] != hostile[name]} == set()


@pytest.mark.parametrize("folder_or_file", ["R4.csv", "R3.csv", "items.csv", "published/2022/overall.csv"])
def test_a_link_that_leaves_the_project_is_refused(tmp_path: Path, folder_or_file: str) -> None:
    root = lay_out_reference(tmp_path / "project")
    file, secret = root / "data/raw/yamaguchi" / folder_or_file, tmp_path / "secret.csv"
    file.rename(secret)
    file.symlink_to(secret)
    result = gyokaku("build", "R4", "--root", root)
    assert result.exit_code == 1
    assert f"data/raw/yamaguchi/{folder_or_file}: プロジェクトの外へのリンクです" in result.stderr
    assert not (root / "reports/yamaguchi/2022").exists()
