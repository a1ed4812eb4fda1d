"""The packages that the project asks for by name are those that its sources import."""

import ast
import json
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from import_graph import parsed
from make_sbom import SBOM, pins

# Asked for by name although no source imports them, and why.
NOT_IMPORTED = {
    "seaborn": "explore.ipynb and the charts of docs/own-pieces.md are drawn with it",
    "tornado": "kernels run on it; the bound leaves out releases with a known hole",
}


def imported(folder: Path) -> set[str]:
    """The packages that the sources in a folder import, by the name that their index has."""
    modules: set[str] = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Import):
                modules.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module)
    tops = {module.partition(".")[0] for module in modules} - set(sys.stdlib_module_names) - {"helpers"}
    homes = packages_distributions()
    return {canonicalize_name(home) for top in tops for home in homes[top]}


def test_what_is_imported_is_asked_for_and_nothing_else(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [text for texts in project["optional-dependencies"].values() for text in texts]
    base = {canonicalize_name(Requirement(text).name) for text in project["dependencies"]}
    asked = base | {canonicalize_name(Requirement(text).name) for text in extras}
    used = imported(root / "src" / "helpers")
    assert used - asked == set()
    assert base - used == set(NOT_IMPORTED)


def test_the_bill_of_materials_lists_what_the_base_install_pins() -> None:
    bill = json.loads(SBOM.read_text(encoding="utf-8"))
    listed = sorted(f"{component['name']}=={component['version']}" for component in bill["components"])
    assert (bill["bomFormat"], len(listed)) == ("CycloneDX", len(pins()))
    assert listed == sorted(pin.partition(" ")[0] for pin in pins())


def test_the_citation_names_the_version(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["version"], citation["license"]) == (project["version"], project["license"])
