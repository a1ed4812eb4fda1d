"""The rooms of the package: which may import which, how large they are, and that their names tell modules apart."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from draw_rooms import PICTURE, picture
from import_graph import PACKAGE, ROOMS, circle_in, import_graph, modules, parsed, room_of, siblings

# Rooms of like things: a module a table, a chart or a command.
OF_LIKE_THINGS = {"report/tables", "report/charts", "cli"}
# Names told apart by their rooms: a table and a chart of the same thing.
SAME_NAME = {"course"}


def test_every_room_has_its_place_in_the_direction() -> None:
    assert {room_of(module) for module in import_graph()} == set(ROOMS)


def test_a_room_imports_from_rooms_above_it_only() -> None:
    above = {room: index for index, room in enumerate(ROOMS)}
    assert [
        (module, other)
        for module, imported in import_graph().items()
        for other in imported
        if above[room_of(other)] > above[room_of(module)]
    ] == []


def test_no_imports_go_round_in_a_circle() -> None:
    assert circle_in(import_graph()) == []
    assert circle_in(siblings(import_graph())) == []


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


def public_names(tree: ast.Module) -> Iterator[str]:
    """The names that a module defines at its top, or imports ``as`` itself, and that begin with no underscore."""
    for node in tree.body:
        names: list[str] = []
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            leaves = [leaf for target in targets for leaf in ast.walk(target) if isinstance(leaf, ast.Name)]
            names = [leaf.id for leaf in leaves if isinstance(leaf.ctx, ast.Store)]
        elif isinstance(node, ast.ImportFrom):
            names = [alias.name for alias in node.names if alias.asname == alias.name]
        yield from (name for name in names if not name.startswith("_"))


def listed_names(tree: ast.Module) -> list[str]:
    values = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]
    ]
    return list(ast.literal_eval(values[0])) if values else []


def test_every_module_lists_the_names_that_it_hands_out() -> None:
    """In ``__all__``, after the docstring; it may list what it imports. An opening with late names computes its own."""
    wrong: dict[Path, list[str]] = {}
    for file in modules().values():
        tree, text = parsed(file), file.read_text(encoding="utf-8")
        names, listed = set(public_names(tree)), set(listed_names(tree))
        imported = {
            alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
        }
        if "late_names(" not in text and not names <= listed <= names | imported:
            wrong[file] = sorted(names)
    assert wrong == {}


def test_the_picture_in_the_documentation_is_of_these_imports() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture(import_graph()), "make pictures draws it anew"
