"""A process that answers: when it starts, when it is replaced, and that it never outlives who keeps it."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from helpers.processes.keeper import DiedError, EndedError, Keeper, LateError
from waiting import wait_until

# Answers with its number or follows the request: ends, ends once, or sleeps for the given time.
CHILD = """
import os, sys, time
from helpers.processes.messages import receive, send, standard_pipes
requests, answers = standard_pipes()
print("a library's chatter", flush=True)
while request := receive(requests).decode():
    if request == "end" or (request.startswith("/") and not os.path.exists(request)):
        open(request, "w").close() if request != "end" else None
        os._exit(3)
    time.sleep(float(request) if request[0].isdecimal() else 0)
    send(answers, str(os.getpid()).encode())
if sys.argv[1:]:
    open(sys.argv[1], "w").close()
"""


def started(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def keep() -> Iterator[Callable[..., Keeper]]:
    made: list[Keeper] = []

    def make(command: Callable[[], subprocess.Popen[bytes]] = started, **options: float) -> Keeper:
        made.append(Keeper(command, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for keeper in made:
        keeper.end()


@pytest.fixture
def keeper(keep: Callable[..., Keeper]) -> Keeper:
    return keep()


def test_nothing_is_started_before_it_is_wanted_nor_left_behind(keeper: Keeper) -> None:
    assert keeper.pid is None
    pid = int(keeper.ask(b"who"))
    assert keeper.pid == pid == int(keeper.ask(b"who"))
    keeper.end()
    assert not psutil.pid_exists(pid)
    keeper.end()


def test_it_is_replaced_after_so_many_answers(keep: Callable[..., Keeper]) -> None:
    keeper = keep(life=2)
    first, second, third = (int(keeper.ask(b"who")) for _ in range(3))
    assert first == second != third
    assert not psutil.pid_exists(first)


def test_one_that_died_between_two_requests_is_replaced(keeper: Keeper) -> None:
    keeper.start()
    os.kill(pid := keeper.pid or 0, signal.SIGKILL)
    assert wait_until(lambda: psutil.Process(pid).status() == psutil.STATUS_ZOMBIE, 20)
    assert int(keeper.ask(b"who")) != pid


def test_one_that_dies_as_it_is_asked_is_replaced_and_asked_again(keeper: Keeper, tmp_path: Path) -> None:
    assert int(keeper.ask(str(tmp_path / "died").encode())) == keeper.pid


def test_one_that_dies_each_time_fails_that_request_alone(keeper: Keeper) -> None:
    with pytest.raises(DiedError) as died:
        keeper.ask(b"end")
    assert died.value.code == 3
    assert keeper.ask(b"who")


def test_one_that_stands_still_is_ended_and_fails_that_request_alone(keeper: Keeper) -> None:
    keeper.start()
    pid = keeper.pid
    with pytest.raises(LateError):
        keeper.ask(b"60", seconds=0.2)
    assert pid and not psutil.pid_exists(pid)
    assert keeper.ask(b"who", seconds=60)


def test_an_answer_that_nobody_waited_for_is_not_given_to_the_next(keeper: Keeper) -> None:
    first = int(keeper.ask(b"who"))
    main = threading.main_thread().ident or 0
    interrupting = threading.Timer(0.2, signal.pthread_kill, (main, signal.SIGINT))
    interrupting.start()
    with pytest.raises(KeyboardInterrupt):
        keeper.ask(b"60")
    assert int(keeper.ask(b"who")) != first


@pytest.mark.parametrize("patience", [0.0, 0.1])
def test_whoever_waits_for_an_answer_ends_with_it(keep: Callable[..., Keeper], patience: float) -> None:
    keeper = keep(patience=patience)
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(keeper.ask, b"60") for _ in range(2)]
        assert wait_until(lambda: keeper.is_asked, 20)
        keeper.end()
        for future in waiting:
            with pytest.raises(EndedError):
                future.result(timeout=20)
    assert keeper.ask(b"who")


def test_one_that_was_ended_for_good_is_not_started_again(keeper: Keeper) -> None:
    keeper.end(for_good=True)
    with pytest.raises(EndedError):
        keeper.ask(b"who")
    assert keeper.pid is None


@pytest.mark.parametrize(("patience", "tidies"), [(0.0, False), (0.1, True)])
def test_one_that_is_said_to_tidy_up_is_let_do_so(
    keep: Callable[..., Keeper], patience: float, tidies: bool, tmp_path: Path
) -> None:
    keeper = keep(lambda: started(str(tmp_path / "tidied")), patience=patience)
    keeper.ask(b"who")
    keeper.end()
    assert (tmp_path / "tidied").exists() == tidies


def test_one_that_cannot_be_started_is_told(keep: Callable[..., Keeper]) -> None:
    with pytest.raises(FileNotFoundError):
        keep(lambda: subprocess.Popen(["/no/such/python"])).ask(b"who")
