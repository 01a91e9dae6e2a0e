// Histograms as small multiples: starts beside each other, layers below each other (on a phone the other way round). Two switches
// choose what is counted and when; every picture has its spread written on it.
import { CSS as CHART } from "./chart_style.js";
import { html, instance, paint, reachable, styles, svg } from "./common.js";
import { recall, waiting } from "./payloads.js";

const CSS = `
.bp-hist-head { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; min-height: 44px; }
.bp-hist-head h2 { margin: 0; padding: 0; font-size: 16px; font-weight: 600; color: var(--bp-value); letter-spacing: 0; }
.bp-hist-head .bp-switch { margin-left: 0; } .bp-hist-head h2 + .bp-switch { margin-left: auto; }
.bp-hist-starts { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); grid-template-rows: auto auto auto repeat(4, auto);
  column-gap: 20px; margin: 4px 0 0; padding: 0; list-style: none; }
.bp-hist-starts > li { display: grid; grid-row: span 7; grid-template-rows: subgrid; margin: 0; padding: 0; min-width: 0; }
.bp-hist-starts h3 { margin: 0; padding: 0; font-size: 16px; font-weight: 600; line-height: 1.3; color: var(--bp-value); letter-spacing: 0; }
.bp-hist-starts h3 span { display: block; font-size: 13px; font-weight: 400; color: var(--bp-second); min-height: 34px; }
.bp-hist .bp-hist-starts p { margin: 0 0 6px; padding: 0; font-size: 14px; line-height: 19px; color: var(--bp-value); }
.bp-hist .bp-hist-starts p.bp-quiet { color: var(--bp-second); }
.bp-hist-cell { margin: 4px 0 6px; min-width: 0; }
.bp-hist-cell figcaption { display: flex; justify-content: space-between; gap: 6px; font-size: 12px; line-height: 16px; color: var(--bp-second);
  white-space: nowrap; }
.bp-hist-cell figcaption i { font-style: normal; }
.bp-hist-cell b { font-weight: 600; color: var(--bp-value); }
.bp-hist-gradients .bp-hist-cell b, .bp-hist-gradients .bp-hist-cell figcaption span { color: var(--bp-gradient); }
.bp-hist-cell svg { display: block; width: 100%; height: 46px; border-bottom: 1px solid var(--bp-later-shape); }
.bp-hist-cell path { fill: var(--bp-value); fill-opacity: 0.72; }
.bp-hist-gradients .bp-hist-cell path { fill: var(--bp-gradient); fill-opacity: 0.8; }
.bp-hist-ticks { position: relative; height: 16px; font-size: 11px; line-height: 16px; color: var(--bp-second); }
.bp-hist-ticks span { position: absolute; transform: translateX(-50%); white-space: nowrap; }
.bp-hist-ticks span:last-child { transform: translateX(-100%); }
.bp-hist-ticks span:first-child { transform: none; }
.bp-hist-note { margin: 0; padding: 0; font-size: 14px; color: var(--bp-second); }
.st-key-tables_initialisers :is(th, td) { white-space: nowrap; }
@media (max-width: 1000px) {
  .bp-hist-starts { grid-template-columns: repeat(4, minmax(0, 1fr)); grid-template-rows: none; column-gap: 10px; }
  .bp-hist-starts > li { grid-column: span 4; grid-row: auto; grid-template-columns: subgrid; grid-template-rows: none; margin-bottom: 14px; }
  .bp-hist-starts :is(h3, p) { grid-column: span 4; } .bp-hist-starts h3 span { display: inline; margin-left: 8px; }
  .bp-hist-head h2 + .bp-switch { margin-left: 0; }
  .bp-hist-cell figcaption { display: block; height: 32px; } .bp-hist-cell figcaption > * { display: block; }
}
@media (max-width: 500px) { .bp-hist-ticks.bp-hist-log span:nth-child(2), .bp-hist-cell figcaption i { display: none; } }
`;
const [WIDE, HIGH] = [100, 46]; // of a picture's own units; it is stretched to its cell
const ZERO = 7; // the bar of what is exactly 0
const LOG = 13; // where the logarithmic scale begins, beside that bar

const places = new WeakMap();

