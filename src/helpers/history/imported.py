"""Find the source files that a module depends on in this package: its imports, their imports, and so on.

Imports are found in the formatted text by patterns: parsing would take as long as reading a sheet.
"""

from __future__ import annotations

__all__ = ["sources"]

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.files.late_names import FOR_TYPES, listed

_IMPORT = re.compile(r"^ *(?:from (\S+) import (\([^)]*\)|.*)|import (\S+))", re.M)
_ALL = re.compile(r" in iter_modules\(__path__")
_SCRIPT = re.compile(r'"(\w+\.py)"')
_NAME = re.compile(r"\w+")


def sources(package: Path, modules: Iterable[str]) -> list[Path]:
    """The files of ``package`` that some of its modules depend on, sorted; 'sheets.reading' names a module.

    Followed are imports anywhere in a file, except those for type checkers; the ``__init__`` of each folder on the way,
    with the late names that are imported from it; files that a module names, beside it or below; and every module of a
    folder whose ``__init__`` imports all of them.

    Raises:
        ModuleNotFoundError: the package has no such module.
    """
    read, followed = set[Path](), set[tuple[str, str]]()
    pending: list[Path] = []
    for module in modules:
        pending += _files(package, module.split("."))
        if not pending or pending[-1].with_suffix("") != package.joinpath(*module.split(".")):
            raise ModuleNotFoundError(f"{package.name} has no module {module}")
    while pending:
        if (file := pending.pop()) not in read:
            read.add(file)
            text = file.read_text(encoding="utf-8")
            for module, name in set(_imports(FOR_TYPES.sub("", text))) - followed:
                followed.add((module, name))
                pending += _named(package, module, name)
            pending += (script for name in _SCRIPT.findall(text) for script in file.parent.rglob(name))
            pending += file.parent.glob("*.py") if _ALL.search(text) else ()
    return sorted(read)


def _imports(text: str) -> Iterator[tuple[str, str]]:
    """Module and name of ``from module import name``; an empty name for ``import module``."""
    for origin, names, module in _IMPORT.findall(text):
        yield from ((origin, name) for name in _NAME.findall(names)) if origin else [(module, "")]


def _named(package: Path, module: str, name: str) -> Iterator[Path]:
    """The files behind an import; none where it is of another package."""
    top, *parts = module.split(".")
    if top != package.name:
        return
    yield from _files(package, [*parts, name] if name else parts)
    opening = package.joinpath(*parts, "__init__.py")
    if opening.is_file():
        # A name that a folder imports on first use: the block for type checkers says from where.
        for handed, origin, attribute in listed(opening):
            if handed == name:
                yield from _named(package, origin, attribute)


def _files(package: Path, parts: list[str]) -> Iterator[Path]:
    """A module's own file and the ``__init__`` of the folders on the way to it, as far as they exist."""
    for depth in range(len(parts) + 1):
        path = package.joinpath(*parts[:depth])
        yield from (file for file in (path / "__init__.py", path.with_suffix(".py")) if file.is_file())
