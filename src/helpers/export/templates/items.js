// The item table made searchable: built on the table that stands in the page, which is whole without this script.
// It reads text, writes text and hides rows; it loads nothing and sends nothing.
(() => {
  "use strict";
  const table = document.getElementById("items");
  if (!table || !table.tBodies.length) return;

  const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const make = (name, attributes = {}, ...content) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...content);
    return element;
  };
  const unique = (values) => [...new Set(values.filter((value) => value))];

  const groups = [...table.tBodies].map((body) => ({
    body,
    policy: (body.querySelector("tr.group") || { textContent: "" }).textContent.trim(),
    rows: [...body.rows].filter((row) => !row.classList.contains("group")),
  }));
  const rows = groups.flatMap(({ policy, rows: members }) =>
    members.map((row, place) => ({
      row,
      place,
      text: folded([...row.cells].map((cell) => cell.textContent).join(" ") + " " + (row.dataset.department || "")),
      policy,
      status: (row.querySelector("td[data-status]") || { textContent: "" }).textContent.trim(),
      change: row.dataset.change || "",
      department: row.dataset.department || "",
    })),
  );

  // ---- the controls ----

  const labels = { policy: "基本方針", status: "実施状況", change: "前年度からの変化", department: "所管課" };
  const search = make("input", { type: "search", id: "items-search", autocomplete: "off", enterkeyhint: "search" });
  const selects = {};
  const fields = [make("div", { class: "field wide" }, make("label", { for: "items-search" }, "番号・項目名などで検索"), search)];
  for (const [name, label] of Object.entries(labels)) {
    const told = rows.map((entry) => entry[name]);
    const values = unique(told);
    // Nothing to choose from where every row says the same; one department beside rows without any is a choice.
    if (new Set(told).size < 2) continue;
    const select = make("select", { id: `items-${name}` }, make("option", { value: "" }, "すべて"));
    select.append(...values.map((value) => make("option", { value }, value)));
    selects[name] = select;
    fields.push(make("div", { class: "field" }, make("label", { for: select.id }, label), select));
  }
  const reset = make("button", { type: "button" }, "条件を消す");
  const shown = make("p", { class: "shown", role: "status", "aria-live": "polite" });
  const controls = make("div", { class: "filter", role: "search", "aria-label": "推進項目の絞り込み" });
  controls.append(...fields, make("div", { class: "field" }, reset), shown);
  const region = table.closest(".table") || table;
  region.before(controls);

  // ---- sorting, within each policy ----

  const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  const compare = new Intl.Collator("ja", { numeric: true }).compare;
  const rank = unique(rows.map((entry) => entry.status));
  const order = { column: -1, descending: false };
  // A status sorts by how far on it is, as the page marks it; other cells as Japanese with numbers.
  const stages = ["done", "under_way", "not_started"];
  const stage = (cell) => stages.indexOf(cell.dataset.status) * 100 + rank.indexOf(cell.textContent.trim());
  const inOrder = (one, other) => {
    const [left, right] = [one, other].map((entry) => entry.row.cells[order.column]);
    const apart = left.dataset.status ? stage(left) - stage(right) : compare(left.textContent.trim(), right.textContent.trim());
    return (order.descending ? -apart : apart) || one.place - other.place;
  };
  const buttons = heads.map((head, column) => {
    const button = make("button", { type: "button", class: "sort" }, ...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      if (order.column !== column) Object.assign(order, { column, descending: false });
      else if (!order.descending) order.descending = true;
      else order.column = -1;
      apply();
    });
    return button;
  });
  const sortRows = () => {
    for (const { body, rows: members } of groups) {
      const entries = rows.filter((entry) => members.includes(entry.row));
      if (order.column >= 0) entries.sort(inOrder);
      body.append(...entries.map((entry) => entry.row));
    }
    heads.forEach((head, column) => {
      const sorted = order.column === column;
      if (sorted) head.setAttribute("aria-sort", order.descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
      buttons[column].title = sorted ? (order.descending ? "元の順に戻す" : "降順に並べる") : `昇順に並べる${groups[0].policy ? "（基本方針ごと）" : ""}`;
    });
  };

  // ---- filtering, and the address ----

  const state = () => {
    const parameters = new URLSearchParams();
    if (search.value.trim()) parameters.set("q", search.value.trim());
    for (const [name, select] of Object.entries(selects)) if (select.value) parameters.set(name, select.value);
    if (order.column >= 0) parameters.set("sort", `${order.descending ? "-" : ""}${order.column + 1}`);
    return parameters.toString();
  };
  const apply = (keepAddress) => {
    const words = search.value.split(/\s+/).map(folded).filter((word) => word);
    let count = 0;
    for (const entry of rows) {
      const fits =
        words.every((word) => entry.text.includes(word)) &&
        Object.entries(selects).every(([name, select]) => !select.value || entry[name] === select.value);
      entry.row.hidden = !fits;
      count += fits;
    }
    for (const { body, rows: members } of groups) body.hidden = members.every((row) => row.hidden);
    sortRows();
    const all = rows.length;
    shown.textContent = count === all ? `全${all}件を表示しています。` : count ? `${all}件中${count}件を表示しています。` : `${all}件に、条件に合うものはありません。`;
    const now = state();
    reset.disabled = !now;
    if (keepAddress !== true && (now || location.hash.startsWith("#items?"))) {
      history.replaceState(null, "", now ? `#items?${now}` : "#items");
    }
  };
  const restore = () => {
    if (!location.hash.startsWith("#items?")) return;
    const parameters = new URLSearchParams(location.hash.slice("#items?".length));
    search.value = parameters.get("q") || "";
    for (const [name, select] of Object.entries(selects)) {
      const value = parameters.get(name) || "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    const sort = /^(-?)([1-9]\d?)$/.exec(parameters.get("sort") || "");
    const isColumn = sort && Number(sort[2]) <= heads.length;
    Object.assign(order, isColumn ? { column: sort[2] - 1, descending: sort[1] === "-" } : { column: -1, descending: false });
    apply(true);
    controls.scrollIntoView();
  };

  search.addEventListener("input", apply);
  for (const select of Object.values(selects)) select.addEventListener("change", apply);
  reset.addEventListener("click", () => {
    search.value = "";
    for (const select of Object.values(selects)) select.value = "";
    order.column = -1;
    apply();
    search.focus();
  });
  window.addEventListener("hashchange", restore);
  apply(true);
  restore();
})();
