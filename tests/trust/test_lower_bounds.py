"""No release with a known hole may be installed: neither by our own bounds nor by the lock files."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

# The first release without a known defect of the package, and the defect.
FIXED = {
    "jinja2": ("3.1.6", "CVE-2025-27516: the sandbox let |attr reach str.format"),
    "jupyter-core": ("5.8.1", "CVE-2025-30167: configuration from a folder that others may write (Windows)"),
    "mistune": ("3.2.1", "ids of headings, links of contents and mathematics not escaped; titles of links slow"),
    "nbconvert": ("7.17.1", "two holes fixed in 7.17.1; CVE-2025-53000 in 7.17.0: a planted inkscape.bat was run"),
    "tornado": ("6.5", "CVE-2025-47287: a form could fill the log"),
}  # fmt: skip


@pytest.mark.parametrize("name", FIXED)
def test_our_bounds_leave_out_what_is_known_to_be_broken(root: Path, name: str) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = {
        (requirement := Requirement(text)).name.lower(): requirement for text in project["dependencies"]
    }
    bounds = [Version(spec.version) for spec in requirements[name].specifier if spec.operator == ">="]
    assert bounds and bounds[0] >= Version(FIXED[name][0])


@pytest.mark.parametrize("layer", ["base", "lab", "cluster", "dev"])
def test_the_lock_files_are_past_it(root: Path, layer: str) -> None:
    text = (root / f"requirements/{layer}.txt").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE))
    for name, (fixed, _) in FIXED.items():
        assert Version(pinned[name]) >= Version(fixed), name


def test_the_workflow_asks_for_new_findings(root: Path) -> None:
    workflow = (root / ".github/workflows/reports.yml").read_text(encoding="utf-8")
    for layer in ("lab", "cluster"):
        assert re.search(rf"pip-audit==\S+ .*--require-hashes.* -r requirements/{layer}\.txt", workflow)
