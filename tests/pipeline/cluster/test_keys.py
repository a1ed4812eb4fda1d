"""A cluster beyond this computer is encrypted: certificates of one's own, refusals, and a cluster of two addresses."""

import shutil
import socket
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cluster_processes import GYOKAKU, started

from commands import gyokaku
from helpers.errors import UsageError
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.cluster.keys import AUTHORITY, CLIENT, SCHEDULER, WORKER, checked_security, write_keys
from helpers.pipeline.reports import build_reports
from made_reports import lay_out_reference

NAMES = [AUTHORITY, SCHEDULER, WORKER, CLIENT]


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    write_keys(tmp_path / "keys", 365)
    return tmp_path / "keys"


def test_the_command_writes_certificates_that_only_their_owner_reads_and_says_until_when(
    tmp_path: Path,
) -> None:
    result = gyokaku("cluster-keys", tmp_path / "keys", "--days", "10")
    assert result.exit_code == 0, result.output
    files = sorted((tmp_path / "keys").iterdir())
    assert [file.name for file in files] == sorted(NAMES)
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    ends = (datetime.now(UTC) + timedelta(days=10)).astimezone()
    assert f"期限: {ends.year}年{ends.month}月{ends.day}日まで" in result.stdout
    assert [name for name in NAMES if b"PRIVATE KEY" in (tmp_path / "keys" / name).read_bytes()] == NAMES[1:]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x", encoding="utf-8")
    result = gyokaku("cluster-keys", tmp_path)
    assert (result.exit_code, f"{name} があります。何も書き換えません" in result.output) == (2, True)
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_certificates_serve_each_side_and_tell_of_their_end(keys: Path, tmp_path: Path) -> None:
    for role in NAMES[1:]:
        security, notice = checked_security(keys, role)
        assert security.require_encryption
        assert notice == ""
    write_keys(tmp_path / "short", 20)
    assert checked_security(tmp_path / "short", CLIENT)[1].startswith("証明書の期限は")


def refusal(keys: Path, role: str = WORKER) -> str:
    with pytest.raises(UsageError) as caught:
        checked_security(keys, role)
    return str(caught.value)


def test_certificates_that_cannot_serve_are_named_with_what_to_do(keys: Path, tmp_path: Path) -> None:
    write_keys(tmp_path / "ended", 0)
    assert f"{WORKER} の期限が切れています" in refusal(tmp_path / "ended")
    write_keys(tmp_path / "other", 365)
    shutil.copy(tmp_path / "other" / WORKER, keys)
    assert f"{WORKER} は、{AUTHORITY} とは別の認証局のものです" in refusal(keys)
    (keys / WORKER).write_text("x", encoding="utf-8")
    assert f"{WORKER} は証明書として読めません" in refusal(keys)
    (keys / WORKER).unlink()
    assert f"{WORKER}: ファイルがありません" in refusal(keys)
    assert "gyokaku cluster-keys で作り直し" in refusal(keys)


@pytest.mark.parametrize(
    ("address", "options", "refused"),
    [
        ("tcp://192.0.2.10:8786", [], "192.0.2.10:8786 には、暗号化せずにつなぐことになります"),
        ("tcp://scheduler.example:8786", [], "暗号化せずに"),
        ("tcp://0.0.0.0:8786", [], "暗号化せずに"),
        ("tcp://192.0.2.10:8786", ["--keys", "keys"], "--keys は、tls:// で始まるアドレスと"),
        ("tls://192.0.2.10:8786", ["--insecure"], "--insecure は、ほかのコンピューターの tcp://"),
        ("tcp://127.0.0.2:8786", ["--insecure"], "--insecure は、ほかのコンピューターの tcp://"),
        (
            "tls://192.0.2.10:8786",
            [],
            "tls:// のアドレスには、gyokaku cluster-keys で作ったフォルダーを --keys で",
        ),
        ("tls://192.0.2.10:8786", ["--keys", "keys"], "ca.pem: ファイルがありません"),
    ],
)
def test_what_would_go_in_the_clear_is_refused_and_so_are_options_that_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, options: list[str], refused: str
) -> None:
    monkeypatch.chdir(tmp_path)
    root = lay_out_reference(tmp_path / "project")
    for command in (["worker", address], ["build", "--root", root, "--cluster", address]):
        result = gyokaku(*command, *options)
        assert (result.exit_code, refused in result.output) == (2, True), result.output


def test_keys_without_a_cluster_are_refused(tmp_path: Path) -> None:
    assert gyokaku("build", "--root", lay_out_reference(tmp_path / "p"), "--keys", tmp_path).exit_code == 2


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "[::1]"])
def test_this_computer_needs_no_encryption(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setenv("GYOKAKU_CLUSTER_SECONDS", "1")
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))  # nobody listens there
        port = reserved.getsockname()[1]
        root = lay_out_reference(tmp_path / "project")
        result = gyokaku("build", "2022", "--root", root, "--cluster", f"tcp://{host}:{port}")
    assert (result.exit_code, "につながりません" in result.output) == (1, True), result.output


@pytest.mark.slow
def test_a_report_is_made_over_tls_and_who_has_other_certificates_takes_no_part(
    keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GYOKAKU_CLUSTER_SECONDS", "20")
    root, year = lay_out_reference(tmp_path / "project"), [FiscalYear(2022)]
    write_keys(tmp_path / "other", 365)
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.2", 0))
        port = reserved.getsockname()[1]
    files = ["--tls-ca-file", keys / AUTHORITY, "--tls-cert", keys / SCHEDULER, "--tls-key", keys / SCHEDULER]
    listen = ["--protocol", "tls", "--host", "127.0.0.2", "--port", port, "--no-dashboard"]
    address = f"tls://127.0.0.2:{port}"
    with (
        started("-m", "distributed.cli.dask_scheduler", *map(str, (*listen, *files))),
        started(*GYOKAKU, "worker", address, "--jobs", "1", "--keys", str(keys)) as worker,
    ):
        assert any("つながりました" in line for line in worker.stdout or ())
        (problem,) = (
            error for error in [*build_reports(root, year, cluster=address, keys=tmp_path / "other").problems]
        )
        assert "TLS certificate does not match" in str(problem)
        assert "同じときに作ったものか" in str(problem)
        assert build_reports(root, year, cluster=address, keys=keys).is_good
