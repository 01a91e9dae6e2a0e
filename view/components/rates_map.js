// The map of fates: every point is a start, its colour says where the run from there ends at this learning rate. A click starts
// there; with the keyboard a crosshair walks over the cells. The current run's path and its next point lie on the map.
import { html, svg } from "./common.js";
import { axes, cutout, dot, route } from "./chart_curves.js";
import { around } from "./chart_labels.js";
import { held, hits, nearest, shown, size, tip } from "./rates_oracle.js";

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
const ONE_LINE = 110; // px: a label as short as this keeps its share on the same line
const LINE = 19; // px
const SHIFTS = Array.from({ length: 17 }, (_, i) => i - 8); // how a label may move aside, in strides
const STRIDE = [14, 11]; // px
const RADIUS = { start: 6, hollow: 6.5, end: 3.5 };
const UNFIT = 400; // a label that costs more than this would stand on another one or leave the map

export class FatesMap {
  /** pick(across, up): the reader chose this start. */
  constructor(pick) {
    Object.assign(this, { pick, cell: null, next: null });
    this.under = svg("svg", { "aria-hidden": "true" });
    this.canvas = html("canvas");
    const called = { role: "application", tabindex: 0, "aria-describedby": "bp-fates-keys" };
    this.box = html("div", { class: "bp-fates-box", ...called }, this.canvas);
    this.over = svg("svg", { class: "bp-fates-over", "aria-hidden": "true" });
    this.readout = html("output", { "aria-live": "polite" });
    this.keys = html("span", { id: "bp-fates-keys" });
    this.note = html("div", { class: "bp-fates-note" }, this.readout, this.keys);
    this.waiting = html("p", { class: "bp-fates-waiting" });
    this.element = html("div", { class: "bp-fates" }, this.under, this.box, this.over, this.note, this.waiting);
    this.box.addEventListener("click", (event) => this.click(event));
    this.box.addEventListener("pointermove", (event) => this.hover(event));
    this.box.addEventListener("pointerleave", () => this.payload && !this.cell && this.tell(null));
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => this.point(null));
  }

  /** payload: {n, across, up, codes, fates, labels, xticks, yticks, names}, undefined until it has been computed. */
  draw(payload, spots, texts, colours, { width, height }) {
    if (payload && payload !== this.payload) this.codes = Uint8Array.from(atob(payload.codes), (c) => c.charCodeAt(0));
    if (payload?.n !== this.payload?.n) this.cell = null;
    Object.assign(this, { payload, spots, colours });
    this.waiting.textContent = texts.mapWaiting;
    this.waiting.hidden = Boolean(payload);
    this.box.hidden = this.note.hidden = !payload;
    this.under.replaceChildren();
    this.over.replaceChildren();
    if (!payload) return;
    const { across, up, xticks, yticks, names } = payload;
    this.frame = axes(this.under, { width, height }, { x: across, y: up, xticks, yticks }, ...names);
    const { left, right, top, bottom } = this.frame;
    this.box.style.cssText = `left:${left}px;top:${top}px;width:${right - left}px;height:${bottom - top}px`;
    this.box.setAttribute("aria-label", texts.altMap);
    this.keys.textContent = texts.mapKeys;
    this.paint();
    const start = mark("start", spots.start, this);
    const path = cutout(this.frame);
    const run = route(spots.path, this.frame);
    for (const rim of ["bp-rim", ""]) path.append(svg("path", { class: `bp-fates-path ${rim}`, d: run }));
    const end = spots.path.length > 1 ? mark("end", spots.path.at(-1), this) : [];
    const labels = svg("g", { class: "bp-fates-labels" });
    this.cross = svg("g", { class: "bp-fates-cross" });
    this.landing = svg("g");
    this.over.append(this.patches(), path, labels, ...end, ...start, this.cross, this.landing);
    this.move(this.next);
    drawLabels(labels, this, spots.path.slice(-30).map((place) => around(pixel(place, this.frame), 6)));
    this.point(this.cell);
  }

  /** One pixel of the canvas per cell; the browser enlarges them without smoothing. */
  paint() {
    const { n, fates } = this.payload;
    const shades = fates.map(({ fill }) => [1, 3, 5].map((at) => parseInt(this.colours[fill].slice(at, at + 2), 16)));
    const image = new ImageData(n, n); // its rows run downwards, ours upwards
    this.codes.forEach((code, i) => image.data.set([...shades[code], 255], 4 * ((n - 1 - Math.floor(i / n)) * n + (i % n))));
    Object.assign(this.canvas, { width: n, height: n });
    this.canvas.getContext("2d").putImageData(image, 0, 0);
  }

  /** What no colour alone may say: diverged starts are hatched, undecided ones have an edge. */
  patches() {
    const group = svg("g", { class: "bp-fates-patches" });
    const hatch = { id: "bp-fates-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
    group.append(svg("pattern", hatch, svg("path", { d: "M3 0V6" })));
    for (const [code, { fill }] of this.payload.fates.entries()) {
      if (fill === "fate_diverged") group.append(svg("path", { fill: "url(#bp-fates-hatch)", d: area(this, code) }));
      if (fill === "fate_undecided") group.append(svg("path", { class: "bp-fates-edge", d: area(this, code) }));
    }
    return group;
  }

  /** The hollow point, where the next update lands, filled with the colour of the fate it leads to: {spot, fill} or null. */
  move(next) {
    this.next = next;
    if (!this.payload) return;
    this.landing.replaceChildren();
    if (!next?.spot.every(Number.isFinite)) return;
    const parts = mark("hollow", next.spot, this);
    const ring = parts.find(({ tagName }) => tagName === "circle");
    if (ring) ring.style.fill = this.colours[next.fill];
    if (ring) this.landing.append(dot("halo", ...pixel(next.spot, this.frame), 9.5));
    this.landing.append(...parts);
  }

  /** While another learning rate is tried, the map still shows the old one's fates. */
  dim(on) {
    this.element.classList.toggle("bp-dim", on);
  }

  click(event) {
    this.pick(...this.place(...this.shares(event)));
  }

  /** The fate under the pointer, in words; the keyboard's crosshair stays where it is. */
  hover(event) {
    if (!this.payload || this.cell || event.pointerType === "touch") return;
    const { n } = this.payload;
    const [i, j] = this.shares(event).map((share) => Math.max(0, Math.min(n - 1, Math.floor(share * n))));
    this.tell([i, j]);
  }

  /** Where the pointer is, as shares of the box from its left and from its bottom. */
  shares({ clientX, clientY }) {
    const { left, top, width, height } = this.box.getBoundingClientRect();
    return [(clientX - left) / width, 1 - (clientY - top) / height];
  }

  /** The start at these shares of the box, from its left and from its bottom. */
  place(across, up) {
    const { n, across: a, up: b } = this.payload;
    return [along(a, across, n), along(b, up, n)];
  }

  /** Keys that mean something here do not reach the page, where they would step, jump or play. */
  key(event) {
    if (!this.payload || event.ctrlKey || event.altKey || event.metaKey) return;
    const { n } = this.payload;
    const way = WAYS[event.key];
    const home = cellOf(this.spots.start, this.payload);
    const within = (i) => Math.max(0, Math.min(n - 1, i));
    if (way && this.cell) this.point(this.cell.map((at, axis) => within(at + way[axis] * (event.shiftKey ? 10 : 1))));
    else if (way || event.key === "Home") this.point(home);
    else if (event.key === "Escape" && this.cell) this.point(null);
    else if (event.key !== "Enter" && event.key !== " ") return;
    else if (this.cell) this.pick(...this.place(...this.cell.map((at) => (at + 0.5) / n)));
    else this.point(home);
    event.preventDefault();
    event.stopPropagation();
  }

  /** The crosshair at this cell [column, row from below], or none; its words stand in the half where it is not. */
  point(cell) {
    this.cell = cell;
    if (!this.payload) return;
    const { n } = this.payload;
    const { left, right, top, bottom } = this.frame;
    const [w, h] = [(right - left) / n, (bottom - top) / n];
    const [i, j] = cell ?? cellOf(this.spots.start, this.payload);
    const [x, y] = [left + (i + 0.5) * w, bottom - (j + 0.5) * h];
    const d = `M${left} ${y}H${x - 9}M${x + 9} ${y}H${right}M${x} ${top}V${y - 9}M${x} ${y + 9}V${bottom}`;
    const square = `M${x - w / 2} ${y - h / 2}h${w}v${h}h${-w}Z`;
    this.cross.replaceChildren(...(cell ? ["bp-rim", ""].map((kind) => svg("path", { class: kind, d: d + square })) : []));
    this.tell(cell);
    this.note.style.cssText = `left:${left}px;right:calc(100% - ${right}px);--top:${top}px;--bottom:calc(100% - ${bottom}px)`;
  }

  /** Coordinates and fate of a cell, or nothing; the words stand in the half where the cell is not. */
  tell(cell) {
    const { n, fates } = this.payload;
    const [i, j] = cell ?? [0, 0];
    const spot = spell(this.place((i + 0.5) / n, (j + 0.5) / n));
    this.readout.textContent = cell ? `${spot} · ${fates[this.codes[j * n + i]].text}` : "";
    this.note.classList.toggle("bp-on", Boolean(cell));
    this.note.classList.toggle("bp-low", j >= n / 2);
  }
}

