"""Connect to a cluster: the extra, the address, the scheduler, and workers that come and go."""

from __future__ import annotations

__all__ = ["Connection", "checked_address", "demand_extra", "quieten", "unreachable"]

import asyncio
import re
import time
import warnings
from collections.abc import Collection, Mapping
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from helpers.errors import BuildError, UsageError
from helpers.pipeline.cluster.worker_job import (
    PROTOCOL,
    OtherSoftwareError,
    described_software,
    differences,
    software,
)
from helpers.pipeline.outcome import CrewError
from helpers.time_limits import CLUSTER

_SCHEMES = ("tcp", "tls")
_LACKS = re.compile(r"(ModuleNotFound|Import|Attribute)Error.*helpers")
_SILENT: Any = object()  # in place of an answer


def demand_extra() -> None:
    """Check that Dask is installed.

    Raises:
        BuildError: it is not; says how to install it.
    """
    if find_spec("distributed") is None:
        raise BuildError(
            "クラスターを使うには Dask が要ります。`make cluster` を実行してください。make のない環境では "
            "`.venv/bin/python -m pip install --require-hashes -r requirements/cluster.txt` "
            r"（Windows では .venv\Scripts\python）で入ります"
        )


def checked_address(address: str) -> str:
    """The address of a scheduler, 'tcp://192.168.0.10:8786'.

    Raises:
        UsageError: the text is no such address.
    """
    try:
        parts = urlsplit(address)
        is_good = parts.scheme in _SCHEMES and bool(parts.hostname) and bool(parts.port)
    except ValueError:
        is_good = False
    if not is_good:
        raise UsageError(
            f"クラスターのアドレス「{address}」は使えません。tcp://192.168.0.10:8786 か tls://… のように、"
            "スケジューラーが起動時に表示するアドレスを書いてください"
        )
    return address


def quieten() -> None:
    """Silence Dask's English log unless the user configured it: our own messages say what matters."""
    import dask

    if not dask.config.get("logging", None):
        names = ("distributed", "distributed.client", "distributed.gc", "tornado.application")
        dask.config.set({"logging": dict.fromkeys(names, "critical")})


def unreachable(address: str, seconds: int, error: Exception) -> CrewError:
    """The error where no scheduler answered at an address."""
    return CrewError(
        f"スケジューラー {address} につながりません（{seconds}秒待ちました）。アドレスと、スケジューラーが動いているか、"
        f"通信が通るかを確かめてください。tls:// なら、--keys の証明書がスケジューラーと同じときに作ったものかも確かめてください。Dask の説明: {error}"
    )


