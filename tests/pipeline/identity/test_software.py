"""What a report is made with is told truly: any changed byte of our sources, any other version beneath."""

import os
import sys
from importlib import metadata

import pytest

import helpers
from helpers.pipeline.identity import software


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of one module and one template in the place of ours."""
    (tmp_path / "export/templates").mkdir(parents=True)
    (tmp_path / "text.py").write_bytes(b"one = 1\n")
    (tmp_path / "export/templates/report.css").write_bytes(b"p {}\n")
    monkeypatch.setattr(helpers, "__path__", [str(tmp_path)])
    return tmp_path


def digest():
    return software.package_digest.__wrapped__()


def versions():
    return software.versions.__wrapped__()


@pytest.mark.parametrize("name", ["text.py", "export/templates/report.css"])
def test_a_changed_byte_is_noticed_though_the_file_looks_the_same(package, name):
    file = package / name
    before, looks = digest(), file.stat()
    content = file.read_bytes()
    file.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    os.utime(file, ns=(looks.st_atime_ns, looks.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (looks.st_size, looks.st_mtime_ns)
    assert digest() != before
    file.write_bytes(content)
    assert digest() == before


@pytest.mark.parametrize("change", ["added", "renamed", "moved"])
def test_another_set_of_files_is_noticed(package, change):
    before = digest()
    if change == "added":
        (package / "export/__init__.py").touch()
    else:
        (package / "text.py").rename(package / ("texts.py" if change == "renamed" else "export/text.py"))
    assert digest() != before


def test_bytecode_and_what_editors_leave_is_no_source(package):
    before = digest()
    (package / "__pycache__").mkdir()
    (package / "__pycache__/text.cpython-311.pyc").touch()
    (package / ".text.py.swp").touch()
    assert digest() == before


def test_the_versions_are_those_of_what_a_report_is_made_with():
    known = versions()
    assert known.pop("python") == sys.version.split()[0]
    assert {"pandas", "matplotlib", "papermill", "nbconvert", "typst", "noto-cjk", "numpy"} <= set(known)
    assert "jupyterlab" not in known
    assert known == {name: metadata.version(name) for name in known}


def test_another_version_is_noticed(tmp_path, monkeypatch):
    (tmp_path / "Typst-99.1.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert versions()["typst"] == "99.1"


def test_of_a_broken_upgrade_every_version_is_told(tmp_path, monkeypatch):
    for version in ("98.0", "99.0"):
        (tmp_path / f"typst-{version}.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert versions()["typst"] == "98.0, 99.0"
    (tmp_path / "typst-99.0.dist-info").rename(tmp_path / "typst-99.1.dist-info")
    assert versions()["typst"] == "98.0, 99.1"


def test_a_package_without_such_a_folder_is_found_by_its_own_record(tmp_path, monkeypatch):
    (tmp_path / "gyokaku-1.dist-info").mkdir()
    required = (
        "Requires-Dist: Odd.Name>=1\nRequires-Dist: not-here\nRequires-Dist: dask; extra == 'cluster'\n"
    )
    (tmp_path / "gyokaku-1.dist-info/METADATA").write_text(
        f"Name: gyokaku\n{required}\nRequires-Dist: typst\n"
    )
    (tmp_path / "odd_name.egg-info").mkdir()
    (tmp_path / "odd_name.egg-info/PKG-INFO").write_text(
        "Metadata-Version: 2.1\nName: odd-name\nVersion: 7\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    known = versions()
    assert known["odd.name"] == "7"
    assert not {"not-here", "dask", "typst"} & set(known)
