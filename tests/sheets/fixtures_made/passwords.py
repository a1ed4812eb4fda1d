"""Workbooks with a password."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from .writing import FIXTURES, book, rows


def _with_password(ending: str, filter_name: str) -> bytes:
    """Saved with a password through LibreOffice's programming interface (Debian: python3-uno).

    LibreOffice leaves .xlsx open this way; ``password.xlsx`` was encrypted with msoffcrypto-tool.
    """
    script = f"""
import sys, time
import uno
from com.sun.star.beans import PropertyValue
def prop(name, value):
    p = PropertyValue(); p.Name = name; p.Value = value; return p
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(60):
    try:
        context = resolver.resolve("uno:pipe,name=fixtures;urp;StarOffice.ComponentContext"); break
    except Exception:
        time.sleep(0.5)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
document = desktop.loadComponentFromURL("file://" + sys.argv[1], "_blank", 0, (prop("Hidden", True),))
document.storeToURL("file://" + sys.argv[2], (prop("FilterName", "{filter_name}"), prop("Password", "himitsu")))
document.close(True)
try:
    desktop.terminate()
except Exception:
    pass
"""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in.xlsx").write_bytes(book(rows()))
        (folder / "save.py").write_text(script)
        office = subprocess.Popen(
            ["soffice", f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", "--norestore",
             "--accept=pipe,name=fixtures;urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            command = [
                "/usr/bin/python3",
                str(folder / "save.py"),
                str(folder / "in.xlsx"),
                str(folder / f"out.{ending}"),
            ]
            subprocess.run(command, check=True, timeout=120)
            return (folder / f"out.{ending}").read_bytes()
        finally:
            office.wait(timeout=60)


FIXTURES |= {
    "password_ods.ods": lambda: _with_password("ods", "calc8"),
    "password_xls.xls": lambda: _with_password("xls", "MS Excel 97"),
}
