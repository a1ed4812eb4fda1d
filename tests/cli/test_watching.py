"""`gyokaku build --watch`: a saved sheet is built again, and the open page is loaded again."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from browser import Browser
from helpers.cli.watching import build_on_change
from helpers.errors import DataError
from waiting import wait_until

PATIENCE = 30  # seconds


class Watching:
    """A watch that runs beside the test; ``builds`` counts what it built; ``saved`` is written during the first build."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str], saved: str = "") -> None:
        self._saved = saved
        self.root, self.builds, self.ended = root, 0, []
        self.stop, self._said, self._capsys = Event(), "", capsys
        self.failing: Exception | None = None
        self._thread = Thread(target=lambda: self.ended.append(build_on_change(root, self.build, self.stop)))
        self._thread.start()

    def build(self) -> int:
        if self.failing is not None:
            raise self.failing
        self.builds += 1
        if self._saved and self.builds == 1:
            (self.root / self._saved).write_text("番号", encoding="utf-8")
        page = f"<!DOCTYPE html><title>{self.builds}</title><p>{self.builds}"
        file = self.root / "reports" / "index.html"
        file.write_text(page, encoding="utf-8")
        os.utime(file, (0, 0))  # builds may end within one second, by which HTTP tells files apart
        return 0

    def said(self) -> str:
        self._said += "".join(self._capsys.readouterr())
        return self._said

    def address(self) -> str:
        assert wait_until(lambda: "http://127.0.0.1:" in self.said(), PATIENCE)
        return next(line.split()[0] for line in self._said.splitlines() if line.startswith("http"))

    def end(self) -> None:
        self.stop.set()
        self._thread.join(PATIENCE)


@pytest.fixture
def watching(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Watching]]:
    for folder in ("data/raw/machi", "notebooks", "reports"):
        (tmp_path / folder).mkdir(parents=True)
    begun: list[Watching] = []

    def begin(saved: str = "") -> Watching:
        begun.append(Watching(tmp_path, capsys, saved))
        return begun[-1]

    yield begin
    for each in begun:
        each.end()


def test_a_saved_sheet_is_built_again_and_named_and_leftovers_are_not(watching) -> None:
    running = watching()
    running.address()
    assert running.builds == 1
    (running.root / "data/raw/machi/~$R5.xlsx").write_text("lock", encoding="utf-8")
    (running.root / "notebooks/.ipynb_checkpoints").mkdir()
    (running.root / "data/raw/machi/R5.csv").write_text("番号", encoding="utf-8")
    assert wait_until(lambda: running.builds == 2, PATIENCE)
    assert "変わったファイル: data/raw/machi/R5.csv\n" in running.said()
    running.end()
    assert running.ended == [0]


def test_what_is_saved_during_the_first_build_is_built_again(watching) -> None:
    running = watching(saved="data/raw/machi/R5.csv")
    assert wait_until(lambda: running.builds == 2, PATIENCE)
    assert "変わったファイル: data/raw/machi/R5.csv\n" in running.said()


def test_a_build_that_fails_is_said_and_the_next_change_is_built(watching) -> None:
    running = watching()
    running.address()
    running.failing = DataError("plan.toml を読めません")
    (running.root / "data/raw/machi/plan.toml").write_text("", encoding="utf-8")
    assert wait_until(lambda: "plan.toml を読めません" in running.said(), PATIENCE)
    running.failing = None
    (running.root / "data/raw/machi/plan.toml").write_text("x = 1", encoding="utf-8")
    assert wait_until(lambda: running.builds == 2, PATIENCE)


@pytest.mark.slow
def test_the_open_page_is_loaded_again(watching, browser: Browser) -> None:
    running = watching()
    browser.open(running.address())
    shown = "document.querySelector('iframe').contentDocument.title"
    assert wait_until(lambda: browser.ask(shown) == "1", PATIENCE)
    assert wait_until(lambda: browser.ask("seen") == "0", PATIENCE)
    (running.root / "data/raw/machi/R5.csv").write_text("番号", encoding="utf-8")
    assert wait_until(lambda: browser.ask(shown) == "2", PATIENCE)


def test_only_the_reports_are_served_and_only_under_the_loopback_address(watching) -> None:
    running = watching()
    address = running.address()
    with urlopen(f"{address}reports/", timeout=PATIENCE) as answer:
        assert b"<title>1" in answer.read()
    for path, host in (
        ("reports/../data/raw/machi/R5.csv", ""),
        ("data/raw", ""),
        ("reports/", "city.example"),
    ):
        with pytest.raises(HTTPError) as refusal:
            urlopen(Request(f"{address}{path}", headers={"Host": host} if host else {}), timeout=PATIENCE)
        assert refusal.value.code == 404
        refusal.value.close()
