"""The PDF for archives: its claims, its date, and the tables' files that it carries."""

import io
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor

import pikepdf
import pytest
from exports import notebook_of

from helpers.export import ReportPDFExporter
from helpers.export.page.neighbours import METADATA, YEAR
from helpers.pipeline.bundle_check import attached_files, attachment_problems

CSV = {
    "tables/overall.csv": "\ufeff実施状況,項目数\r\n実施,34\r\n".encode(),
    "tables/items.csv": b"number\r\n1\r\n",
}
PACKAGE = {"tables/datapackage.json": b'{"name": "report"}\n'}


def pdf_with(files: Mapping[str, bytes], year: int | None = 2022) -> bytes:
    notebook = notebook_of("# 年次報告", ("<p>本文。</p>",))
    if year is not None:
        notebook.metadata[METADATA] = {YEAR: year}
    attached: Future[Mapping[str, bytes]] = Future()
    with ThreadPoolExecutor(1) as beside:
        _, pdf = ReportPDFExporter().page_and_pdf(notebook, beside, attached)
        attached.set_result(files)
        return pdf.result()


def test_the_pdf_claims_to_be_for_archives_and_for_all_readers() -> None:
    with pikepdf.open(io.BytesIO(pdf_with(CSV))) as document:
        metadata = document.open_metadata()
        claims = [metadata[f"pdf{part}"] for part in ("aid:part", "aid:conformance", "uaid:part")]
        assert claims == ["3", "A", "1"]
        (intent,) = document.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1" and "/DestOutputProfile" in intent
        assert document.trailer.Info.CreationDate == "D:20230331000000Z"
        assert not document.is_encrypted and "/ID" in document.trailer


def test_the_date_is_the_last_day_of_the_fiscal_year_and_of_no_build() -> None:
    with pikepdf.open(io.BytesIO(pdf_with({}, year=None))) as document:
        assert document.trailer.Info.CreationDate == "D:20000101000000Z"
        assert "/AF" not in document.Root


def test_the_pdf_carries_the_csv_files_and_nothing_else() -> None:
    files = {**CSV, **PACKAGE}
    pdf = pdf_with(files)
    assert attached_files(pdf) == files
    with pikepdf.open(io.BytesIO(pdf)) as document:
        specs = list(document.Root.AF)
        assert [str(spec.UF) for spec in specs] == sorted(files)
        for spec in specs:
            assert spec.AFRelationship == "/Data" and str(spec.F) == str(spec.UF)
            assert spec.EF.F.Subtype == ("/text/csv" if str(spec.F).endswith("csv") else "/application/json")
            assert int(spec.EF.F.Params.Size) == len(files[str(spec.F)])
            assert spec.EF.F.Params.ModDate == "D:20230331000000Z"
        descriptions = {str(spec.Desc) for spec in specs}
    assert descriptions == {"表のデータ（CSV）", "CSVの説明（データパッケージ）"}


def test_the_same_files_give_the_same_bytes() -> None:
    assert pdf_with(CSV | PACKAGE) == pdf_with(PACKAGE | CSV)


def test_a_report_whose_files_cannot_be_made_waits_for_none() -> None:
    attached: Future[Mapping[str, bytes]] = Future()
    with ThreadPoolExecutor(1) as beside:
        notebook = notebook_of("# 年次報告", ("<p>本文。</p>",))
        _, pdf = ReportPDFExporter().page_and_pdf(notebook, beside, attached)
        attached.set_exception(ValueError("no table"))
        with pytest.raises(ValueError, match="no table"):
            pdf.result()


def test_what_the_pdf_carries_is_held_against_the_folder() -> None:
    files = {
        **CSV,
        **PACKAGE,
        "report.pdf": pdf_with(CSV | PACKAGE),
        "report.html": b"",
        "tables.xlsx": b"PK",
    }
    assert list(attachment_problems(files)) == []
    changed = files | {"tables/items.csv": b"number\r\n2\r\n", "tables/new.csv": b"a\r\n"}
    del changed["tables/overall.csv"]
    assert list(attachment_problems(changed)) == [
        "tables/items.csv: report.pdf に添付されたものと違います",
        "tables/new.csv: report.pdf に添付されていません",
        "tables/overall.csv: report.pdf に添付されていますが、フォルダーにありません",
    ]
