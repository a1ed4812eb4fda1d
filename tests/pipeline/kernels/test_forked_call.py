"""A function called in a process of its own answers as it does here."""

import os

import pytest

from helpers.errors import ExportError
from helpers.pipeline.kernels import SWITCH, warm_kernels
from helpers.pipeline.kernels.forked_call import forked
from helpers.proof.looks import read_positions
from helpers.proof.pdf_text import read_texts

pytestmark = pytest.mark.slow


def end_process(number: int) -> int:
    """Its argument; in any process but that of the tests, nothing: the process ends."""
    if os.getpid() != number:
        os._exit(3)
    return number


def test_an_answer_comes_from_another_process(server, tmp_path):
    assert forked(tmp_path, os.getpid) != os.getpid()


def test_without_a_server_it_comes_from_this_one(tmp_path, monkeypatch):
    monkeypatch.setenv(SWITCH, "ordinary")
    with warm_kernels({}) as none:
        assert none is None
        assert forked(tmp_path, os.getpid) == os.getpid()


def test_texts_are_the_same_from_either(server, tmp_path, files_2022):
    pdf = files_2022["report.pdf"]
    assert forked(tmp_path, read_texts, pdf) == read_texts(pdf)


def test_an_error_is_raised_here(server, tmp_path):
    with pytest.raises(ExportError, match="読み返せません"):
        forked(tmp_path, read_positions, b"no PDF")


def test_where_the_process_ends_without_an_answer_the_function_is_called_here(server, tmp_path):
    assert forked(tmp_path, end_process, os.getpid()) == os.getpid()
