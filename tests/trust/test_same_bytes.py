"""The same input gives the same bytes, wherever, whenever and however it is built; and a bundle proves it."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from fingerprints import fingerprint
from made_reports import lay_out_reference, replaced

pytestmark = pytest.mark.slow
REASON = "公表後に<em>訂正</em>されたため; 'x'\"y\" {{1}}"
PLAIN = "from helpers.cli import main; main()"
# The clock of the time module stands in 1975, before zip files begin, in the build and its kernels. (That of datetime is
# built in; a stamp of it would show in seconds between two builds, and a date alone is looked for.)
SHIFTED = """
import time
real, local, utc, form = time.time, time.localtime, time.gmtime, time.strftime
time.time = lambda: real() + DAYS * 86400
time.time_ns = lambda: int(time.time() * 1e9)
time.localtime = lambda *seconds: local(*(seconds or [time.time()]))
time.gmtime = lambda *seconds: utc(*(seconds or [time.time()]))
time.strftime = lambda text, *moment: form(text, *(moment or [time.localtime()]))
"""
KERNEL = "import runpy; runpy.run_module('ipykernel_launcher', run_name='__main__')"


def code(days: int) -> str:
    """The command, in a process and with kernels whose clocks are ``days`` wrong."""
    shift = SHIFTED.replace("DAYS", str(days))
    launch = f"""