class Connection:
    """A connection to the scheduler at ``address``, whose workers are known by their software.

    The coroutines run in the loop of Dask's client.

    Attributes:
        client: Dask's.
        software: of this computer, which every worker must have.
        threads: of the workers that were there at the last look.
    """

    def __init__(self, address: str, seconds: int, security: Any = None) -> None:
        """Connect; ``seconds``: how long to wait for scheduler and workers to answer, and for a worker when there is none.

        ``security``: Dask's settings of TLS; None: those of Dask's own configuration.

        Raises:
            CrewError: nothing answers at the address, or something that is no Dask scheduler.
        """
        self.address, self.seconds, self.software = address, seconds, software()
        self.client: Any = self._connected(security)
        self.threads, self.looked = 0, 0.0
        self._known: frozenset[str] = frozenset()
        self._seen = time.monotonic()

    async def demand_same_language(self) -> None:
        """Compare the scheduler's Dask with ours.

        Raises:
            CrewError: it is another one, or the scheduler does not answer.
        """
        # Dask's own question for versions would go to all workers, too.
        packages = (await self._answer(self.client.scheduler.versions(packages=[])))["packages"]
        theirs = {name: str(packages.get(name) or "") for name in PROTOCOL}
        if differing := differences(theirs, {name: self.software[name] for name in PROTOCOL}):
            raise CrewError(
                f"スケジューラー {self.address} の版が合いません: {'、'.join(differing)}。"
                "スケジューラーも requirements/cluster.txt で入れた環境で起動してください（docs/cluster.md）"
            )

    async def look(self) -> int:
        """The threads of the workers that are there now; those that are new are asked for their software.

        Raises:
            CrewError: the scheduler is lost, there has been no worker for too long, or one has other software.
        """
        if self.client.status != "running":
            raise self.lost()
        threads: dict[str, int] = await self._answer(self.client.nthreads())
        await self.demand_same_software(threads.keys() - self._known)
        now = time.monotonic()
        self._known, self.threads, self.looked = frozenset(threads), sum(threads.values()), now
        if self.threads:
            self._seen = now
        elif now - self._seen > self.seconds:
            raise CrewError(
                f"スケジューラー {self.address} に、{self.seconds}秒待っても使えるワーカーがありません。"
                f"`gyokaku worker {self.address}` でワーカーを起動してから、もう一度実行してください（docs/cluster.md）。"
                "作り終えた報告書は公開済みです"
            )
        return self.threads

    async def demand_same_software(self, workers: Collection[str] | None = None) -> None:
        """Compare the whole software of these workers, or of all, with ours.

        Raises:
            OtherSoftwareError: a worker lacks the package or has other software; all such workers are named.
            CrewError: a worker does not answer; all such are named.
        """
        asked = sorted(self._known if workers is None else workers)
        answers = dict(zip(asked, await asyncio.gather(*map(self._software_of, asked)), strict=True))
        if silent := [worker for worker, answer in answers.items() if answer is _SILENT]:
            raise self._silent(f"ワーカー {'、'.join(silent)}")
        strange = {worker: _strangeness(answer, self.software) for worker, answer in answers.items()}
        if strangers := {worker: phrases for worker, phrases in strange.items() if phrases}:
            raise OtherSoftwareError.of(strangers)

    def lost(self, error: Exception | None = None) -> CrewError:
        """The error of a lost scheduler."""
        why = f"。Dask の説明: {error}" if error and str(error) else ""
        return CrewError(
            f"スケジューラー {self.address} との接続が切れました。作り終えた報告書は公開済みです。"
            f"スケジューラーを起動し直してから、もう一度実行すると、残りの報告書を作ります{why}"
        )

    def _connected(self, security: Any) -> Any:
        quieten()
        import dask
        from distributed import Client
        from distributed.versions import VersionMismatchWarning

        # The bytes of a report's inputs travel with its order, so that any worker can take it over.
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
        # Everything goes through the scheduler: that is all that this computer must reach.
        options: Any = {"set_as_default": False, "direct_to_workers": False, "name": "gyokaku"}
        try:
            with warnings.catch_warnings():
                # Versions are compared by ourselves, and told in Japanese.
                warnings.simplefilter("ignore", VersionMismatchWarning)
                return Client(self.address, timeout=self.seconds, security=security, **options)  # type: ignore[no-untyped-call]
        except ImportError as error:
            raise CrewError(f"スケジューラー {self.address} の Dask の版が合いません（{error}）") from error
        except (OSError, ValueError, TypeError, RuntimeError, MemoryError) as error:
            raise unreachable(self.address, self.seconds, error) from error

    async def _answer(self, question: Any) -> Any:
        """The scheduler's answer; Dask's client would wait for one that stands still as long as that does."""
        try:
            return await asyncio.wait_for(question, self.seconds)
        except TimeoutError as error:
            raise self._silent(f"スケジューラー {self.address}") from error
        except Exception as error:
            raise self.lost(error) from error

    async def _software_of(self, worker: str) -> Any:
        """A worker's answer: its software, the error that it met, or ``_SILENT``."""
        question = self.client.run(described_software, workers=[worker], on_error="return")
        try:
            return (await asyncio.wait_for(question, self.seconds))[worker]
        except TimeoutError:
            return _SILENT
        except Exception as error:
            raise self.lost(error) from error

    def _silent(self, who: str) -> CrewError:
        return CrewError(
            f"{who} が、{self.seconds}秒待っても応答しません。止まっているか、通信できなくなっています。起動し直すか、そのコンピューターを"
            f"確かめてから、もう一度実行してください（待つ秒数は、環境変数 {CLUSTER.variable} で変えられます）。"
            "作り終えた報告書は公開済みです"
        )


def _strangeness(answer: Any, ours: Mapping[str, str]) -> tuple[str, ...]:
    """The differences that would give other bytes, from a worker's answer to the question for its software."""
    if isinstance(answer, Exception) and _LACKS.search(repr(answer)):  # as Dask hands it on, of any class
        return ("gyokaku が入っていないか、古い版です",)
    if isinstance(answer, OSError):
        return ()  # gone in the meantime
    if isinstance(answer, Exception):
        return (f"版を調べられません（{type(answer).__name__}: {answer}）",)
    return differences(answer, ours)
