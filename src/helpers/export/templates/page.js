// What scrolls sideways can be scrolled by key and has a name; what does not is no stop on the way through the page.
// A link back leads to the link that one came by. The page is whole without this script; it loads and sends nothing.
(() => {
  "use strict";
  const nameOf = (box) => {
    const caption = box.querySelector("caption, figcaption");
    return caption ? caption.textContent.trim() : "";
  };
  const fit = (box) => {
    const scrolls = box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX !== "visible";
    if (!scrolls) {
      for (const name of ["tabindex", "aria-label", "role"]) if (box.dataset.fitted) box.removeAttribute(name);
      delete box.dataset.fitted;
      return;
    }
    box.dataset.fitted = "1";
    box.tabIndex = 0;
    if (box.tagName !== "FIGURE") box.setAttribute("role", "group");
    box.setAttribute("aria-label", `${nameOf(box)}（横に動かせます）`);
  };
  const watcher = new ResizeObserver((entries) => entries.forEach((entry) => fit(entry.target)));
  for (const box of document.querySelectorAll(".table, .chart")) {
    fit(box);
    watcher.observe(box);
  }

  let last = null;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    if (!link.classList.contains("back") || !link.closest("table")) {
      last = link;
      return;
    }
    const row = link.closest("tr");
    if (!last || !row || last.hash !== `#${row.id}`) return;
    event.preventDefault();
    history.back();
    last.focus({ preventScroll: true });
    last.scrollIntoView({ block: "center" });
  });
})();
