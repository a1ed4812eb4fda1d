"""Names that a package hands out on first use, so that importing the package loads none of its modules.

The package lists them once, as the imports under its ``if TYPE_CHECKING:``::

    if TYPE_CHECKING:
        from helpers.sheets.finding import Finding as Finding

    __all__, __getattr__, __dir__ = late_names(__name__, __file__)
"""

from __future__ import annotations

__all__ = ["FOR_TYPES", "late_names", "listed"]

import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

FOR_TYPES = re.compile(r"^if TYPE_CHECKING:\n(?:(?: +.*)?\n)+", re.M)
_IMPORT = re.compile(r"^ +from (\S+) import (?:\(([^)]*)\)|([^#\n]*))", re.M)
_NAME = re.compile(r"(\w+)(?: as (\w+))?")


def late_names(package: str, file: str) -> tuple[list[str], Callable[[str], Any], Callable[[], list[str]]]:
    """``__all__``, ``__getattr__`` and ``__dir__`` of the package whose ``__init__`` is ``file``."""
    homes = {name: (module, attribute) for name, module, attribute in listed(Path(file))}

    def get(name: str) -> Any:
        if name not in homes:
            # With name and module, a traceback says which name was meant.
            raise AttributeError(
                f"module {package!r} has no attribute {name!r}", name=name, obj=sys.modules[package]
            )
        module, attribute = homes[name]
        home = import_module(module)
        return (
            getattr(home, attribute) if hasattr(home, attribute) else import_module(f"{module}.{attribute}")
        )

    return list(homes), get, lambda: list(homes)


def listed(opening: Path) -> Iterator[tuple[str, str, str]]:
    """The names that an ``__init__`` imports for type checkers: name, module, and the name in that module."""
    for block in FOR_TYPES.findall(opening.read_text(encoding="utf-8")):
        for module, several, single in _IMPORT.findall(block):
            for attribute, name in _NAME.findall(several or single):
                yield name or attribute, module, attribute
