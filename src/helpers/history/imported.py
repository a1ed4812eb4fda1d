"""Find the source files that a module depends on in this package: its imports, their imports, and so on.

Imports are found in the formatted text by patterns: parsing would take as long as reading a sheet.
"""

from __future__ import annotations

__all__ = ["sources"]

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from helpers.files.late_names import FOR_TYPES, listed

_IMPORT = re.compile(r"^ *(?:from (\S+) import (\([^)]*\)|.*)|import (\S+))", re.M)
_ALL = re.compile(r" in iter_modules\(__path__")
_SCRIPT = re.compile(r'"(\w+\.py)"')
_NAME = re.compile(r"\w+")


def sources(package: Path, modules: Sequence[str]) -> list[Path]:
    """The files of ``package`` that some of its modules depend on, sorted; 'sheets.reading' names a module.

    Followed are imports anywhere in a file, except those for type checkers; the ``__init__`` of each folder on the way,
    with the late names that are imported from it; files that a module names, beside it or below; and every module of a
    folder whose ``__init__`` imports all of them.

    Raises:
        ModuleNotFoundError: the package has no such module.
    """
    homes = _homes(package)
    if missing := [module for module in modules if module not in homes]:
        raise ModuleNotFoundError(f"{package.name} has no module {missing[0]}")
    read, followed = set[Path](), set[tuple[str, str]]()
    pending = [file for module in modules for file in _files(homes, module)]
    while pending:
        if (file := pending.pop()) not in read:
            read.add(file)
            text = file.read_text(encoding="utf-8")
            for module, name in set(_imports(FOR_TYPES.sub("", text))) - followed:
                followed.add((module, name))
                pending += _named(package.name, homes, module, name)
            pending += (script for name in _SCRIPT.findall(text) for script in file.parent.rglob(name))
            pending += file.parent.glob("*.py") if _ALL.search(text) else ()
    return sorted(read)


def _homes(package: Path) -> dict[str, Path]:
    """The files of a package by the names of their modules, '' for its own ``__init__``: one look at each folder."""
    homes = {}
    for folder, _, names in os.walk(package):
        parts = Path(folder).relative_to(package).parts
        for name in names:
            stem, _, suffix = name.partition(".")
            if suffix == "py":
                homes[".".join(parts if stem == "__init__" else (*parts, stem))] = Path(folder, name)
    return homes


def _imports(text: str) -> Iterator[tuple[str, str]]:
    """Module and name of ``from module import name``; an empty name for ``import module``."""
    for origin, names, module in _IMPORT.findall(text):
        yield from ((origin, name) for name in _NAME.findall(names)) if origin else [(module, "")]


def _named(package: str, homes: Mapping[str, Path], module: str, name: str) -> Iterator[Path]:
    """The files behind an import; none where it is of another package."""
    top, _, module = module.partition(".")
    if top != package:
        return
    yield from _files(homes, f"{module}.{name}".strip("."))
    if (opening := homes.get(module)) is not None and opening.stem == "__init__":
        # A name that a folder imports on first use: the block for type checkers says from where.
        for handed, origin, attribute in listed(opening):
            if handed == name:
                yield from _named(package, homes, origin, attribute)


def _files(homes: Mapping[str, Path], module: str) -> Iterator[Path]:
    """A module's own file and the ``__init__`` of the folders on the way to it, as far as they exist."""
    parts = module.split(".")
    for name in ("", *(".".join(parts[:depth]) for depth in range(1, len(parts) + 1))):
        if name in homes:
            yield homes[name]
