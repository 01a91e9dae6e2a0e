// The paths of one number as a table: a row is a path, its share of the gradient a bar. Whoever points at a row, or walks to it by
// keyboard, sees that path alone in the drawing. Below, many samples' votes as a strip of bars.
import { html, instance, paint, styles, svg } from "./common.js";
import { CSS } from "./paths_style.js";
import { rows as unpacked } from "./payloads.js";
import { shown } from "./rates_oracle.js";

const tables = new WeakMap();
const HEIGHT = 64; // of the strip

export function show(component) {
  const host = component.parentElement;
  const table = instance(tables, host, () => mount(host));
  paint(table.root, host);
  table.data = component.data;
  fill(table);
  return () => {
    light(null);
    table.watch.disconnect();
    table.root.remove();
    tables.delete(host);
  };
}

function mount(host) {
  styles("bp-paths-style", CSS);
  const root = html("div", { class: "bp-paths" });
  host.append(root);
  const table = { root, sorted: false };
  for (const kind of ["pointerover", "focusin"]) root.addEventListener(kind, (event) => point(table, event.target));
  for (const kind of ["pointerleave", "focusout"]) root.addEventListener(kind, () => point(table, null));
  root.addEventListener("keydown", (event) => walk(event));
  table.watch = new ResizeObserver(() => strip(table));
  table.watch.observe(root);
  return table;
}

/** The drawing lights these ids and dims all others; null gives it back its own light. */
const light = (ids) => document.dispatchEvent(new CustomEvent("bp-path", { detail: ids }));

function fill(table) {
  const { head, words, rows, rest, sum, votes, texts } = table.data;
  const largest = Math.max(...rows.map(({ size }) => Math.abs(size))) || 1;
  const caption = html("caption", {}, texts.caption);
  const name = (text, at) => html("th", { scope: "col", class: at < words ? "bp-words" : null }, text);
  const axis = html("th", { class: "bp-axis", "aria-hidden": "true" }, "−  0  +");
  const cell = (text, at) => html(at ? "td" : "th", { scope: at ? null : "row", class: at < words ? "bp-words" : null }, text);
  const line = ({ cells, share, size, ids }, at) =>
    html(
      "tr",
      { "data-at": at, tabindex: at ? -1 : 0, class: size === 0 ? "bp-silent" : null, "data-ids": ids.join(" ") },
      ...cells.map(cell),
      html("td", { class: sign(size) }, share),
      html("td", { class: "bp-axis", "aria-hidden": "true" }, bar(size / largest)),
    );
  const foot = ({ text, share, size }, kind) =>
    html(
      "tr",
      { class: kind },
      html("th", { scope: "row", colspan: Math.max(1, head.length) }, text),
      html("td", { class: kind === "bp-sum" ? null : sign(size) }, share),
      html("td", { class: "bp-axis" }), // what is added up here is no single share: no bar
    );
  const body = html("tbody", {}, ...rows.map(line), rest ? foot(rest, "bp-rest") : null);
  const top = html("thead", {}, html("tr", {}, ...head.map(name), html("th", { scope: "col" }, texts.share), axis));
  const whole = html("table", {}, caption, top, body, html("tfoot", {}, foot(sum, "bp-sum")));
  table.votes = votes && unpacked(votes);
  table.root.replaceChildren(html("div", { class: "bp-paths-scroll" }, whole), ...(votes ? [strips(table)] : []));
  strip(table);
}

const sign = (size) => (size > 0 ? "bp-positive" : size < 0 ? "bp-negative" : "bp-zero");

/** From the middle to the right, or to the left; a zero is only the middle line. */
function bar(share) {
  const [x, width] = share < 0 ? [50 + 46 * share, -46 * share] : [50, 46 * share];
  const box = svg("rect", { class: sign(share), x, y: 3, width, height: 8, rx: 1.5 });
  return svg("svg", { viewBox: "0 0 100 14", preserveAspectRatio: "none" }, svg("path", { d: "M50 0V14" }), share ? box : null);
}

/** Focus or pointer on a row: its path, and its row in colour. */
function point(table, target) {
  const row = target?.closest("tr[data-ids]") ?? table.root.querySelector("tr[data-ids]:focus-visible");
  if (row === table.row) return;
  table.row?.classList.remove("bp-near");
  row?.classList.add("bp-near");
  table.row = row;
  light(row ? row.dataset.ids.split(" ") : null);
}

/** Up and down walk from row to row, and the page does not scroll or step in time meanwhile. */
function walk(event) {
  const row = event.target.closest("tr[data-ids]");
  const way = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
  if (!row || !way) return;
  event.preventDefault();
  event.stopPropagation();
  const next = row[way];
  if (!next?.dataset.ids) return;
  [row.tabIndex, next.tabIndex] = [-1, 0];
  next.focus();
}

// The samples' votes

function strips(table) {
  const { texts } = table.data;
  const button = html("button", { type: "button", "aria-pressed": String(table.sorted) }, texts.order);
  button.addEventListener("click", () => {
    table.sorted = !table.sorted;
    button.setAttribute("aria-pressed", String(table.sorted));
    strip(table);
  });
  table.picture = svg("svg", { class: "bp-votes", role: "img", "aria-label": texts.alt, height: HEIGHT });
  table.note = html("span", { class: "bp-votes-note" });
  table.picture.addEventListener("pointermove", (event) => tell(table, event));
  table.picture.addEventListener("pointerleave", () => (table.note.textContent = ""));
  return html("div", {}, html("div", { class: "bp-votes-head" }, html("h3", {}, texts.votes), table.note, button), table.picture);
}

const short = (x) => x.toFixed(2);

/** One path for all bars of a sign: two thousand samples are two elements. */
function strip(table) {
  const width = Math.floor(table.root.clientWidth);
  if (!table.votes || !width) return;
  const order = [...table.votes];
  if (table.sorted) order.sort((a, b) => b[0] - a[0]);
  table.order = order;
  const largest = Math.max(...table.votes.map(([share]) => Math.abs(share))) || 1;
  const step = width / order.length;
  const thick = Math.max(0.4, Math.min(step - (step > 3 ? 1 : 0), 26));
  const middle = HEIGHT / 2;
  const box = (share, at) => `M${short(at * step)} ${middle}h${short(thick)}v${short((share / largest) * (3 - middle))}h${short(-thick)}z`;
  const bars = (wanted) => order.map(([share], at) => (Math.sign(share) === wanted ? box(share, at) : "")).join("");
  table.picture.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  table.picture.replaceChildren(
    svg("path", { class: "bp-positive", d: bars(1) }),
    svg("path", { class: "bp-negative", d: bars(-1) }),
    svg("path", { class: "bp-zero-line", d: `M0 ${middle}H${width}` }),
  );
}

function tell(table, event) {
  const { left, width } = table.picture.getBoundingClientRect();
  const at = Math.floor(((event.clientX - left) / width) * table.order.length);
  const [share, n] = table.order[Math.max(0, Math.min(table.order.length - 1, at))];
  table.note.textContent = `${table.data.texts.sample} ${n}: ${share > 0 ? "+" : ""}${share === 0 ? "0" : shown(share)}`;
}
