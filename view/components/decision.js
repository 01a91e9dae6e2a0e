// The decision picture: what the network says for every input. With two inputs it is a map, shaded by probability or by class, with
// a thick line where the decision changes; with one, the fitted curve. A click, or the keyboard's crosshair, names a new point.
import { html, instance, paint, styles, svg } from "./common.js";
import { axes, cutout, route } from "./chart_curves.js";
import { around } from "./chart_labels.js";
import { CSS as CHART } from "./chart_style.js";
import { BAR, CSS, beside, colourBar, label, marks, patch, patterns, pixel, radiusOf, sample } from "./decision_style.js";
import { shadesOf, spotOf, strokes, within } from "./decision_style.js";
import { recall, rows, waiting } from "./payloads.js";
import { shown } from "./rates_oracle.js";

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
const CELLS = 81; // a side: the crosshair's steps where there is no map
const LABELLED = 8; // points with words
const TIMES = 24; // how often the rounding of the bytes is smoothed

const pictures = new WeakMap();
const maps = new WeakMap(); // what was read of a payload

export function show(component) {
  const picture = instance(pictures, component.parentElement, () => new Decision(component));
  picture.update(component);
  return () => picture.remove();
}

class Decision {
  constructor({ parentElement }) {
    styles("bp-chart-style", CHART);
    styles("bp-decision-style", CSS);
    this.cell = null;
    this.build();
    this.box.addEventListener("click", (event) => this.pick(this.shares(event)));
    this.box.addEventListener("pointermove", (event) => this.hover(event));
    this.box.addEventListener("pointerleave", () => !this.cell && this.tell(null));
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => this.point(null));
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
    const head = [part("title", "h2"), part("note", "span"), part("tally", "strong")];
    const called = { role: "application", tabindex: 0, "aria-describedby": "bp-decision-keys" };
    part("box", "div", { class: "bp-decision-box", ...called }, part("canvas", "canvas"));
    const hints = [part("add", "span", { class: "bp-add" }), part("keys", "span", { class: "bp-keys", id: "bp-decision-keys" })];
    part("told", "div", { class: "bp-decision-told" }, part("readout", "output", { "aria-live": "polite" }), ...hints);
    part("stage", "div", { class: "bp-decision-stage" }, this.under, this.box, this.over, this.told);
    const row = html("div", { class: "bp-chart-head bp-low" }, ...head);
    const legend = part("legend", "p", { class: "bp-decision-legend" });
    this.root = html("div", { class: "bp-chart bp-decision" }, row, this.stage, legend);
  }

  update(component) {
    this.component = component;
    this.colours = paint(this.root, component.parentElement);
    if (component.data !== this.raw) {
      this.raw = component.data;
      this.data = { ...this.raw, curve: rows(this.raw.curve) };
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
    this.box.setAttribute("aria-label", texts.alt);
    const { clientWidth: width, clientHeight: height } = this.stage;
    this.frame = axes(this.under, { width: width - (this.data.bar ? BAR.room : 0), height }, about, ...about.names);
    const { left, right, top, bottom } = this.frame;
    this.box.style.cssText = `left:${left}px;top:${top}px;width:${right - left}px;height:${bottom - top}px`;
    const shades = shadesOf(this.colours, this.map?.k);
    if (this.data.bar) this.under.append(colourBar(this.data.bar, texts.output, shades, this.frame));
    this.canvas.hidden = !this.map;
    if (this.map) this.shade(shades);
    this.cross = svg("g", { class: "bp-cross" });
    this.over.replaceChildren(...this.lines(), ...marks(points, this.data.kind, this.frame), this.labels(), this.cross);
    this.legend.hidden = !legend.length;
    this.legend.replaceChildren(...legend.map((entry) => html("span", {}, sample(entry, this.data.kind), entry.text)));
    this.point(this.cell);
  }

  /** One pixel of the canvas per cell; the browser enlarges them smoothly. */
  shade(shades) {
    const { n, bytes } = this.map;
    const image = new ImageData(n, n); // its rows run downwards, ours upwards
    bytes.forEach((byte, i) => image.data.set([...shades[byte], 255], 4 * ((n - 1 - Math.floor(i / n)) * n + (i % n))));
    Object.assign(this.canvas, { width: n, height: n });
    this.canvas.getContext("2d").putImageData(image, 0, 0);
  }

  /** The fitted curve or the decision line, on a rim of the page's colour; beneath lie the classes' patterns. */
  lines() {
    const { map, frame, data: { curve } } = this;
    const inner = cutout(frame);
    const d = map ? strokes(map.line, frame) : curve ? route(curve, frame) : "";
    if (map?.k) inner.append(...Array.from({ length: map.k }, (_, code) => patch(map, code, frame)));
    for (const kind of ["bp-rim", ""]) inner.append(svg("path", { class: `bp-decision-line ${kind}`, d }));
    return [patterns(), inner];
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

  pick(shares) {
    const [x1, x2] = this.place(shares);
    if (this.component.data.texts.add) this.component.setTriggerValue("point", { x1, x2 }); // else there is nothing to add to
  }

  /** What stands under the pointer, in words; the keyboard's crosshair stays where it is. */
  hover(event) {
    if (this.cell || event.pointerType === "touch") return;
    this.tell(this.shares(event).map((share) => Math.max(0, Math.min(this.cells - 1, Math.floor(share * this.cells)))));
  }

  /** Keys that mean something here do not reach the page, where they would step, jump or play. */
  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
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
    this.tell(this.cell);
  }

  /** The place of a cell and what the network says there; the words stand in the half where the cell is not. */
  tell(cell) {
    const says = cell && [`(${this.place(this.centre(cell)).join(", ").replaceAll("-", "−")})`, this.answer(cell)];
    this.readout.textContent = says ? says.filter(Boolean).join(" · ") : "";
    this.told.classList.toggle("bp-on", Boolean(cell));
    this.told.classList.toggle("bp-to-bottom", Boolean(cell) && cell[1] >= this.cells / 2);
  }

  answer([i, j]) {
    const { map, data: { curve, texts, axes: about } } = this;
    const byte = map?.bytes[j * map.n + i];
    if (map?.k) return texts.classes?.[byte] ?? String(byte);
    if (map) return `${texts.output} ≈ ${Number((byte / 255).toFixed(2))}`; // a byte knows no more
    return curve ? `${texts.output} ≈ ${shown(heightOf(curve, along(about.x, this.centre([i, j])[0], this.cells)))}` : "";
  }

  remove() {
    waiting.delete(this);
    this.observer.disconnect();
    this.root.remove();
    pictures.delete(this.component.parentElement);
  }
}