/** A share of a range as a number, rounded far below a cell, so that it can be read and shared. */
function along([low, high], share, n) {
  const digits = Math.ceil(-Math.log10((high - low) / n / 10));
  return Number((low + share * (high - low)).toFixed(Math.max(0, Math.min(12, digits))));
}

const pixel = ([across, up], { x, y }) => [x(across), y(up)];
const spell = (place) => `(${place.join(", ").replaceAll("-", "−")})`;
const rounded = (x) => Math.round(10 * x) / 10;

/** The cell [column, row from below] of a start; the nearest one when it lies off the map. */
function cellOf([across, up], { n, across: a, up: b }) {
  const index = (value, [low, high]) => Math.max(0, Math.min(n - 1, Math.floor((n * (value - low)) / (high - low))));
  return [index(across, a), index(up, b)];
}

/** A point on the map, or an arrow at its rim with the numbers of the place that lies beyond. */
function mark(kind, place, { frame, over }) {
  const { at, out } = held(pixel(place, frame), frame);
  if (!out) return [dot(kind, ...at, RADIUS[kind])];
  const form = measured(over, [spell(place.map(shown))]);
  const { left, right, top, bottom } = frame;
  const row = kind === "end" ? form.height + 2 : 0; // clear of the hollow point's words
  const x = Math.max(left + 14, Math.min(right - 14 - form.width, at[0] - form.width / 2));
  const y = Math.max(top + 14 + row, Math.min(bottom - 14 - row - form.height, at[1] - form.height / 2));
  return [tip(kind, at, out), label(form, [x, y], kind)];
}