import sys
import helpers.pipeline.notebooks.kernel as kernel
from jupyter_client.kernelspec import KernelSpec
argv = [sys.executable, "-P", "-c", {shift + KERNEL!r}, "-f", "{{connection_file}}"]
kernel.OwnPython.get_kernel_spec = lambda self, name: KernelSpec(argv=argv, language="python", resource_dir="")
"""
    return shift + launch + PLAIN


@dataclass(frozen=True)
class Circumstances:
    """How a build is run."""

    variables: dict[str, str]
    jobs: int
    code: str


CIRCUMSTANCES = {
    "one": Circumstances({"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "LANG": "ja_JP.UTF-8"}, 2, PLAIN),
    "other": Circumstances(
        {"PYTHONHASHSEED": "4711", "TZ": "America/St_Johns", "LC_ALL": "C", "LANG": "tr_TR", "GYOKAKU_KERNELS": "ordinary", "COLUMNS": "40"},
        1,
        code(days=(datetime.date(1975, 4, 1) - datetime.date.today()).days),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same project, one of whose published figures differs, built twice as differently as can be."""
    roots = {}
    for name, how in CIRCUMSTANCES.items():
        base = tmp_path_factory.mktemp(name)
        root = lay_out_reference(base / ("project" if name == "one" else "ほかの 場所" * 3))
        replaced(root / "data/raw/yamaguchi/published/2022/overall.csv", {"81.0%": "81.1%"})
        away = base / "elsewhere"
        away.mkdir()
        done = subprocess.run(
            [
                *(sys.executable, "-P", "-c", how.code, "build", "R4", "H30", "--jobs", str(how.jobs)),
                *("--accept-differences", REASON, "--root", str(root)),
            ],
            cwd=root if name == "one" else away,
            env={**os.environ, **how.variables},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        roots[name] = root
    return roots


def test_every_file_is_the_same_under_other_circumstances(builds: dict[str, Path]) -> None:
    one, other = (fingerprint(root / "reports") for root in builds.values())
    assert one == other
    names = {Path(path).name for path in one}
    assert {
        "report.html",
        "report.pdf",
        "report.ipynb",
        "tables.xlsx",
        "manifest.json",
        "index.html",
    } <= names
    assert len(one) == 40  # as docs/trust.md tells


def test_no_file_carries_the_date_of_the_build(builds: dict[str, Path]) -> None:
    today = [datetime.date.today() + datetime.timedelta(days) for days in (-1, 0)]
    dates = [
        day.strftime(form).encode()
        for day in (*today, datetime.date(1975, 4, 1), datetime.date(1975, 3, 31))
        for form in ("%Y-%m-%d", "%Y%m%d", "%d %b %Y", "%Y/%m/%d")
    ]
    for root in builds.values():
        for path in (root / "reports").rglob("*.*"):
            if path.is_file():
                content = b"".join(unpacked(path))
                assert not [date for date in dates if date in content], path


def unpacked(path: Path) -> Iterator[bytes]:
    """What a file holds, unpacked where it is a zip or a PDF."""
    yield path.read_bytes()
    if path.suffix in (".xlsx", ".ods"):
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                assert member.date_time == (1980, 1, 1, 0, 0, 0)
                yield archive.read(member)
    elif path.suffix == ".pdf":
        with pikepdf.open(path) as document:
            yield repr(document.docinfo).encode()
            yield bytes(document.Root.Metadata.read_bytes())


def test_an_accepted_difference_is_told_with_its_reason(builds: dict[str, Path]) -> None:
    folder = builds["one"] / "reports/yamaguchi/2022"
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert (
        "相違を承知のうえで公開しています。理由: 公表後に&lt;em&gt;訂正&lt;/em&gt;されたため; 'x'&quot;y&quot; {{1}}"
        in page
    )
    assert page.index("公表済みの数値と異なる数値があります") < page.index("<h2")
    assert '"accept_differences": "公表後に<em>訂正</em>' in (folder / "manifest.json").read_text(
        encoding="utf-8"
    )
    other = (builds["one"] / "reports/yamaguchi/2018/manifest.json").read_text(encoding="utf-8")
    assert "accept_differences" not in other


def gyokaku(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "GYOKAKU_ROOT"}
    return subprocess.run(
        [sys.executable, "-P", "-c", PLAIN, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_a_build_that_nobody_accepts_leaves_the_accepted_report(
    builds: dict[str, Path], tmp_path: Path
) -> None:
    root = tmp_path / "copy"
    shutil.copytree(builds["one"], root)
    before = fingerprint(root / "reports")
    again = gyokaku("build", "R4", "--root", str(root), "--accept-differences", REASON, cwd=tmp_path)
    assert again.returncode == 0 and "最新です" in again.stdout
    left = gyokaku("build", "R4", "--root", str(root), cwd=tmp_path)
    assert left.returncode == 0 and "最新です" in left.stdout
    assert "承知のうえで公開" in left.stdout + left.stderr
    refused = gyokaku("build", "R4", "--force", "--root", str(root), cwd=tmp_path)
    assert refused.returncode == 1
    assert "公表値と違う数値が1件あります" in refused.stderr
    assert fingerprint(root / "reports") == before
    for blank in ("", "  "):
        assert (
            gyokaku(
                "build", "R4", "--root", str(root), "--accept-differences", blank, cwd=tmp_path
            ).returncode
            == 2
        )


def test_a_bundle_is_checked_and_made_again_from_its_data(builds: dict[str, Path], tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    shutil.copytree(builds["other"] / "reports/yamaguchi/2022", bundle)
    alone = gyokaku("verify", "--bundle", str(bundle), cwd=tmp_path)
    assert (alone.returncode, "もとのデータがここにない" in alone.stdout) == (0, True)
    whole = gyokaku("verify", "--bundle", str(bundle), "--root", str(builds["one"]), cwd=tmp_path)
    assert (whole.returncode, "1バイトも違いません" in whole.stdout) == (0, True), whole.stderr
    page = bundle / "report.html"
    page.write_bytes(page.read_bytes() + b" ")
    changed = gyokaku("verify", "--bundle", str(bundle), cwd=tmp_path)
    assert (changed.returncode, "report.html: manifest.json の記録と違います" in changed.stderr) == (1, True)


def test_a_bundle_of_other_data_or_without_a_manifest_is_not_taken_for_good(
    builds: dict[str, Path], tmp_path: Path
) -> None:
    bundle = builds["one"] / "reports/yamaguchi/2022"
    root = lay_out_reference(tmp_path / "other")
    other = gyokaku("verify", "--bundle", str(bundle), "--root", str(root), cwd=tmp_path)
    assert other.returncode == 1
    assert "公表値 overall.csv が変わった" in other.stderr
    assert gyokaku("verify", "--bundle", str(root), cwd=tmp_path).returncode == 1
    assert gyokaku("verify", "R4", "--bundle", str(bundle), cwd=tmp_path).returncode == 2
