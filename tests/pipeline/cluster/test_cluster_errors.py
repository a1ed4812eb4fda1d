"""Without processes: errors that travel, orders that cannot be meant, reports that are not what they say."""

import pickle
import pkgutil
import subprocess
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from small_projects import short_report

import helpers
from commands import gyokaku
from helpers.errors import BuildError, GyokakuError, UsageError
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.cluster import worker_job as there
from helpers.pipeline.cluster.connection import checked_address, demand_extra
from helpers.pipeline.cluster.dask_crew import check_receipt
from helpers.pipeline.cluster.worker_job import (
    Order,
    OtherSoftwareError,
    differences,
    refuse_other_software,
    software,
)
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.identity.manifest import NAME, digests
from helpers.pipeline.outcome import MadeReport
from helpers.project import Target
from helpers.sheets import Finding

FINDING = Finding("R4.xlsx", "実施状況がありません", "no_status", "Sheet1", "D17")
# The arguments of error classes that take more than a message.
ARGUMENTS = {
    "PlanFileError": ("plan.toml", "[plan] title", "ありません", "書いてください"),
    "SheetError": ([FINDING],),
    "WithheldError": (FiscalYear(2022), FiscalYear(2021), Path("R3.csv"), [FINDING]),
}
TARGET = Target("machi", FiscalYear(2022))


def all_errors():
    """Every error that is raised on purpose, wherever in the package it is defined."""
    for module in pkgutil.walk_packages(helpers.__path__, "helpers."):
        # Importing the module does all its work: in a process of its own.
        if module.name != "helpers.pipeline.kernels.preload":
            import_module(module.name)
    classes, pending = {}, [GyokakuError]
    while pending:
        kind = pending.pop()
        if kind.__module__.startswith("helpers."):
            classes[kind.__name__] = kind
        pending += kind.__subclasses__()
    return classes


def test_every_error_survives_the_way_from_another_computer():
    errors = all_errors()
    assert {"NotebookError", "WithheldError", "PlanFileError", "OtherSoftwareError"} <= set(errors)
    for name, kind in errors.items():
        error = kind(*ARGUMENTS.get(name, ("令和4年度: だめです",)))
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is kind
        assert str(again) == str(error) != ""
        assert vars(again) == vars(error)
        assert again.exit_code == error.exit_code


def made():
    """An order, and the report that belongs to it."""
    inputs = Inputs({"data/raw/machi/R4.csv": b"x"})
    return Order("job", "topic", TARGET, inputs, 0, {}), short_report(TARGET, inputs)


def test_a_report_as_it_was_ordered_is_accepted():
    order, report = made()
    check_receipt(order, report)
    # A reason that was sent but not needed is not in the report.
    check_receipt(replace(order, inputs=replace(order.inputs, accepted="理由")), report)


def with_identity(report, **parts):
    manifest = replace(report.manifest, identity={**report.manifest.identity, **parts})
    return MadeReport({**report.files, NAME: manifest.to_json()}, report.processed, manifest)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda report: replace(report, files={**report.files, "report.html": b"other"}),
        lambda report: replace(report, files={**report.files, "more.html": b"more"}),
        lambda report: replace(report, files={**report.files, NAME: b"{}"}),
        lambda report: replace(report, processed={"data/processed/machi/2022.csv": b"other"}),
        lambda report: with_identity(report, code={"package": "0" * 64}),
        lambda report: with_identity(report, versions={"pandas": "0.0.1"}),
        lambda report: with_identity(report, inputs={}),
    ],
)
def test_a_report_that_is_not_what_was_ordered_is_refused(spoil):
    order, report = made()
    with pytest.raises(BuildError, match="machi 令和4年度: ワーカーから届いた報告書"):
        check_receipt(order, spoil(report))