/** Some lines of text in a box. */
function label({ lines, width, height }, [x, y], kind = "region") {
  const text = (line, i) => svg("text", { x: x + width / 2, y: y + 3 + LINE * (i + 0.5) }, line);
  return svg("g", { class: `bp-fates-label bp-${kind}` }, svg("rect", { x, y, width, height, rx: 4 }), ...lines.map(text));
}

/** The cells of one fate, as one rectangle for each stretch of a row. */
function area({ codes, frame: { left, right, top, bottom }, payload: { n } }, code) {
  const [x, y] = [(i) => rounded(left + (i / n) * (right - left)), (j) => rounded(bottom - (j / n) * (bottom - top))];
  const same = (k) => codes[k] === code;
  const parts = [...codes.keys()].filter((k) => same(k) && (k % n === 0 || !same(k - 1)));
  const rectangle = (k) => {
    let end = k + 1;
    while (end % n && same(end)) end += 1;
    const j = Math.floor(k / n);
    return `M${x(k % n)} ${y(j)}V${y(j + 1)}H${x(k % n + end - k)}V${y(j)}Z`;
  };
  return parts.map(rectangle).join("");
}

/** The regions' names, the largest region's first, clear of points and words. One without room loses its share, then goes. */
function drawLabels(root, map, path) {
  const counts = new Map();
  for (const code of map.codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const cells = ({ code }) => counts.get(code) ?? 0;
  const boxesOf = (shape) => [...map.over.querySelectorAll(shape)].map((element) => {
    const { x, y, width, height } = element.getBBox();
    return [x - 4, y - 4, x + width + 4, y + height + 4];
  });
  const placed = { named: boxesOf("rect"), busy: [...path, ...boxesOf("circle")] };
  for (const region of map.payload.labels.toSorted((a, b) => cells(b) - cells(a))) {
    const { text, share } = region;
    const short = !/\d$/.test(text) && measured(root, [`${text} ${share}`]).width <= ONE_LINE; // never "w₂ = 1 26 %"
    const fitted = (lines) => {
      const form = measured(root, lines);
      return { ...form, ...room(map, region, cells(region), form, placed) };
    };
    let best = fitted(short ? [`${text} ${share}`] : [text, share]);
    if (!best.box) best = fitted([text]);
    if (!best.box) continue;
    const [left, top, right, bottom] = best.box;
    placed.named.push([left - 4, top - 4, right + 4, bottom + 4]);
    root.append(label(best, best.box));
    const to = pixel(region.at, map.frame);
    if (best.away) root.prepend(svg("path", { d: `M${to}L${nearest(to, best.box)}` }), dot("end", ...to, 2));
  }
}

/** Lines of text with the size of the box they need. */
function measured(root, lines) {
  const words = lines.map((line) => root.appendChild(svg("text", {}, line)));
  const width = Math.max(...words.map((line) => size(line)[0])) + 8;
  words.forEach((line) => line.remove());
  return { lines, width, height: LINE * lines.length + 6 };
}

/** The best place for a label: on its region, without covering much of it; a small region is named from beside it. */
function room({ codes, frame, payload: { n } }, { at, code }, cells, { width, height }, { named, busy }) {
  const [cx, cy] = pixel(at, frame);
  const { left, right, top, bottom } = frame;
  const index = (share) => Math.floor(n * share);
  const codeAt = (x, y) => codes[n * index((bottom - y) / (bottom - top)) + index((x - left) / (right - left))];
  const per = (n * n) / ((right - left) * (bottom - top)); // cells in a square pixel
  let best = { cost: UNFIT };
  for (const across of SHIFTS) {
    for (const down of SHIFTS) {
      const [x, y] = [cx + across * STRIDE[0], cy + down * STRIDE[1]];
      const box = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
      if (box[0] < left + 3 || box[1] < top + 3 || box[2] > right - 3 || box[3] > bottom - 3) continue;
      const rough = 0.4 * Math.hypot(x - cx, y - cy) + 40 * hits(box, busy) + 900 * hits(box, named);
      if (rough >= best.cost) continue; // most places need no closer look
      const under = grid(box).map(([px, py]) => codeAt(px, py));
      const own = under.filter((other) => other === code).length / under.length;
      const covered = (own * width * height * per) / cells;
      const cost = rough + 60 * (1 - own) + 120 * covered + 15 * (new Set(under).size - 1);
      if (cost < best.cost) best = { box, cost, away: own < 0.3 };
    }
  }
  return best;
}

/** 9 × 5 points spread over a box. */
function grid([left, top, right, bottom]) {
  return Array.from({ length: 45 }, (_, i) => {
    const [a, b] = [((i % 9) + 0.5) / 9, (Math.floor(i / 9) + 0.5) / 5];
    return [left + a * (right - left), top + b * (bottom - top)];
  });
}
