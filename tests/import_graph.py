"""The imports between the modules of the package, read from the sources: type checkers' and late ones count, too."""

import ast
from collections.abc import Iterable, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "helpers"
# From the top down: a room imports from rooms above it only. Names without a folder are modules.
ROOMS = (
    "errors",
    "fiscal_year",
    "time_limits",
    "text",
    "files",
    "project",
    "plan",
    "sheets",
    "processes",
    "history",
    "report",
    "export",
    "proof",
    "pipeline",
    "cli",
)

Graph = Mapping[str, frozenset[str]]


@cache
def modules() -> dict[str, Path]:
    """Every module by its name without 'helpers.'; the package itself, its door, and what ``python -m`` runs are left out."""
    files = {file: file.relative_to(PACKAGE).with_suffix("").parts for file in sorted(PACKAGE.rglob("*.py"))}
    names = {
        ".".join(parts[:-1] if parts[-1] == "__init__" else parts): file for file, parts in files.items()
    }
    return {name: file for name, file in names.items() if name not in ("", "__main__")}


@cache
def parsed(file: Path) -> ast.Module:
    """The source of a module as a tree; tests leave it as it is."""
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def import_graph() -> dict[str, frozenset[str]]:
    """The modules that each module imports."""
    known = modules()
    return {name: frozenset(_imported(name, file, known)) for name, file in known.items()}


def room_of(module: str) -> str:
    """The room of a module: the folder right below the package, or the module itself where it lies loose."""
    return module.partition(".")[0]


def siblings(graph: Graph) -> dict[str, set[str]]:
    """The same imports between the rooms and modules of one folder: report.tables imports report.table."""
    imports: dict[str, set[str]] = {}
    for module, imported in graph.items():
        for other in imported:
            mine, theirs = module.split("."), other.split(".")
            depth = next(
                (n for n, pair in enumerate(zip(mine, theirs, strict=False)) if len(set(pair)) > 1), None
            )
            if depth is not None:  # a room's own opening belongs to the room
                imports.setdefault(".".join(mine[: depth + 1]), set()).add(".".join(theirs[: depth + 1]))
    return imports


def circle_in(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """The names along one circle of the graph; empty where there is none."""
    try:
        TopologicalSorter({name: set(others) - {name} for name, others in graph.items()}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _imported(module: str, file: Path, known: Mapping[str, Path]) -> Iterable[str]:
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "helpers":
            origin = (node.module or "").removeprefix("helpers").removeprefix(".")
            for alias in node.names:
                whole = f"{origin}.{alias.name}".removeprefix(".")
                yield from ({whole if whole in known else origin} & known.keys()) - {module}
        elif isinstance(node, ast.Import):
            yield from {alias.name.removeprefix("helpers.") for alias in node.names} & known.keys()
