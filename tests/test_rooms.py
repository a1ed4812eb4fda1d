"""The rooms of the package: which may import which, how large they are, and that their names tell modules apart."""

from __future__ import annotations

from collections import Counter

import pytest

from draw_rooms import PICTURE, picture
from import_graph import PACKAGE, ROOMS, circle_in, import_graph, modules, room_of, siblings

GRAPH = import_graph()
# Rooms of like things: a module a table, a chart or a command.
OF_LIKE_THINGS = {"report/tables", "report/charts", "cli"}
# Told apart by their rooms: a table and a chart of the same thing.
SAME_NAME = {"course"}


def test_every_room_has_its_place_in_the_direction() -> None:
    assert {room_of(module) for module in GRAPH} == set(ROOMS)


def test_a_room_imports_from_rooms_above_it_only() -> None:
    above = {room: place for place, room in enumerate(ROOMS)}
    assert [
        (module, other)
        for module, imported in GRAPH.items()
        for other in imported
        if above[room_of(other)] > above[room_of(module)]
    ] == []


def test_no_imports_go_round_in_a_circle() -> None:
    assert circle_in(GRAPH) == []
    assert circle_in(siblings(GRAPH)) == []


def test_a_circle_would_be_found() -> None:
    assert circle_in({"a.x": {"b.y"}, "b.y": {"b.z"}, "b.z": set()}) == []
    assert circle_in(siblings({"a.x": frozenset({"b.y"}), "b.z": frozenset({"a.w"})})) != []


def test_few_modules_lie_loose() -> None:
    assert len([module for module in modules() if "." not in module and not (PACKAGE / module).is_dir()]) <= 4


@pytest.mark.parametrize(
    "room", sorted({file.parent for file in modules().values()}), ids=lambda room: room.name
)
def test_no_room_holds_more_than_ten_modules(room) -> None:
    held = [file for file in room.glob("*.py") if file.name != "__init__.py"]
    assert len(held) <= 10 or room.relative_to(PACKAGE).as_posix() in OF_LIKE_THINGS
    assert all(len(file.read_text(encoding="utf-8").splitlines()) <= 250 for file in held)


def test_no_two_modules_have_one_name_and_no_folder_is_called_build() -> None:
    names = Counter(file.stem for file in modules().values() if file.name != "__init__.py")
    assert {name for name, times in names.items() if times > 1} <= SAME_NAME
    assert [path for path in PACKAGE.rglob("build*") if path.is_dir() or path.stem == "build"] == []


def test_the_picture_in_the_documentation_is_of_these_imports() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture(GRAPH), "make pictures draws it anew"
