// The decision picture: what the network says for every input. With two inputs it is a map, shaded by probability or by class, with
// a thick line where the decision changes; with one, the fitted curve. A click, or the keyboard's crosshair, names a new point.
// While the time line is dragged it shows the run's film.
import { html, instance, paint, styles, svg } from "./common.js";
import { axes, cutout, route } from "./chart_curves.js";
import { Hand } from "./decision_edit.js";
import { along, frameOf, heightOf, read } from "./decision_field.js";
import { around } from "./chart_labels.js";
import { CSS as CHART } from "./chart_style.js";
import { CSS, barRoom, beside, colourBar, label, marks, patch, patterns, pixel, radiusOf, rings, sample } from "./decision_style.js";
import { shadesOf, spotOf, strokes, valueOf, within } from "./decision_style.js";
import { filled, recall, rows, waiting } from "./payloads.js";
import { shown } from "./rates_oracle.js";

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
const CELLS = 81; // a side: the crosshair's steps where there is no map
const LABELLED = 8; // points with words

const pictures = new WeakMap();

export function show(component) {
  const picture = instance(pictures, component.parentElement, () => new Decision(component));
  picture.update(component);
  return () => picture.remove();
}

class Decision {
  constructor({ parentElement }) {
    styles("bp-chart-style", CHART);
    styles("bp-decision-style", CSS);
    Object.assign(this, { cell: null, code: 0, shot: null });
    this.build();
    this.hand = new Hand(this);
    this.box.addEventListener("click", (event) => this.hand.click(event) || this.pick(this.shares(event)));
    this.box.addEventListener("pointermove", (event) => this.hover(event));
    this.box.addEventListener("pointerleave", () => !this.cell && this.tell(null));
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => this.point(null));
    document.addEventListener("bp-scrub", this.onscrub);
    parentElement.append(this.root);
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.root);
    waiting.add(this);
  }

  build() {
    const part = (name, tag, attributes, ...children) => (this[name] = html(tag, attributes, ...children));
    const quiet = { "aria-hidden": "true" };
    this.under = svg("svg", quiet);
    this.over = svg("svg", quiet);
    const choice = part("choice", "div", { class: "bp-decision-choice" });
    const head = [part("title", "h2"), part("note", "span"), choice, part("tally", "strong")];
    const called = { role: "application", tabindex: 0, "aria-describedby": "bp-decision-keys" };
    part("box", "div", { class: "bp-decision-box", ...called }, part("canvas", "canvas"));
    const hints = [part("add", "span", { class: "bp-add" }), part("keys", "span", { class: "bp-keys", id: "bp-decision-keys" })];
    part("told", "div", { class: "bp-decision-told" }, part("readout", "output", { "aria-live": "polite" }), ...hints);
    part("help", "p", { class: "bp-decision-help" });
    part("stage", "div", { class: "bp-decision-stage" }, this.under, this.box, this.over, this.told);
    const row = html("div", { class: "bp-chart-head bp-low" }, ...head);
    const legend = part("legend", "p", { class: "bp-decision-legend" });
    this.root = html("div", { class: "bp-chart bp-decision" }, row, this.stage, this.help, legend);
  }

  update(component) {
    this.component = component;
    this.colours = paint(this.root, component.parentElement);
    if (component.data !== this.raw) {
      this.raw = component.data;
      this.data = { ...this.raw, curve: rows(this.raw.curve) };
      this.hand.forget();
    }
    this.draw();
  }

  /** Everything. Until a new map has arrived the old picture stays, whole: its points and its words belong to it. */
  draw() {
    if (!this.data || !this.root.clientWidth) return;
    const { payload, points, axes: about, texts, legend = [] } = this.data;
    const found = payload && recall(payload);
    if (payload && !found && this.map) return;
    this.map = found ? read(found) : null;
    const names = { title: texts.title, note: texts.note, tally: texts.right, add: texts.add, keys: texts.keys };
    for (const [name, text] of Object.entries(names)) this[name].textContent = text;
    this.help.hidden = !this.data.editable;
    if (this.add.parentElement !== (this.data.editable ? this.help : this.told)) {
      (this.data.editable ? this.help : this.told).append(this.add, this.keys); // what takes long to say would cover the map
    }
    this.box.setAttribute("aria-label", texts.alt);
    const { clientWidth: width, clientHeight: height } = this.stage;
    this.frame = axes(this.under, { width: width - barRoom(this.data.bar), height }, about, ...about.names);
    const { left, right, top, bottom } = this.frame;
    this.box.style.cssText = `left:${left}px;top:${top}px;width:${right - left}px;height:${bottom - top}px`;
    this.shades = shadesOf(this.colours, this.map?.k);
    if (this.data.bar) this.under.append(colourBar(this.data, this.shades, this.frame));
    for (const name of ["said", "wrong", "cross"]) this[name] = svg("g", { class: `bp-${name}` });
    const drawn = [...marks(points, this.data.kind, this.frame), this.labels()];
    this.over.replaceChildren(patterns(), this.said, this.wrong, ...drawn, this.hand.group, this.cross);
    this.say(this.map, this.data.curve);
    this.choose(this.code);
    this.legend.hidden = !legend.length;
    this.legend.replaceChildren(...legend.map((entry) => html("span", {}, sample(entry, this.data.kind), entry.text)));
    this.point(this.cell);
    this.project();
  }

  onscrub = ({ detail }) => {
    const film = detail && recall(detail.film);
    this.shot = film && this.data ? frameOf(film, detail.frame, this.data.axes.x) : null;
    if (this.shot && this.frame) this.project();
    else this.draw();
  };

  /** The film's frame instead of this moment: what it knows of every point; words that belong to this moment are hidden. */
  project() {
    this.root.classList.toggle("bp-film", Boolean(this.shot));
    if (!this.shot) return;
    const { data: { points, kind, curve, texts }, shot: { map, wrong, curve: moved } } = this;
    this.say(map ?? this.map, moved ?? curve);
    const own = points.filter(({ held }) => !held);
    this.wrong.replaceChildren(...rings(own.filter((_, i) => wrong?.[i]), radiusOf(points), kind, this.frame));
    this.tally.textContent = wrong ? filled(texts.tally, [wrong.filter((is) => !is).length]) : "";
  }

  /** What the network says: the shades with the decision line, or the fitted curve, on a rim of the page's colour. */
  say(map, curve) {
    this.canvas.hidden = !map;
    if (map) this.shade(map);
    const inner = cutout(this.frame);
    const d = map ? strokes(map.line, this.frame) : curve ? route(curve, this.frame) : "";
    if (map?.k) inner.append(...Array.from({ length: map.k }, (_, code) => patch(map, code, this.frame)));
    for (const kind of ["bp-rim", ""]) inner.append(svg("path", { class: `bp-decision-line ${kind}`, d }));
    this.said.replaceChildren(inner);
  }

  /** Which class a new point has. */
  choose(code) {
    const { editClasses = [], texts } = this.data;
    this.code = Math.min(code, Math.max(0, editClasses.length - 1));
    const button = (name, i) => {
      const on = { type: "button", "aria-pressed": String(i === this.code), onclick: () => this.choose(i) };
      return html("button", on, sample({ t: i }, "map"), name);
    };
    const before = [...this.choice.querySelectorAll("button")].indexOf(document.activeElement);
    this.choice.hidden = !editClasses.length;
    const group = html("div", { class: "bp-switch", role: "group", "aria-label": texts.newPoint }, ...editClasses.map(button));
    this.choice.replaceChildren(html("span", {}, texts.newPoint), group);
    this.choice.querySelectorAll("button")[before]?.focus();
  }

  /** One pixel of the canvas per cell; the browser enlarges them smoothly. */
  shade({ n, bytes }) {
    const { shades } = this;
    const image = new ImageData(n, n); // its rows run downwards, ours upwards
    bytes.forEach((byte, i) => image.data.set([...shades[byte], 255], 4 * ((n - 1 - Math.floor(i / n)) * n + (i % n))));
    Object.assign(this.canvas, { width: n, height: n });
    this.canvas.getContext("2d").putImageData(image, 0, 0);
  }

  /** The words of up to eight points, then the classes' names, each at a free place or nowhere. */
  labels() {
    const { map, frame, data: { points, kind, texts } } = this;
    const radius = radiusOf(points);
    const spots = points.map((point) => spotOf(point, kind, frame).at);
    const taken = spots.map((at, i) => around(at, radius + (points[i].right === false ? 6 : 2)));
    const busy = (map?.line ?? []).map(([[x, y]]) => around(pixel([x, y], frame), 3));
    const named = points.map(({ text }, i) => ({ text, at: spots[i] })).filter(({ text }) => text);
    const places = named.length > LABELLED ? [] : named.map(({ text, at }) => beside(text, at, taken, busy, frame));
    const regions = Array.from({ length: map?.k ?? 0 }, (_, code) => within(map, code, texts.classes?.[code], taken, frame));
    return svg("g", { class: "bp-decision-labels" }, ...[...places, ...regions].filter(Boolean).map(label));
  }

  /** Where the pointer is, as shares of the box from its left and from its bottom. */
  shares({ clientX, clientY }) {
    const { left, top, width, height } = this.box.getBoundingClientRect();
    return [(clientX - left) / width, 1 - (clientY - top) / height];
  }

  get cells() {
    return this.map?.n ?? CELLS;
  }

  /** The place at these shares of the box, in the data's own numbers, rounded to less than a cell. */
  place([across, up]) {
    const { x, y } = this.data.axes;
    return [along(x, across, this.cells), along(y, up, this.cells)];
  }

  /** The same by name: on a curve the height is the target. */
  named(shares) {
    const [x1, up] = this.place(shares);
    return this.data.kind === "curve" ? { x1, x2: null, t: up } : { x1, x2: up };
  }

  pick(shares) {
    if (!this.data.texts.add) return; // there is nothing to add to
    this.send("point", { t: this.data.editClasses?.length ? this.code : null, ...this.named(shares) });
  }

  send(name, detail) {
    this.component.setTriggerValue(name, detail);
  }

  /** What stands under the pointer, in words; the keyboard's crosshair stays where it is. */
  hover(event) {
    if (this.cell || event.pointerType === "touch") return;
    this.tell(this.shares(event).map((share) => Math.max(0, Math.min(this.cells - 1, Math.floor(share * this.cells)))));
  }

  /** Keys that mean something here do not reach the page, where they would step, jump or play. */
  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (this.hand.key(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const way = WAYS[event.key];
    const middle = [0, 1].map(() => Math.floor(this.cells / 2));
    const moved = (at, axis) => Math.max(0, Math.min(this.cells - 1, at + way[axis] * (event.shiftKey ? 10 : 1)));
    if (way && this.cell) this.point(this.cell.map(moved));
    else if (way || event.key === "Home") this.point(middle);
    else if (event.key === "Escape" && this.cell) this.point(null);
    else if (event.key !== "Enter" && event.key !== " ") return;
    else if (this.cell) this.pick(this.centre(this.cell));
    else this.point(middle);
    event.preventDefault();
    event.stopPropagation();
  }

  centre = (cell) => cell.map((at) => (at + 0.5) / this.cells);

  /** The crosshair at this cell [column, row from below], or none. */
  point(cell) {
    this.cell = cell?.map((at) => Math.min(at, this.cells - 1)) ?? null;
    if (!this.frame) return;
    const { left, right, top, bottom } = this.frame;
    const [x, y] = pixel(this.centre(this.cell ?? [0, 0]), this.frame);
    const d = `M${left} ${y}H${x - 9}M${x + 9} ${y}H${right}M${x} ${top}V${y - 9}M${x} ${y + 9}V${bottom}`;
    this.cross.replaceChildren(...(this.cell ? ["bp-rim", ""].map((kind) => svg("path", { class: kind, d })) : []));
    this.told.style.cssText = `left:${left}px;right:calc(100% - ${right}px);--top:${top}px;--bottom:calc(100% - ${bottom}px)`;
    this.hand.draw();
    this.tell(this.cell);
  }

  /** The place of a cell and what the network says there; the words stand in the half where the cell is not. */
  tell(cell) {
    const place = cell && this.place(this.centre(cell)).join(", ").replaceAll("-", "−");
    const says = cell && [this.hand.name(), `(${place})`, this.answer(cell)];
    this.readout.textContent = says ? says.filter(Boolean).join(" · ") : "";
    this.told.classList.toggle("bp-on", Boolean(cell));
    this.told.classList.toggle("bp-to-bottom", Boolean(cell) && cell[1] >= this.cells / 2);
  }

  answer([i, j]) {
    const { map, data: { curve, texts, axes: about, scale, half } } = this;
    const byte = map?.bytes[j * map.n + i];
    if (map?.k) return texts.classes?.[byte] ?? String(byte);
    if (map) return `${texts.output} ${valueOf(byte, scale, half)}`;
    return curve ? `${texts.output} ≈ ${shown(heightOf(curve, along(about.x, this.centre([i, j])[0], this.cells)))}` : "";
  }

  remove() {
    waiting.delete(this);
    document.removeEventListener("bp-scrub", this.onscrub);
    this.observer.disconnect();
    this.root.remove();
    pictures.delete(this.component.parentElement);
  }
}
