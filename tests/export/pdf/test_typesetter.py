"""The process that sets reports in type: when it starts, when it is replaced, and that it never outlives its build."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from helpers.errors import ExportError
from helpers.export.page.body import assemble_body
from helpers.export.pdf import typst_server
from helpers.export.pdf.typeset import typeset_data
from helpers.export.pdf.typesetter import Typesetter
from helpers.time_limits import CELL
from waiting import wait_until

DATA = json.dumps(typeset_data(assemble_body(["<h1>年</h1>"], "年")), ensure_ascii=False)


@pytest.fixture
def setter() -> Iterator[Typesetter]:
    typesetter = Typesetter()
    yield typesetter
    typesetter.end()


def test_a_successor_sets_the_same_bytes() -> None:
    setter = Typesetter(life=2)
    seen = [(setter.set(DATA), setter.pid) for _ in range(3)]
    setter.end()
    assert len({pdf for pdf, _ in seen}) == 1
    assert seen[0][1] == seen[1][1] != seen[2][1]


def test_what_typst_refuses_is_told_and_the_process_goes_on_and_does_not_hear_ctrl_c(
    setter: Typesetter,
) -> None:
    setter.start()
    pid = setter.pid
    with pytest.raises(ExportError, match="PDF に組めません"):
        setter.set("{}")
    assert os.getsid(pid) == pid  # a terminal sends it to all of its own session
    os.kill(pid, signal.SIGINT)
    assert setter.set(DATA).startswith(b"%PDF")
    assert setter.pid == pid


def test_what_typst_does_not_expect_is_told_and_the_process_is_replaced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class PanicError(BaseException):
        pass

    def panics(data: str) -> bytes:
        raise PanicError("index out of bounds")

    monkeypatch.setattr(typst_server, "compile_report", panics)
    answer, is_well = typst_server._answer(b"{}")
    assert (answer.decode(), is_well) == ("PDF に組めません（PanicError: index out of bounds）", False)


def test_a_report_that_is_being_set_ends_with_the_typesetter(setter: Typesetter) -> None:
    setter.start()
    os.kill(setter.pid, signal.SIGSTOP)
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(setter.set, DATA) for _ in range(2)]
        assert wait_until(lambda: setter.is_asked, 20)
        setter.end()
        for future in waiting:
            with pytest.raises(ExportError, match="build が終わるため"):
                future.result(timeout=20)
    assert setter.set(DATA).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("python", "message"),
    [
        ("/bin/false", r"終了しました（終了コード 1）"),  # ends at once, whatever it is asked
        ("/no/such/python", "起動できません"),
    ],
)
def test_a_process_that_dies_or_cannot_be_started_fails_that_report_alone(
    setter: Typesetter, monkeypatch: pytest.MonkeyPatch, python: str, message: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("sys.executable", python)
        with pytest.raises(ExportError, match=message):
            setter.set(DATA)
    assert setter.set(DATA).startswith(b"%PDF")


def test_a_process_that_stands_still_is_ended_and_fails_that_report_alone(
    setter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    setter.start()
    os.kill(pid := setter.pid, signal.SIGSTOP)
    with monkeypatch.context() as patch:
        patch.setenv(CELL.variable, "1")
        with pytest.raises(ExportError, match=r"1秒以内に終わりませんでした.*GYOKAKU_CELL_SECONDS"):
            setter.set(DATA)
    assert not psutil.pid_exists(pid)
    assert setter.set(DATA).startswith(b"%PDF")


SCRIPT = f"""
import os, signal, sys
from helpers.export.pdf.typesetter import TYPESETTER
data = {DATA!r}
pdf = TYPESETTER.set(data)
"""


def ended(code: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-c", SCRIPT + code], capture_output=True, text=True, check=False, **options
    )  # type: ignore[call-overload,no-any-return]


def test_a_fork_has_a_process_of_its_own() -> None:
    done = ended(
        "mine = TYPESETTER.pid\n"
        "if os.fork() == 0:\n"
        "    os._exit(0 if TYPESETTER.set(data) == pdf and TYPESETTER.pid != mine else 1)\n"
        "print(os.wait()[1], TYPESETTER.set(data) == pdf, TYPESETTER.pid == mine)"
    )
    assert (done.stdout, done.stderr) == ("0 True True\n", "")


@pytest.mark.parametrize("how", ["", "os.kill(os.getpid(), signal.SIGKILL)", "os._exit(9)"])
def test_it_ends_with_the_process_that_wanted_it_and_leaves_no_folder(how: str, tmp_path: Path) -> None:
    done = ended(f"print(TYPESETTER.pid, flush=True)\n{how}", env=os.environ | {"TMPDIR": str(tmp_path)})
    assert wait_until(lambda: not psutil.pid_exists(int(done.stdout)), 20)
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_a_module_that_lies_in_the_way_is_not_imported(tmp_path: Path) -> None:
    (tmp_path / "typst.py").write_text("raise SystemExit('planted')")
    done = ended("print(pdf[:4])", env=os.environ | {"PYTHONPATH": str(tmp_path)})
    assert (done.stdout, done.stderr) == ("b'%PDF'\n", "")
