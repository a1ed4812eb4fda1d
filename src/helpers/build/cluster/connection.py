"""Finding a cluster: the extra, the address, the scheduler, the workers, and whether they fit."""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from helpers.build.cluster.job import OtherSoftwareError, described_software, refusal
from helpers.build.cluster.software import PROTOCOL, differences
from helpers.build.crew import CrewError
from helpers.errors import BuildError, UsageError
from helpers.patience import CLUSTER

_SCHEMES = ("tcp", "tls")
_AGAIN = 2  # seconds that a worker which is asked once more gets: what it answers with it has loaded by now
_LACKS = re.compile(r"(ModuleNotFound|Import|Attribute)Error.*helpers")


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
        UsageError: it is none.
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


def connect(address: str, seconds: int) -> Any:
    """A client of the scheduler; TLS certificates come from Dask's own configuration.

    Raises:
        CrewError: nobody answers there, or not in Dask's language.
    """
    quieten()
    import dask
    from distributed import Client

    open_client: Any = Client
    # The bytes of a report's inputs travel with its order, so that any worker can take it over.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
    try:
        with _without_version_warnings():
            # Everything goes through the scheduler: that is all that this computer must reach.
            return open_client(
                address, timeout=seconds, set_as_default=False, direct_to_workers=False, name="gyokaku"
            )
    except ImportError as error:
        raise CrewError(f"スケジューラー {address} の Dask の版が合いません（{error}）") from error
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise CrewError(
            f"スケジューラー {address} につながりません（{seconds}秒待ちました）。アドレスと、スケジューラーが動いているか、"
            f"通信が通るか（tls:// なら証明書の設定も）を確かめてください。Dask の説明: {error}"
        ) from error


def demand_same_language(client: Any, ours: Mapping[str, str]) -> None:
    """Compare the scheduler's Dask with ours.

    Raises:
        CrewError: it is another one, or the scheduler does not answer.
    """
    # Dask's own question for versions would go to all workers, too.
    who = f"スケジューラー {client.scheduler.address}"
    packages = answer_of(lambda: who, client.sync, client.scheduler.versions, packages=[])["packages"]
    theirs = {name: str(packages.get(name) or "") for name in PROTOCOL}
    if told := differences(theirs, {name: ours[name] for name in PROTOCOL}):
        raise CrewError(
            f"スケジューラー {client.scheduler.address} の版が合いません: {'、'.join(told)}。"
            "スケジューラーも requirements/cluster.txt で入れた環境で起動してください（docs/cluster.md）"
        )


def demand_same_software(client: Any, ours: Mapping[str, str], workers: Iterable[str] | None = None) -> None:
    """Compare the whole software of these workers, or of all, with ours.

    Raises:
        OtherSoftwareError: a worker lacks the package or has other software; all such workers are named.
        CrewError: a worker does not answer.
    """
    asked = None if workers is None else sorted(workers)
    answers = answer_of(
        lambda: _silent(client, asked), client.run, described_software, workers=asked, on_error="return"
    )
    strangers = {address: told for address, found in answers.items() if (told := _strangeness(found, ours))}
    if strangers:
        raise OtherSoftwareError(refusal(strangers))


def answer_of(who: Callable[[], str], question: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """The answer to a question of Dask's client, which would wait for a process that stands still as long as that does.

    Raises:
        CrewError: there was none in time; names ``who`` gave none, which is asked only then.
    """
    seconds = CLUSTER.seconds()
    try:
        return question(*arguments, callback_timeout=seconds, **named)
    except TimeoutError as error:
        raise CrewError(
            f"{who()} が、{seconds}秒待っても応答しません。止まっているか、通信できなくなっています。起動し直すか、そのコンピューターを"
            f"確かめてから、もう一度実行してください（待つ秒数は、環境変数 {CLUSTER.variable} で変えられます）。"
            "作り終えた報告書は公開済みです"
        ) from error


def _silent(client: Any, asked: Sequence[str] | None) -> str:
    """Who of those that were asked together gave no answer, found by asking one by one, no longer than the first time."""
    if asked is None or len(asked) == 1:
        return f"ワーカー {asked[0]}" if asked else "ワーカーのどれか"
    silent, end = [], time.monotonic() + CLUSTER.seconds()
    for address in asked:
        if time.monotonic() > end:
            break  # those that are known by now are enough to go and look at
        try:
            client.run(described_software, workers=[address], on_error="ignore", callback_timeout=_AGAIN)
        except TimeoutError:
            silent.append(address)
    return f"ワーカー {'、'.join(silent)}" if silent else f"ワーカーのどれか {'、'.join(asked)}"


def quieten() -> None:
    """Keep Dask's English log to itself, unless the user set it up: what matters is told by our own messages."""
    import dask

    if not dask.config.get("logging", None):
        names = ("distributed", "distributed.client", "distributed.gc", "tornado.application")
        dask.config.set({"logging": dict.fromkeys(names, "critical")})


def _strangeness(found: Any, ours: Mapping[str, str]) -> tuple[str, ...]:
    """What keeps a worker from making our bytes, by its answer to the question for its software."""
    if isinstance(found, Exception) and _LACKS.search(repr(found)):  # as Dask hands it on, of any class
        return ("gyokaku が入っていないか、古い版です",)
    if isinstance(found, OSError):
        return ()  # gone in the meantime
    if isinstance(found, Exception):
        return (f"版を調べられません（{type(found).__name__}: {found}）",)
    return differences(found, ours)


@contextmanager
def _without_version_warnings() -> Iterator[None]:
    """Versions are compared by ourselves, and told in Japanese."""
    from distributed.versions import VersionMismatchWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", VersionMismatchWarning)
        yield
