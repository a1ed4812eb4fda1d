"""Certificates of a private authority: connections beyond this computer are encrypted, and only holders of one may join."""

from __future__ import annotations

__all__ = [
    "AUTHORITY", "CLIENT", "SCHEDULER", "WORKER", "checked_security", "day", "demand_safe", "write_keys",
]  # fmt: skip

import os
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from helpers.errors import BuildError, UsageError
from helpers.files.paths import why_not_read, why_not_written

AUTHORITY, SCHEDULER, WORKER, CLIENT = "ca.pem", "scheduler.pem", "worker.pem", "client.pem"
_SOON = timedelta(days=30)
_MAKE_NEW = "gyokaku cluster-keys で作り直し、すべてのコンピューターに配り直してください（docs/cluster.md）"


def demand_safe(address: str, keys: Path | None, insecure: bool) -> None:
    """Refuse to send data and programs unencrypted to another computer, and refuse options without effect.

    Raises:
        UsageError: the options are of either kind; the message says what to use.
    """
    scheme = urlsplit(address).scheme
    is_plain = scheme == "tcp"
    if is_plain and keys is not None:
        raise UsageError(f"--keys は、tls:// で始まるアドレスと一緒に使います（今のアドレス: {address}）")
    if insecure and (not is_plain or _is_this_computer(address)):
        raise UsageError(
            f"--insecure は、ほかのコンピューターの tcp:// のアドレスにだけ使います（今のアドレス: {address}）"
        )
    if scheme == "tls" and keys is None:
        raise UsageError(
            "tls:// のアドレスには、gyokaku cluster-keys で作ったフォルダーを --keys で指定してください"
        )
    if is_plain and not insecure and not _is_this_computer(address):
        raise UsageError(
            f"{address} には、暗号化せずにつなぐことになります。通信を読める人は状況調査を読め、つなげる人はプログラムを動かせます。"
            "`gyokaku cluster-keys フォルダー` で証明書を作り、tls:// のアドレスと --keys を使ってください（docs/cluster.md）。"
            "ほかの誰もつなげないネットワークなら、--insecure を付けると、このままつなぎます"
        )


def _is_this_computer(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def write_keys(folder: Path, days: int) -> datetime:
    """Make an authority, and a certificate with its key for scheduler, workers and clients; return when they expire.

    The authority's own key is not kept, so that nobody can issue further certificates.

    Raises:
        UsageError: one of the files is there already; nothing was written.
        BuildError: a file cannot be written.
    """
    import trustme

    authority = trustme.CA(organization_name="gyokaku")
    now = datetime.now(UTC).replace(microsecond=0)
    begins, ends = now - timedelta(days=1), now + timedelta(days=days)  # the clocks of computers differ
    files = {AUTHORITY: authority.cert_pem.bytes()}
    for role in (SCHEDULER, WORKER, CLIENT):
        name = role.removesuffix(".pem")
        issued = authority.issue_cert(f"{name}.gyokaku", common_name=name, not_before=begins, not_after=ends)
        files[role] = issued.private_key_and_cert_chain_pem.bytes()
    if there := [name for name in files if os.path.lexists(folder / name)]:
        raise UsageError(
            f"{folder} には {'、'.join(there)} があります。何も書き換えません。ほかのフォルダーを指定してください"
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in files.items():
            descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
    except OSError as error:
        raise BuildError(f"{folder} に書き込めません。{why_not_written(error)}") from error
    return ends


def day(moment: datetime) -> str:
    """'2026年11月27日', by this computer's clock."""
    here = moment.astimezone()
    return f"{here.year}年{here.month}月{here.day}日"


def checked_security(folder: Path, role: str) -> tuple[Any, str]:
    """Dask's settings for a role, and a notice where its certificate ends soon, or "".

    Raises:
        UsageError: a file is missing or no certificate, has ended, or is of another authority.
    """
    from cryptography import x509
    from distributed.security import Security

    certificates = {}
    for name in (AUTHORITY, role):
        try:
            certificates[name] = x509.load_pem_x509_certificate((folder / name).read_bytes())
        except OSError as error:
            raise UsageError(f"{folder / name}: {'。'.join(why_not_read(error))}。{_MAKE_NEW}") from error
        except ValueError as error:
            raise UsageError(f"{folder / name} は証明書として読めません。{_MAKE_NEW}") from error
    own, now = certificates[role], datetime.now(UTC)
    ends = day(own.not_valid_after_utc)
    if now > own.not_valid_after_utc:
        raise UsageError(f"{folder / role} の期限が切れています（{ends}まで）。{_MAKE_NEW}")
    if now < own.not_valid_before_utc:
        raise UsageError(f"{folder / role} はまだ使えません。このコンピューターの時計を確かめてください")
    try:
        own.verify_directly_issued_by(certificates[AUTHORITY])
    except Exception as error:  # of several libraries, by the kind of key
        raise UsageError(f"{folder / role} は、{AUTHORITY} とは別の認証局のものです。{_MAKE_NEW}") from error
    files = {"tls_ca_file": str(folder / AUTHORITY)}
    for side in ("client", "worker", "scheduler"):
        files |= {f"tls_{side}_cert": str(folder / role), f"tls_{side}_key": str(folder / role)}
    notice = (
        f"証明書の期限は{ends}です。切れる前に、{_MAKE_NEW}" if own.not_valid_after_utc - now < _SOON else ""
    )
    return Security(require_encryption=True, **files), notice  # type: ignore[no-untyped-call]