/** A share of a range as a number, rounded to less than a cell, so that it can be read and shared. */
function along([low, high], share, n) {
  const digits = Math.ceil(-Math.log10((high - low) / n));
  return Number((low + share * (high - low)).toFixed(Math.max(0, Math.min(12, digits)))) + 0; // never -0
}

/** The curve's height at a place, between two of its points. */
function heightOf(curve, at) {
  const i = Math.max(1, curve.findIndex(([x]) => x >= at));
  const [[x0, y0], [x1, y1]] = [curve[i - 1], curve[i]];
  return y0 + ((y1 - y0) * (at - x0)) / (x1 - x0);
}

/** A payload as {n, k, bytes, line}: k classes, or none; line: where the decision changes, in pieces. Made once per payload. */
function read(payload) {
  const { n, k, values, classes } = payload;
  if (maps.has(payload)) return maps.get(payload);
  const bytes = Uint8Array.from(atob(values ?? classes), (c) => c.charCodeAt(0));
  const chance = () => smoothed(Float64Array.from(bytes, (byte) => byte / 255 - 0.5), n, 0.49 / 255);
  const fields = classes ? margins(bytes, n, k) : [chance()];
  maps.set(payload, { n, k: classes && k, bytes, line: fields.flatMap((field) => crossings(field, n)) });
  return maps.get(payload);
}

/** For each class but the last, by how much a cell is in it rather than in the best other one. */
function margins(bytes, n, k) {
  const codes = Array.from({ length: k }, (_, code) => code);
  const fields = codes.map((code) => smoothed(Float64Array.from(bytes, (own) => Number(own === code)), n, 0.49));
  const rival = (code, i) => Math.max(...codes.map((other) => (other === code ? -1 : fields[other][i])));
  return codes.slice(0, -1).map((code) => fields[code].map((own, i) => own - rival(code, i)));
}

/** Numbers that were rounded, made smooth again: none moves farther than its rounding may have moved it. */
function smoothed(field, n, slack) {
  let now = field;
  for (let time = 0; time < TIMES; time += 1) {
    const before = now;
    now = field.map((own, i) => {
      const across = i % n && (i + 1) % n ? before[i - 1] + before[i + 1] : 2 * before[i]; // at the rim: straight on
      const up = i >= n && i + n < field.length ? before[i - n] + before[i + n] : 2 * before[i];
      const mean = (across + up + before[i]) / 5;
      return Math.max(own - slack, Math.min(own + slack, mean));
    });
  }
  return now;
}

/** Where numbers at the cells' centres change their sign: pieces [[x, y], [x, y]] in shares of the box (marching squares). */
function crossings(field, n) {
  const beyond = (near, next) => 1.5 * near - 0.5 * next; // at the rim, half a cell away
  const longer = (row) => [beyond(row[0], row[1]), ...row, beyond(row[n - 1], row[n - 2])];
  const inner = Array.from({ length: n }, (_, j) => longer(field.subarray(j * n, (j + 1) * n)));
  const rim = (near, next) => near.map((value, i) => beyond(value, next[i]));
  const grid = [rim(inner[0], inner[1]), ...inner, rim(inner[n - 1], inner[n - 2])];
  const share = (i) => Math.max(0, Math.min(1, (i - 0.5) / n));
  const pieces = [];
  for (let j = 0; j <= n; j += 1) {
    for (let i = 0; i <= n; i += 1) {
      const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]];
      const values = corners.map(([a, b]) => grid[b][a]);
      if (values.every((value) => value > 0) || values.every((value) => value <= 0)) continue;
      const cuts = corners.flatMap(([a, b], e) => {
        const [[c, d], own, next] = [corners[(e + 1) % 4], values[e], values[(e + 1) % 4]];
        const part = own / (own - next);
        return own > 0 === next > 0 ? [] : [[share(a) + part * (share(c) - share(a)), share(b) + part * (share(d) - share(b))]];
      });
      const middle = values.reduce((sum, value) => sum + value, 0) > 0;
      if (cuts.length === 4 && middle !== values[0] > 0) cuts.unshift(cuts.pop()); // a saddle: its middle decides who is joined
      for (let cut = 0; cut < cuts.length; cut += 2) pieces.push([cuts[cut], cuts[cut + 1]]);
    }
  }
  return pieces;
}
