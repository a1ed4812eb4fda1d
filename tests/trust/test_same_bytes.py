"""The same input gives the same bytes, wherever, whenever and however it is built; and a bundle proves it."""

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

from commands import GYOKAKU
from fingerprints import fingerprint
from made_reports import lay_out_reference, replaced

pytestmark = pytest.mark.slow
REASON = "公表後に<em>訂正</em>されたため; 'x'\"y\" {{1}}"
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
    return shift + launch + GYOKAKU[-1]


@dataclass(frozen=True)
class Circumstances:
    """How a build is run."""

    variables: dict[str, str]
    jobs: int
    code: str


CIRCUMSTANCES = {
    "one": Circumstances({"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "LANG": "ja_JP.UTF-8"}, 2, GYOKAKU[-1]),
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
    first, second = (fingerprint(root / "reports") for root in builds.values())
    assert first == second
    expected = ["report.html", "report.pdf", "report.ipynb", "tables.xlsx", "manifest.json", "index.html"]
    assert {*expected} <= {Path(path).name for path in first}
    assert len(first) == 40  # as docs/trust.md tells


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
    reports = builds["one"] / "reports/yamaguchi"
    page = (reports / "2022/report.html").read_text(encoding="utf-8")
    reason = "公表後に&lt;em&gt;訂正&lt;/em&gt;されたため; 'x'&quot;y&quot; {{1}}"
    assert f"相違を承知のうえで公開しています。理由: {reason}" in page
    assert page.index("公表済みの数値と異なる数値があります") < page.index("<h2")
    manifests = [(reports / year / "manifest.json").read_text(encoding="utf-8") for year in ("2022", "2018")]
    assert '"accept_differences": "公表後に<em>訂正</em>' in manifests[0]
    assert "accept_differences" not in manifests[1]


def gyokaku(*arguments: object, cwd: Path) -> tuple[int, str]:
    """The exit code of a command in a process of its own, and what it said."""
    environment = {key: value for key, value in os.environ.items() if key != "GYOKAKU_ROOT"}
    command = [*GYOKAKU, *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_a_build_that_nobody_accepts_leaves_the_accepted_report(
    builds: dict[str, Path], tmp_path: Path
) -> None:
    root = shutil.copytree(builds["one"], tmp_path / "copy")
    before = fingerprint(root / "reports")
    for more, exit_code, message in (
        (["--accept-differences", REASON], 0, "最新です"),
        ([], 0, "最新です"),
        ([], 0, "承知のうえで公開"),
        (["--force"], 1, "公表値と違う数値が1件あります"),
        (["--accept-differences", ""], 2, "理由を書いてください"),
        (["--accept-differences", "  "], 2, "理由を書いてください"),
    ):
        code, said = gyokaku("build", "R4", *more, "--root", root, cwd=tmp_path)
        assert (code, message in said) == (exit_code, True), (more, said)
    assert fingerprint(root / "reports") == before


def test_a_bundle_is_checked_and_made_again_from_its_data(builds: dict[str, Path], tmp_path: Path) -> None:
    bundle = shutil.copytree(builds["other"] / "reports/yamaguchi/2022", tmp_path / "bundle")
    verify = ("verify", "--bundle", bundle)
    code, said = gyokaku(*verify, cwd=tmp_path)
    assert (code, "もとのデータがここにない" in said) == (0, True)
    code, said = gyokaku(*verify, "--root", builds["one"], cwd=tmp_path)
    assert (code, "1バイトも違いません" in said) == (0, True), said
    with (bundle / "report.html").open("ab") as page:
        page.write(b" ")
    code, said = gyokaku(*verify, cwd=tmp_path)
    assert (code, "report.html: manifest.json の記録と違います" in said) == (1, True)


def test_a_bundle_of_other_data_or_without_a_manifest_is_not_taken_for_good(
    builds: dict[str, Path], tmp_path: Path
) -> None:
    bundle = builds["one"] / "reports/yamaguchi/2022"
    root = lay_out_reference(tmp_path / "other")
    code, said = gyokaku("verify", "--bundle", bundle, "--root", root, cwd=tmp_path)
    assert (code, "公表値 overall.csv が変わった" in said) == (1, True)
    assert gyokaku("verify", "--bundle", root, cwd=tmp_path)[0] == 1
    assert gyokaku("verify", "R4", "--bundle", bundle, cwd=tmp_path)[0] == 2
