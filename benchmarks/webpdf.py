"""`nbconvert` as a command, with playwright's browser replaced by the system's Chromium (and no sandbox, as root has none)."""

import os

from nbconvert.nbconvertapp import main
from playwright.async_api import BrowserType

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
launch = BrowserType.launch


async def launch_chromium(self, **options):
    options["args"] = [*(options.get("args") or []), "--no-sandbox"]
    return await launch(self, **options | {"executable_path": CHROMIUM})


BrowserType.launch = launch_chromium

if __name__ == "__main__":
    main()