export function show(component) {
  const picture = instance(places, component.parentElement, () => new Histograms(component.parentElement));
  picture.update(component);
  return () => picture.remove();
}

class Histograms {
  constructor(parent) {
    styles("bp-chart-style", CHART);
    styles("bp-hist-style", CSS);
    Object.assign(this, { parent, time: 0, kind: 0 });
    this.title = html("h2");
    this.switches = { kind: this.choice("kind"), time: this.choice("time") };
    this.list = html("ol", { class: "bp-hist-starts" });
    this.note = html("p", { class: "bp-hist-note" });
    const head = html("div", { class: "bp-hist-head" }, this.title, this.switches.kind, this.switches.time);
    this.root = html("div", { class: "bp-chart bp-hist" }, head, this.list, this.note);
    parent.append(this.root);
    waiting.add(this);
  }

  /** A switch between two; what: "kind" or "time". */
  choice(what) {
    const button = (_, at) => html("button", { type: "button", onclick: () => this.choose(what, at) });
    return html("div", { class: "bp-switch", role: "group" }, ...[0, 1].map((at) => button(null, at)));
  }

  choose(what, at) {
    this[what] = at;
    this.draw();
  }

  update({ data, parentElement }) {
    paint(this.root, parentElement);
    this.data = data;
    this.draw();
  }

  draw() {
    const { texts, starts, payload } = this.data;
    const counts = recall(payload)?.counts;
    this.title.textContent = texts.title;
    this.note.textContent = texts.note;
    for (const [what, element] of Object.entries(this.switches)) {
      element.setAttribute("aria-label", texts[what]);
      [...element.children].forEach((button, at) => {
        button.textContent = texts[`${what}s`][at];
        button.setAttribute("aria-pressed", String(this[what] === at));
      });
    }
    this.root.classList.toggle("bp-hist-gradients", this.kind === 1);
    this.list.replaceChildren(...starts.map((start, n) => this.column(start, n, counts)));
    setTimeout(reachable, 100);
  }

  column({ name, note, says, ends, cells }, n, counts) {
    const layers = cells[this.time][this.kind];
    const first = ((n * 2 + this.time) * 2 + this.kind) * layers.length;
    const head = html("h3", {}, name, html("span", {}, note));
    const words = [html("p", {}, says), html("p", { class: "bp-quiet" }, ends)];
    return html("li", {}, head, ...words, ...layers.map((layer, at) => this.cell(layer, at, counts?.[first + at])));
  }

  /** One histogram: its layer, its spread, its bars, its scale. The highest bar fills the picture. */
  cell({ spread, alt }, at, counts) {
    const { layers, scales, texts } = this.data;
    const scale = scales[this.kind];
    const left = scale.log ? LOG : 0;
    const picture = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, preserveAspectRatio: "none", role: "img", "aria-label": alt });
    if (counts) picture.append(svg("path", { d: bars(counts, left) }));
    const tick = ([place, text]) => html("span", { style: `left:${left + place * (WIDE - left)}%` }, text);
    const zero = scale.log ? [html("span", { style: "left:0" }, texts.zero)] : [];
    const ticks = html("div", { class: `bp-hist-ticks${scale.log ? " bp-hist-log" : ""}`, "aria-hidden": "true" }, ...zero, ...scale.ticks.map(tick));
    const caption = html("figcaption", {}, html("b", {}, layers[this.kind][at]), html("span", {}, html("i", {}, `${texts.spread} `), spread));
    return html("figure", { class: "bp-hist-cell" }, caption, picture, ticks);
  }

  remove() {
    waiting.delete(this);
    this.root.remove();
    places.delete(this.parent);
  }
}

/** All bars as one path: what is exactly 0 at the left edge, the bins from `left` on. */
function bars([zero, ...counts], left) {
  const most = Math.max(zero, ...counts) || 1;
  const step = (WIDE - left) / counts.length;
  const bar = (count, x, wide) => (count ? `M${x.toFixed(2)} ${HIGH}v${(-(HIGH - 2) * count) / most}h${wide.toFixed(2)}V${HIGH}Z` : "");
  return bar(zero, 0, ZERO) + counts.map((count, n) => bar(count, left + n * step, 0.9 * step)).join("");
}
