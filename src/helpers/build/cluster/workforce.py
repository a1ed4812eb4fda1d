"""The cluster as a whole: its scheduler, and the workers that come and go."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from helpers.build.cluster.connection import answer_of, connect, demand_same_language, demand_same_software
from helpers.build.cluster.software import software
from helpers.build.crew import CrewError
from helpers.errors import BuildError


class Workforce:
    """A connection to the scheduler at ``address``, whose workers are known by their software.

    Attributes:
        client: Dask's.
        software: of this computer, which every worker must have.
    """

    def __init__(self, address: str, seconds: int) -> None:
        """Connect; ``seconds``: how long to wait for the scheduler to answer, and for a worker when there is none.

        Raises:
            CrewError: it does not answer.
        """
        self.address, self.seconds = address, seconds
        self.client = connect(address, seconds)
        self.software = software()
        self._known: frozenset[str] = frozenset()
        self._threads, self._looked, self._seen = 0, 0.0, time.monotonic()

    def wait_for_workers(self) -> None:
        """Wait until there is a worker, and refuse a scheduler or workers with other software.

        Raises:
            CrewError: there is none, or there are such.
        """
        self.asked(lambda: demand_same_language(self.client, self.software))
        while not self.threads():
            time.sleep(0.1)

    def threads(self, newer_than: float = 0.0) -> int:
        """The threads of the workers that are there; those that have come since the last look are asked who they are.

        An answer that is not older than so many seconds will do.

        Raises:
            CrewError: the scheduler is lost, there has been no worker for too long, or one has other software.
        """
        now = time.monotonic()
        if self._looked and now - self._looked < newer_than:
            return self._threads
        if self.client.status != "running":
            raise self.lost()
        found: dict[str, int] = self.asked(
            lambda: answer_of(lambda: f"スケジューラー {self.address}", self.client.nthreads)
        )
        if strangers := found.keys() - self._known:
            self.asked(lambda: demand_same_software(self.client, self.software, strangers))
        self._known = frozenset(found)
        self._threads, self._looked = sum(found.values()), now
        if self._threads:
            self._seen = now
        elif now - self._seen > self.seconds:
            raise CrewError(
                f"スケジューラー {self.address} に、{self.seconds}秒待っても使えるワーカーがありません。"
                f"`gyokaku worker {self.address}` でワーカーを起動してから、もう一度実行してください（docs/cluster.md）。"
                "作り終えた報告書は公開済みです"
            )
        return self._threads

    def demand_same_software(self) -> None:
        """Ask every worker once more.

        Raises:
            OtherSoftwareError: some have other software; all of them are named.
        """
        demand_same_software(self.client, self.software)

    def asked(self, question: Callable[[], Any]) -> Any:
        """The cluster's answer.

        Raises:
            CrewError: the scheduler did not give one, or has found other software.
        """
        try:
            return question()
        except BuildError:
            raise
        except Exception as error:
            raise self.lost(error) from error

    def lost(self, error: Exception | None = None) -> CrewError:
        """The error of a lost scheduler."""
        why = f"。Dask の説明: {error}" if error and str(error) else ""
        return CrewError(
            f"スケジューラー {self.address} との接続が切れました。作り終えた報告書は公開済みです。"
            f"スケジューラーを起動し直してから、もう一度実行すると、残りの報告書を作ります{why}"
        )
