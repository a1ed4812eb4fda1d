import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity import manifest as manifest_module
from helpers.pipeline.identity.manifest import Manifest, digests
from helpers.project import Target
from summaries import SUMMARY

FILES = {"report.html": b"<html>", "tables/overall.csv": b"status\n"}
MANIFEST = Manifest(
    Target("yamaguchi", FiscalYear(2022)),
    {"inputs": {"b": "2", "a": "1"}, "parameters": {"year": 2022}},
    SUMMARY,
    digests(FILES),
)


@pytest.fixture
def folder(tmp_path):
    for name, content in (FILES | {"manifest.json": MANIFEST.to_json()}).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_it_reads_back_as_it_was_written(folder):
    assert Manifest.read(folder / "manifest.json") == MANIFEST


def test_its_keys_are_sorted_and_its_text_is_legible():
    text = MANIFEST.to_json().decode("utf-8")
    record = json.loads(text)
    assert list(record) == sorted(record)
    assert list(record["inputs"]) == ["a", "b"]
    assert "山口市" in text


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"plan": "a"}', b"\xff"])
def test_what_is_no_manifest_is_none(folder, content):
    (folder / "manifest.json").write_bytes(content)
    assert Manifest.read(folder / "manifest.json") is None
    assert Manifest.read(folder / "nowhere.json") is None


def test_a_manifest_of_another_format_is_none(folder, monkeypatch):
    monkeypatch.setattr(manifest_module, "FORMAT", 1)
    assert Manifest.read(folder / "manifest.json") is None


CONTENT = MANIFEST.to_json()


@given(
    index=st.integers(0, len(CONTENT) - 1),
    byte=st.integers(0, 255),
    kind=st.sampled_from(["in", "by", "out"]),
)
def test_a_manifest_with_any_byte_changed_added_or_lost_is_none(tmp_path_factory, index, byte, kind):
    new = {
        "in": CONTENT[:index] + bytes([byte]) + CONTENT[index:],
        "by": CONTENT[:index] + bytes([byte]) + CONTENT[index + 1 :],
        "out": CONTENT[:index] + CONTENT[index + 1 :],
    }[kind]
    file = tmp_path_factory.getbasetemp() / "changed.json"
    file.write_bytes(new)
    assert Manifest.read(file) == (MANIFEST if new == CONTENT else None)


def test_it_says_what_became_of_each_file(folder):
    assert MANIFEST.damage(folder) == {}
    (folder / "report.html").write_bytes(b"<html >")
    (folder / "tables/overall.csv").unlink()
    (folder / "notes.txt").touch()
    assert MANIFEST.damage(folder) == {
        "notes.txt": "added",
        "report.html": "changed",
        "tables/overall.csv": "gone",
    }


@pytest.mark.parametrize("name", [".DS_Store", "tables/~$tables.xlsx", "Thumbs.db", "report.html~"])
def test_what_programs_leave_when_somebody_looks_at_a_report_is_passed_over(folder, name):
    (folder / name).write_bytes(b"left")
    assert MANIFEST.damage(folder) == {}


@pytest.mark.parametrize(
    ("summary", "phrase"),
    [
        (SUMMARY, "373/376 一致（正誤3）"),
        (replace(SUMMARY, matches=372, differences=1), "372/376 一致（正誤3、相違1）"),
        (replace(SUMMARY, errata=0, matches=376), "376/376 一致"),
        # A row that only the report has is no cell of the published table.
        (replace(SUMMARY, errata=0, matches=376, differences=1), "376/376 一致（相違1）"),
        (replace(SUMMARY, errata=0, matches=0, published=0), "公表値なし"),
    ],
)
def test_errata_and_other_differences_are_counted_apart(summary, phrase):
    assert summary.reconciliation == phrase
