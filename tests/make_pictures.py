"""Take the pictures of the READMEs from the built report of fiscal 2022: ``make pictures``."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image

from browser import Browser
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.reports import build_reports
from made_reports import lay_out_synthetic

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "reports" / "yamaguchi" / "2022"
IMAGES = ROOT / "docs" / "images"
WIDTH, HEIGHT = 1280, 1400


def first_page() -> Image.Image:
    """The first page of the PDF, with a line round it to tell paper from screen."""
    page = pypdfium2.PdfDocument(REPORT / "report.pdf")[0].render(scale=1.5).to_pil()
    framed = Image.new("RGB", (page.width + 2, page.height + 2), "#c9d1da")
    framed.paste(page, (1, 1))
    return framed


def comparison() -> Image.Image:
    """The comparison with the year before, down to the first policy, as it stands in a wide browser window."""
    with TemporaryDirectory() as folder, Browser() as browser:
        shot = Path(folder) / "shot.png"
        browser.resize(WIDTH, HEIGHT)
        browser.open((REPORT / "report.html").as_uri())
        browser.ask("document.getElementById('section-comparison').scrollIntoView()")
        browser.ask("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        browser.picture(shot)
        end = browser.ask("document.querySelector('#by_policy tbody').getBoundingClientRect().bottom")
        return Image.open(shot).convert("RGB").crop((0, 0, WIDTH, int(end) + 1))


def card() -> Image.Image:
    """The card of one item of the synthetic plan, as it stands in a browser window."""
    with TemporaryDirectory() as folder, Browser() as browser:
        project, shot = Path(folder), Path(folder) / "shot.png"
        lay_out_synthetic(project, "shiosai")
        result = build_reports(project, [FiscalYear(2023)])
        assert not result.problems, result.problems
        browser.resize(1100, HEIGHT)
        browser.open((project / "reports" / "shiosai" / "2023" / "report.html").as_uri())
        browser.ask("document.getElementById('card-2-2').scrollIntoView()")
        browser.ask("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        browser.picture(shot)
        box = browser.ask(
            "(({left, top, right, bottom}) => [left, top, right, bottom])"
            "(document.getElementById('card-2-2').getBoundingClientRect())"
        )
        left, top, right, bottom = map(int, box)
        return Image.open(shot).convert("RGB").crop((left - 8, max(top, 0), right + 8, bottom + 1))


def save(image: Image.Image, name: str) -> None:
    """Write a PNG of 256 colours, rare ones too: half the bytes, and no difference to be seen."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    few = image.quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(IMAGES / name, optimize=True)


if __name__ == "__main__":
    save(first_page(), "report-2022.png")
    save(comparison(), "comparison-2022.png")
    save(card(), "card.png")
