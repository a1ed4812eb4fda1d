"""The reference report by keyboard alone: few stops, a ring at each, ways past and back."""

from collections.abc import Callable

import pytest

from browser import Browser

pytestmark = pytest.mark.slow

FOCUSED = "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).trim()"
STOPS = """[...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter(
    element => !element.disabled && element.getClientRects().length)"""
# Of each stop that a key leads to, the contrast of its ring with the ground that it touches: the stop's own where it is drawn
# inside, else that around the stop. Colours are read off a canvas, as they are on the screen.
RINGS = """(() => {
    const canvas = document.createElement('canvas').getContext('2d');
    const channels = colour => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].map(value => value / 255);
    };
    const linear = value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const light = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    const ground = element => {
        for (; element; element = element.parentElement) {
            const colour = channels(getComputedStyle(element).backgroundColor);
            if (colour[3] === 1) return colour;
        }
    };
    const found = {};
    for (const stop of STOPS) {
        stop.focus();
        const style = getComputedStyle(stop), isInside = parseFloat(style.outlineOffset) < 0;
        const grounds = isInside ? [ground(stop), ground(stop.firstElementChild || stop)] : [ground(stop.parentElement)];
        for (const each of grounds) {
            const [less, more] = [light(channels(style.outlineColor)), light(each)].sort((a, b) => a - b);
            const ratio = stop.matches(':focus-visible') && style.outlineStyle === 'solid' ? (more + 0.05) / (less + 0.05) : 0;
            const at = `${stop.tagName} ${stop.className}, ${each.map(value => Math.round(255 * value))}`;
            found[at] = Math.min(found[at] ?? 99, ratio);
        }
    }
    return found;
})()"""


@pytest.fixture
def report(show: Callable[..., Browser], report_html: str) -> Browser:
    return show(report_html, 1280)


def test_the_first_key_leads_to_the_text_and_the_ring_can_be_seen(report: Browser) -> None:
    report.press("Tab")
    assert report.ask(FOCUSED) == "本文へ移動"
    style = "getComputedStyle(document.activeElement)"
    assert report.ask(f"{style}.outlineStyle + ' ' + {style}.outlineColor") == "solid rgb(255, 255, 255)"
    report.press("Enter")
    assert report.ask("document.activeElement.id") == "main"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_ring_is_seen_on_every_ground(report: Browser, scheme: str, width: int) -> None:
    report.resize(width, 900)
    report.prefer(scheme)
    report.ask("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    report.press("Tab")
    found = report.ask(RINGS.replace("STOPS", STOPS))
    assert len(found) > 4
    assert {ground: ratio for ground, ratio in found.items() if ratio < 3} == {}


def test_nothing_is_a_stop_that_scrolls_nothing(report: Browser) -> None:
    assert report.ask("document.querySelectorAll('[tabindex=\\'0\\']').length") == 0
    # On a phone, wide tables are Tab stops with a name.
    report.resize(320, 800)
    report.ask("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    boxes = "[...document.querySelectorAll('.table, .chart')]"
    wide = f"{boxes}.filter(box => box.scrollWidth > box.clientWidth + 1)"
    assert report.ask(f"{wide}.length") >= 1
    assert report.ask(
        f"{wide}.every(box => box.tabIndex === 0 && box.ariaLabel.endsWith('（横に動かせます）'))"
    )
    assert report.ask(f"{boxes}.filter(box => box.tabIndex === 0).length") == report.ask(f"{wide}.length")


def test_every_table_of_many_links_can_be_passed_over(report: Browser) -> None:
    """The way past is the stop before the table, and the next stop from it is behind the table."""
    tables = report.ask("[...document.querySelectorAll('.past a')].map(link => link.hash.slice(1))")
    assert {"origins:end", "source_cells:end", "items:end"} <= set(tables)
    report.ask("document.querySelector('.past a[href=\\'#origins:end\\']').focus()")
    report.press("Enter")
    report.press("Tab")
    behind = "document.getElementById('origins').compareDocumentPosition(document.activeElement) & 4"
    assert report.ask(behind) == 4
    # Less than a fifth of all links is left to go through one by one.
    passed = "document.querySelectorAll('.table table')"
    inside = (
        f"[...{passed}].filter(table => table.closest('.table').previousElementSibling?.matches('.past'))"
    )
    stops = report.ask(f"{STOPS}.length")
    within = report.ask(f"{STOPS}.filter(stop => {inside}.some(table => table.contains(stop))).length")
    assert stops - within < 130


def test_the_row_that_a_link_leads_to_is_marked_and_leads_back(report: Browser) -> None:
    report.ask("document.querySelector('#overall tbody a').focus()")
    name = report.ask(FOCUSED)
    report.press("Enter")
    target = "document.querySelector('tr:target')"
    assert report.ask(f"{target}.id") == "origin-A1"
    assert report.ask(f"getComputedStyle({target}.cells[0]).borderTopWidth") == "2px"
    assert report.ask(f"getComputedStyle({target}.querySelector('.back'), '::before').content") == '"戻る"'
    report.ask(f"{target}.querySelector('.back').focus()")
    report.press("Enter")
    assert report.ask("new Promise(done => setTimeout(done, 200))") is None
    assert report.ask(FOCUSED) == name


def test_without_script_the_ways_are_there_too(
    report: Browser, report_html: str, show: Callable[..., Browser]
) -> None:
    report.call("Emulation.setScriptExecutionDisabled", value=True)
    page = show(report_html, 1280)
    page.call("Emulation.setScriptExecutionDisabled", value=False)
    assert page.ask("document.querySelectorAll('.past a, tr .back').length") > 50
    assert page.ask("document.querySelectorAll('.filter').length") == 0


def test_paper_has_the_contents_and_no_ways(report: Browser) -> None:
    report.prefer(media="print")
    shown = "element => document.querySelector(element).getClientRects().length > 0"
    assert report.ask(f"({shown})('.contents li')") is True
    assert report.ask(f"({shown})('.past')") is False
