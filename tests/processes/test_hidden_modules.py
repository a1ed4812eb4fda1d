"""Doing without modules while something else is imported."""

import sys
from importlib import import_module

import pytest

from helpers.processes.hidden_modules import without_modules


@pytest.fixture
def unused(monkeypatch):
    monkeypatch.delitem(sys.modules, "zipapp", raising=False)
    return "zipapp"


def test_what_is_not_imported_yet_is_not_found_in_the_block_and_is_afterwards(unused):
    with without_modules(unused, "json"), pytest.raises(ImportError):
        import_module(unused)
    assert import_module(unused).__name__ == unused


def test_what_is_imported_already_stays(unused):
    before = import_module("json")
    with pytest.raises(RuntimeError), without_modules("json", unused):
        assert import_module("json") is before
        raise RuntimeError
    assert sys.modules["json"] is before
    assert unused not in sys.modules
