"""Files that a command writes where the user says."""

import errno

import pytest

from helpers.cli.output import write_new
from helpers.errors import UsageError


def test_another_file_is_replaced_only_when_asked(tmp_path):
    file = tmp_path / "x.xlsx"
    write_new(file, b"one", "-o", overwrite=False)
    with pytest.raises(UsageError, match="別の名前を --mark-up で指定するか、--overwrite"):
        write_new(file, b"two", "--mark-up", overwrite=False)
    assert file.read_bytes() == b"one"
    write_new(file, b"two", "-o", overwrite=True)
    assert file.read_bytes() == b"two"


def test_a_file_that_cannot_be_written_is_no_report(tmp_path, monkeypatch):
    file = tmp_path / f"{'x' * 250}.xlsx"  # longer than any file system takes, whoever asks
    with pytest.raises(UsageError, match=r"xlsx に書き込めません: .*（場所は -o で変えられます）") as caught:
        write_new(file, b"data", "-o", overwrite=False)
    assert "報告書" not in str(caught.value)
    assert "公開" not in str(caught.value)
    with pytest.raises(UsageError, match="フォルダーがありません"):
        write_new(tmp_path / "none" / "x.xlsx", b"data", "-o", overwrite=False)
    assert list(tmp_path.iterdir()) == []

    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, "refused")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(UsageError, match=r"x\.xlsx に書き込めません: 書き込みの権限がないか"):
        write_new(tmp_path / "x.xlsx", b"data", "-o", overwrite=False)