@pytest.mark.parametrize(
    "path", ["../../escaped", "/etc/escaped", "a/../../escaped", "C:escaped", "a\\escaped"]
)
def test_a_report_cannot_write_outside_its_folder(path):
    order, report = made()
    files = {"report.html": b"page", path: b"x"}
    manifest = replace(report.manifest, outputs=digests(files))
    with pytest.raises(BuildError):
        check_receipt(order, MadeReport({**files, NAME: manifest.to_json()}, report.processed, manifest))
    frames = {f"data/processed/machi/2022.{path}": b"x", "reports/machi/2021/report.html": b"x"}
    for frame in frames:
        manifest = replace(report.manifest, processed=digests({frame: b"x"}))
        files = {"report.html": b"page", NAME: manifest.to_json()}
        with pytest.raises(BuildError):
            check_receipt(order, MadeReport(files, {frame: b"x"}, manifest))


def test_differences_name_what_differs_with_both_versions():
    ours = {"program": "a" * 64, "pandas": "3.1.1", "python": "3.12.1", "dask": "1"}
    theirs = {"program": "b" * 64, "pandas": "3.0.0", "python": "3.12.1"}
    assert differences(theirs, ours) == (
        "gyokaku のプログラム bbbbbbbbbbbb（こちらは aaaaaaaaaaaa）",
        "dask なし（こちらは 1）",
        "pandas 3.0.0（こちらは 3.1.1）",
    )
    assert differences(ours, ours) == ()
    assert {"program", "python", "pandas", "distributed", "msgpack", "system"} <= set(software())


WORKER = """
import gc, sys
from helpers.pipeline import beside, job as making
from helpers.pipeline.cluster import worker_job as job
from helpers.pipeline.cluster.worker_job import software
from helpers.errors import BuildError
asked = []
def load_finishing():
    asked.append(1)
    raise BuildError("as told")
beside.load_finishing = load_finishing
before = sys.getswitchinterval()
assert job.described_software() == software()
assert job.keep_kernels_ready() is job.keep_kernels_ready() is making
print(len(asked), round(before / sys.getswitchinterval()), gc.get_freeze_count() > 10_000)
"""


def test_a_worker_gets_ready_once_as_this_computer_does_whatever_cannot_be_loaded_ahead():
    # An import error is reported by the report that needs the module.
    ended = subprocess.run(
        [sys.executable, "-P", "-c", WORKER], capture_output=True, text=True, check=False, timeout=120
    )
    assert (ended.stdout, ended.stderr) == ("1 10 True\n", "")


def test_a_worker_whose_sources_changed_since_it_started_refuses_to_work(monkeypatch):
    class Digest:
        """The digest that is kept, and that of the files as they are now."""

        def __init__(self, now):
            self.__wrapped__ = lambda: now

    then = {**software(), "program": "then"}
    monkeypatch.setattr(there, "described_software", lambda: then)
    monkeypatch.setattr(there, "package_digest", Digest("now"))
    with pytest.raises(
        OtherSoftwareError, match="tcp://w:1 のプログラムが、起動した後に書き換えられています"
    ):
        refuse_other_software("tcp://w:1", then)
    monkeypatch.setattr(there, "package_digest", Digest("then"))
    refuse_other_software("tcp://w:1", then)


@pytest.mark.parametrize(
    "address", ["", "localhost", "192.168.0.10:8786", "http://a:1", "tcp://:8786", "tcp://a", "tcp://a:x"]
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(UsageError, match="のように"):
        checked_address(address)


def test_addresses_of_both_kinds_are_taken():
    for address in ("tcp://192.168.0.10:8786", "tls://scheduler.example:8786", "tcp://[::1]:8786"):
        assert checked_address(address) == address


def test_without_dask_it_is_said_how_to_install_it(monkeypatch, root):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BuildError, match="make cluster"):
        demand_extra()
    for command in (["build", "R4", "--cluster", "tcp://127.0.0.1:1"], ["worker", "tcp://127.0.0.1:1"]):
        result = gyokaku(*command, *(["--root", root] if command[0] == "build" else []))
        assert result.exit_code == 1
        assert "requirements/cluster.txt" in result.output


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--cluster", "tcp://127.0.0.1:1", "--jobs", "2"], "--jobs と --cluster は一緒には使えません"),
        (["--cluster", "127.0.0.1:1"], "クラスターのアドレス「127.0.0.1:1」は使えません"),
    ],
)
def test_options_that_cannot_be_meant_are_refused(options, message, root):
    result = gyokaku("build", "R4", "--root", root, *options)
    assert result.exit_code == 2
    assert message in result.output
