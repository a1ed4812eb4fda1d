"""What a module stands on, in a package made for it."""

from pathlib import Path

import pytest

from helpers.history.imported import sources

PACKAGE = {
    "__init__.py": "",
    "reading.py": """\
import csv
import city.plain
from typing import TYPE_CHECKING
from city.door import handed_out
from city.door.direct import (
    first,
    second,
)
from pandas import reading_of_another
_CHILD = Path(__file__).with_name("child.py")

if TYPE_CHECKING:
    from city.for_types import Kind


def late():
    from city.late import later
""",
    "door/__init__.py": """\
if TYPE_CHECKING:
    from city.door.asked import handed_out as handed_out
    from city.door.unasked import other
""",
    "door/asked.py": "from city import beneath\n",
    "beneath/__init__.py": "for module in iter_modules(__path__):\n    import_module(module.name)\n",
    "door/direct.py": "from city.reading import back_again\n",
} | dict.fromkeys(
    ["door/unasked.py", "plain.py", "late.py", "for_types.py", "child.py", "beneath/each.py", "other.py"], ""
)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for name, text in PACKAGE.items():
        file = tmp_path / "city" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "city"


def test_what_is_imported_is_followed_and_what_only_stands_beside_it_is_not(package: Path) -> None:
    names = [file.relative_to(package).as_posix() for file in sources(package, ["reading"])]
    assert names == [
        "__init__.py", "beneath/__init__.py", "beneath/each.py", "child.py", "door/__init__.py", "door/asked.py",
        "door/direct.py", "late.py", "plain.py", "reading.py",
    ]  # fmt: skip


def test_a_module_that_imports_nothing_stands_on_its_folders_alone(package: Path) -> None:
    assert [file.name for file in sources(package, ["door.unasked"])] == [
        "__init__.py",
        "__init__.py",
        "unasked.py",
    ]


def test_a_module_that_is_not_there_is_an_error(package: Path) -> None:
    with pytest.raises(ModuleNotFoundError, match=r"city has no module door\.gone"):
        sources(package, ["reading", "door.gone"])
