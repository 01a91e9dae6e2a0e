// A thousand seeds, one mark each: its colour and its shape say what became of the run that started there. They stand in the order of
// the seeds or of their fates; a click, or Enter on the mark that the arrow keys have walked to, takes that seed.
import { html, instance, paint, styles, svg } from "./common.js";
import { CSS as CHART } from "./chart_style.js";
import { filled, recall, waiting } from "./payloads.js";
import { shown } from "./rates_oracle.js";
import { CSS } from "./seeds_style.js";

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const RIM = 30; // px at the left, for the numbers of the seeds
const ORDERS = ["bySeed", "byFate"];

const places = new WeakMap();

export function show(component) {
  const picture = instance(places, component.parentElement, () => new Seeds(component.parentElement));
  picture.update(component);
  return () => picture.remove();
}

class Seeds {
  constructor(parent) {
    styles("bp-chart-style", CHART);
    styles("bp-seeds-style", CSS);
    Object.assign(this, { parent, order: ORDERS[0], at: null });
    this.build();
    parent.append(this.root);
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.root);
    waiting.add(this);
  }

  build() {
    this.title = html("h2");
    this.buttons = ORDERS.map((name) => html("button", { type: "button", onclick: () => this.sort(name) }));
    this.switch = html("div", { class: "bp-switch", role: "group" }, ...this.buttons);
    this.marks = svg("svg", { "aria-hidden": "true" });
    this.box = html("div", { class: "bp-seeds-box", role: "application", tabindex: 0, "aria-describedby": "bp-seeds-keys" });
    this.keys = html("span", { class: "bp-keys", id: "bp-seeds-keys" });
    this.stage = html("div", { class: "bp-seeds-stage" }, this.marks, this.box);
    this.told = html("output", { "aria-live": "polite" });
    const told = html("div", { class: "bp-seeds-told" }, this.told, this.keys);
    this.wait = html("p", { class: "bp-seeds-waiting" });
    this.legend = html("ul", { class: "bp-seeds-legend" });
    const head = html("div", { class: "bp-chart-head" }, this.title, this.switch);
    this.root = html("div", { class: "bp-chart bp-seeds" }, head, this.wait, this.stage, told, this.legend);
    this.box.addEventListener("click", (event) => this.take(this.under(event)));
    this.box.addEventListener("pointermove", (event) => this.walking || this.point(this.under(event)));
    this.box.addEventListener("pointerleave", () => this.walking || this.point(null));
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => this.point(null));
  }

  update({ data, parentElement, setTriggerValue }) {
    Object.assign(this, { data, send: setTriggerValue });
    paint(this.root, parentElement);
    this.draw();
  }

  /** Everything. Until another program's seeds have arrived the old ones stay. */
  draw() {
    if (!this.data || !this.root.clientWidth) return;
    const { payload, texts, fates } = this.data;
    const found = recall(payload);
    if (!found && this.found) return;
    if (found && found !== this.found) this.read(found);
    this.title.textContent = texts.title;
    this.switch.setAttribute("aria-label", texts.order);
    this.buttons.forEach((button, i) => {
      button.textContent = texts[ORDERS[i]];
      button.setAttribute("aria-pressed", String(this.order === ORDERS[i]));
    });
    this.keys.textContent = texts.keys;
    this.box.setAttribute("aria-label", texts.alt);
    this.wait.textContent = texts.waiting;
    this.wait.hidden = Boolean(found);
    this.stage.hidden = !found;
    this.legend.replaceChildren(...fates.map(legend));
    if (found) this.lay();
  }

  read(found) {
    this.found = found;
    this.codes = Uint8Array.from(atob(found.codes), (c) => c.charCodeAt(0));
    const seeds = [...this.codes.keys()];
    const end = (seed) => found.loss[seed][1];
    const sorted = seeds.toSorted((a, b) => this.codes[b] - this.codes[a] || end(a) - end(b) || a - b);
    this.orders = { bySeed: seeds, byFate: sorted };
    this.at = null;
  }

  sort(name) {
    this.order = name;
    this.at = null;
    this.draw();
  }

  get seeds() {
    return this.orders[this.order];
  }

  /** The marks of each fate as one path, in rows; few columns on a phone, so that a finger finds its mark. */
  lay() {
    const width = this.stage.clientWidth;
    this.columns = width >= 560 ? 50 : width >= 420 ? 40 : 25;
    this.pitch = (width - RIM) / this.columns;
    const height = Math.ceil((this.codes.length / this.columns) * this.pitch);
    this.stage.style.height = `${height}px`;
    const parts = { dead: "", cross: "", stuck: "", solved: "" };
    this.seeds.forEach((seed, i) => {
      const { name } = this.data.fates[this.codes[seed]];
      const spot = this.spot(i);
      parts[name] += mark(name, spot, this.pitch);
      if (name === "dead") parts.cross += cross(spot, this.pitch);
    });
    const shapes = Object.entries(parts).map(([name, d]) => svg("path", { class: `bp-seeds-${name}`, d }));
    const { seed } = this.data;
    const ring = seed === null ? null : this.ring(this.seeds.indexOf(seed), "bp-seeds-shown");
    this.cursor = svg("g");
    this.marks.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.marks.replaceChildren(...this.scale(), ...(ring ? [ring] : []), ...shapes, this.cursor);
    this.point(this.at);
  }

  /** The numbers at the left: of the first seed of every second or fourth row. */
  scale() {
    if (this.order !== ORDERS[0]) return [];
    const rows = this.codes.length / this.columns;
    const step = 200 / this.columns;
    return Array.from({ length: Math.ceil(rows / step) }, (_, n) => {
      const [, y] = this.spot(n * step * this.columns);
      return svg("text", { class: "bp-scale", x: RIM - 6, y }, String(n * step * this.columns));
    });
  }

  spot(i) {
    return [RIM + ((i % this.columns) + 0.5) * this.pitch, (Math.floor(i / this.columns) + 0.5) * this.pitch];
  }

  ring(i, kind) {
    const [x, y] = this.spot(i);
    const r = 0.5 * this.pitch + 1;
    return svg("rect", { class: kind, x: x - r, y: y - r, width: 2 * r, height: 2 * r, rx: 3 });
  }

  /** The place in the order under the pointer, or null. */
  under({ clientX, clientY }) {
    const { left, top } = this.box.getBoundingClientRect();
    const column = Math.floor((clientX - left - RIM) / this.pitch);
    const at = Math.floor((clientY - top) / this.pitch) * this.columns + column;
    return column >= 0 && column < this.columns && at >= 0 && at < this.codes.length ? at : null;
  }

  /** Keys that mean something here do not reach the page, where they would step, jump or play. */
  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || !this.found) return;
    const way = WAYS[event.key];
    const first = Math.max(0, this.data.seed === null ? 0 : this.seeds.indexOf(this.data.seed));
    const last = this.codes.length - 1;
    const moved = () => this.at + (way[0] + way[1] * this.columns) * (event.shiftKey ? 10 : 1);
    const within = (at) => (at < 0 || at > last ? this.at : at);
    if (way && this.at !== null) this.walk(within(moved()));
    else if (way || ((event.key === "Enter" || event.key === " ") && this.at === null)) this.walk(first);
    else if (event.key === "Home" || event.key === "End") this.walk(event.key === "Home" ? 0 : last);
    else if (event.key === "Escape" && this.at !== null) this.point(null);
    else if (event.key !== "Enter" && event.key !== " ") return;
    else this.take(this.at);
    event.preventDefault();
    event.stopPropagation();
  }

  walk(at) {
    this.point(at);
    this.walking = true; // the pointer, which may rest anywhere, is not to move the mark
  }

  take(at) {
    if (at !== null) this.send("seed", this.seeds[at]);
  }

  /** The mark at this place of the order, or none; its words, or what can be done here. */
  point(at) {
    this.at = at;
    this.walking = at !== null && this.walking;
    if (!this.found) return;
    this.cursor.replaceChildren(...(at === null ? [] : ["bp-seeds-cursor bp-rim", "bp-seeds-cursor"].map((kind) => this.ring(at, kind))));
    this.told.textContent = at === null ? this.data.texts.hint : this.words(this.seeds[at]);
    this.told.classList.toggle("bp-quiet", at === null);
  }

  words(seed) {
    const { texts, fates } = this.data;
    const [from, to] = this.found.loss[seed];
    const told = filled(texts.told, [seed, fates[this.codes[seed]].text, shown(from), shown(to)]);
    const start = this.found.start?.[seed].map(shown).join(", ");
    return start ? `${told} · ${filled(texts.start, [start])}` : told;
  }

  remove() {
    waiting.delete(this);
    this.observer.disconnect();
    this.root.remove();
    places.delete(this.parent);
  }
}

