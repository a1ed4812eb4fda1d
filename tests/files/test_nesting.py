"""Texts that are nested deeper than a person or a program of ours writes them."""

import json
import shutil
from pathlib import Path

import pytest

from helpers.errors import DataError
from helpers.files import nesting
from helpers.files.nesting import DEEPEST, read_json, too_deep_at, without_strings
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity.manifest import Manifest, Summary
from helpers.project import Target
from helpers.proof.diff import compare_folders


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


def test_json_is_read_as_deep_as_it_may_be_and_no_deeper() -> None:
    assert json.dumps(read_json(nested(DEEPEST).encode())) == nested(DEEPEST)
    with pytest.raises(ValueError, match=f"line 2: nested deeper than {DEEPEST} levels"):
        read_json(f"\n{nested(DEEPEST + 1)}".encode())


def test_brackets_that_stand_side_by_side_or_in_text_are_not_deep() -> None:
    flat = [[], {}] * DEEPEST + ["[{" * DEEPEST, '\\"' + "[" * DEEPEST]
    assert read_json(json.dumps(flat).encode()) == flat


@pytest.mark.parametrize(
    "text",
    [
        'a = "[[["', "a = '[[['", 'a = "\\"[[["', "# [[[", "a = '\\\\' # [[[", 'a = """\n"[[["\n"""', "a = '''\n'[[['\n'''",
        'a = """x"""" # "[[[', 'a = """x\\""""\nb = "[[["',
    ],
)  # fmt: skip
def test_a_bracket_in_a_string_or_remark_of_toml_is_none(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nesting, "DEEPEST", 2)
    assert too_deep_at(without_strings(text)) is None
    assert too_deep_at(without_strings(f"{text}\nb = [[[")) == text.count("\n") + 2
    # The fourth and fifth quotation mark belong to the string that the three before them close.
    for deep in ('a = ["""x"""", [["y"]]]', 'a = ["""x""""", [["y"]]]', "a = ['''x'''', [['y']]]"):
        assert too_deep_at(without_strings(deep)) == 1


def test_a_manifest_that_is_too_deep_is_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = Manifest(Target("machi", FiscalYear(2020)), {}, Summary("町", "計画", 4, "", 0, 0, 0, 0), {})
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_bytes(manifest.to_json())
        (tmp_path / name / "report.html").write_text("<h1>町</h1>", encoding="utf-8")
    file = tmp_path / "a/manifest.json"
    assert Manifest.read(file) == manifest
    # A list that our program did not write fails its own SHA-256; the limit is checked before that.
    file.write_bytes(file.read_bytes().replace(b"{", b'{"x": ' + nested(DEEPEST).encode() + b", ", 1))
    assert Manifest.read(file) is None
    with pytest.raises(DataError, match=r"manifest\.json を読めません（line 1: nested deeper"):
        compare_folders(tmp_path / "a", tmp_path / "b", with_pictures=False)
    shutil.copy(tmp_path / "b/manifest.json", file)
    assert not compare_folders(tmp_path / "a", tmp_path / "b", with_pictures=False).has_differences
