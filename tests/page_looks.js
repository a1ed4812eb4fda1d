// Measure a page as it is shown: a list of what is wrong with its looks, each in a few words. For tests.
(() => {
  const wrong = [];
  const shown = (element) => {
    const style = getComputedStyle(element);
    const head = element.closest("thead"); // of stacked rows: there for the ear alone
    const unseen = head && getComputedStyle(head).clipPath !== "none";
    return !unseen && style.visibility !== "hidden" && element.getClientRects().length > 0;
  };
  const short = (text) => text.replace(/\s+/g, " ").trim().slice(0, 24);
  const where = (element) => {
    const table = element.closest("table, figure, section, header");
    return `${element.tagName.toLowerCase()}${table && table.id ? ` of ${table.id}` : ""} 「${short(element.textContent)}」`;
  };

  // ---- the window ----
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth + 1) wrong.push(`the page is ${wide} px wide in a window of ${innerWidth}`);

  // ---- texts: the boxes of their lines ----
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest("script, style, svg, .skip, .unseen, option") || !shown(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 0.5) lines.push({ parent, box });
  }
  lines.sort((one, other) => one.box.top - other.box.top);
  for (let i = 0; i < lines.length; i += 1) {
    const { parent, box } = lines[i];
    for (let j = i + 1; j < lines.length && lines[j].box.top < box.bottom; j += 1) {
      const other = lines[j];
      if (other.parent.contains(parent) || parent.contains(other.parent)) continue;
      const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
      const inScroller = parent.closest(".table, .chart, .scroll") !== other.parent.closest(".table, .chart, .scroll");
      const fixed = parent.closest(".contents") || other.parent.closest(".contents");
      if (across > 2 && down > 0.45 * Math.min(box.height, other.box.height) && !inScroller && !fixed)
        wrong.push(`${where(parent)} lies over ${where(other.parent)}`);
    }
    const cell = parent.closest("td, th, .card, h1, h2, h3, h4, figcaption, p, li");
    if (!cell) continue;
    const frame = cell.getBoundingClientRect();
    if (box.right > frame.right + 1.5 || box.left < frame.left - 1.5) wrong.push(`${where(parent)} runs out of its box`);
  }

  // ---- letters a line ----
  for (const cell of document.querySelectorAll("td, th, h1, h2, h3, h4, dt, caption")) {
    const letters = cell.textContent.replace(/\s/g, "").length;
    if (!shown(cell) || cell.closest("[hidden]")) continue;
    const tops = new Set(lines.filter(({ parent }) => cell.contains(parent)).map(({ box }) => Math.round(box.top / 4)));
    const given = cell.querySelectorAll("br").length + 1;
    if (cell.matches("td.text") && letters <= 4 && tops.size > given) wrong.push(`${where(cell)} breaks ${letters} letters`);
    if (letters >= 6 && tops.size > given + 1 && letters / tops.size < 2.5) wrong.push(`${where(cell)} has ${letters} letters on ${tops.size} lines`);
  }

  // ---- letters of charts, the small print of names on a phone included; on paper a chart is no taller than its page ----
  for (const text of document.querySelectorAll(".chart svg text")) {
    const scale = text.ownerSVGElement.getScreenCTM().a;
    const size = parseFloat(text.getAttribute("font-size")) * scale;
    if (size < 5.5 && matchMedia("screen").matches) wrong.push(`${short(text.textContent)} in a chart is ${size.toFixed(1)} px high`);
  }
  return [...new Set(wrong)];
})();