/** A fate's shape around a place: a square, or a circle. */
function mark(name, [x, y], pitch) {
  const r = Math.max(2.5, 0.34 * pitch);
  const [left, top] = [(x - r).toFixed(1), (y - r).toFixed(1)];
  if (name === "stuck") return `M${left} ${y.toFixed(1)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
  return `M${left} ${top}h${2 * r}v${2 * r}h${-2 * r}Z`;
}

function cross([x, y], pitch) {
  const r = Math.max(1.8, 0.22 * pitch);
  return `M${(x - r).toFixed(1)} ${(y - r).toFixed(1)}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`;
}

/** One line of the legend: shape, name, bar, number, share. */
function legend({ name, text, count, share, part }) {
  const shape = svg("svg", { width: 16, height: 16, "aria-hidden": "true" }, svg("path", { class: `bp-seeds-${name}`, d: mark(name, [8, 8], 18) }));
  if (name === "dead") shape.append(svg("path", { class: "bp-seeds-cross", d: cross([8, 8], 18) }));
  const bar = html("div", { class: "bp-seeds-bar" }, html("i", { class: `bp-fill-${name}`, style: `width:${100 * part}%` }));
  return html("li", {}, shape, html("span", {}, text), bar, html("b", {}, count), html("span", {}, share));
}
