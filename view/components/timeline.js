// The loss of the run as a time line: in ink what has been, in grey what has been computed ahead, dashed the held-out samples and
// behind them all the run that was pinned. Its handle can be dragged: then the browser shows the run like a film.
import { axes, cutout, dot, route } from "./chart_curves.js";
import { around, boxes, drawLabels, measure } from "./chart_labels.js";
import { CSS as CHART } from "./chart_style.js";
import { html, instance, onBack, paint, styles, svg } from "./common.js";
import { recall, rows, waiting } from "./payloads.js";
import { shown } from "./rates_oracle.js";
import { Scrub } from "./timeline_scrub.js";
import { CSS } from "./timeline_style.js";

const CURVES = ["train", "held", "pinned", "batches"];
const ROOM = { gap: 6, least: 18, apart: 15 }; // px: before the names at the right, without names, from one line to the next
const CLOSE = 30; // px from the dot to the end: nearer than this, one of the two has words

const places = new WeakMap();

export function show(component) {
  const line = instance(places, component.parentElement, () => new TimeLine(component.parentElement));
  line.update(component);
  return () => line.remove();
}

class TimeLine {
  constructor(parent) {
    styles("bp-chart-style", CHART);
    styles("bp-timeline-style", CSS);
    this.picture = svg("svg", { class: "bp-curve bp-timeline", role: "img" });
    this.way = html("input", { type: "range", min: 0, step: 1, class: "bp-way" });
    this.title = html("h2");
    this.note = html("span");
    this.box = html("div", { class: "bp-curve-box" }, this.picture, this.way);
    this.legend = html("p", { class: "bp-time-legend" });
    this.kept = new Map(); // where the dot's words stood last
    const head = html("div", { class: "bp-chart-head bp-low" }, this.title, this.note);
    this.root = html("div", { class: "bp-chart bp-time" }, head, this.box, this.legend);
    this.scrub = new Scrub(this.picture, this.way, this);
    this.leave = onBack(() => this.scrub.answered());
    parent.append(this.root);
    this.parent = parent;
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.root);
    waiting.add(this);
  }

  update(component) {
    this.send = component.setTriggerValue;
    paint(this.root, component.parentElement);
    const fresh = component.data !== this.raw;
    if (fresh) {
      this.raw = component.data;
      this.data = { ...this.raw, ...Object.fromEntries(CURVES.map((name) => [name, rows(this.raw[name])])) };
      this.title.textContent = this.data.texts.title;
      this.note.textContent = this.data.texts.note;
      const { of, batches } = this.data.texts;
      const named = batches ? [["", of], ["bp-batches", batches]] : [];
      this.legend.hidden = !batches;
      this.legend.replaceChildren(...named.map(([kind, text]) => html("span", {}, swatch(kind), text)));
    }
    this.draw();
    if (fresh) this.scrub.answered();
  }

  draw() {
    if (!this.data || !this.root.clientWidth) return;
    const { data, picture, way } = this;
    recall(data.film); // in use: it is kept
    const { clientWidth: width, clientHeight: height } = this.box;
    const names = this.names();
    const room = Math.max(ROOM.least, ...names.flatMap(({ lines }) => lines.map((text) => measure(text) + ROOM.gap))) - ROOM.least;
    this.frame = axes(picture, { width: width - room, height }, data.axes, ...data.axes.names);
    picture.setAttribute("aria-label", data.texts.alt);
    this.cursor = svg("g", { class: "bp-cursor" });
    const at = [this.frame.x(Math.log10(1 + data.k)), this.frame.y(data.now)];
    const alone = this.frame.right - at[0] < CLOSE ? names.filter(({ own }) => !own) : names;
    picture.append(...this.curves(), this.ends(alone), dot("now", ...at, 5.5), this.here(at), this.cursor);
    const { left, right, top, bottom } = this.frame;
    way.setAttribute("style", `left:${left}px;width:${right - left}px;top:${top}px;height:${bottom - top}px`);
    way.setAttribute("aria-label", data.texts.jump);
    way.max = data.last;
    if (this.scrub.k === null) this.rest();
    else this.show(this.scrub.k);
  }

  /** What has been is drawn left of now, what is to come right of it. */
  curves() {
    const { data, frame } = this;
    const now = frame.x(Math.log10(1 + data.k));
    const path = (rows, kind) => svg("path", { class: `bp-run ${kind}`, d: route(placed(rows), frame) });
    const whole = cutout(frame);
    if (data.pinned) whole.append(path(data.pinned, "bp-pinned"));
    if (data.batches) whole.append(svg("path", { class: "bp-run bp-batches", d: dots(placed(data.batches), frame) }));
    const part = (kind, ends) => {
      const inner = cutout({ ...frame, ...ends });
      if (data.held) inner.append(path(data.held, `bp-held ${kind}`));
      inner.append(path(data.train, kind));
      return inner;
    };
    const parts = [now < frame.right ? part("bp-come", { left: now }) : null, now > frame.left ? part("", { right: now }) : null];
    return [whole, ...parts.filter(Boolean)];
  }

  /** The words at the dot, clear of the curves. */
  here(at) {
    const { data: { texts, ...data }, frame } = this;
    const { left, right, top, bottom } = frame;
    const lines = ["train", "held", "pinned"].filter((name) => data[name]).map((name) => placed(data[name]));
    const pixels = lines.map((line) => line.map(([a, b]) => [frame.x(a), frame.y(b)]));
    const taken = [around(at, 6), ...pixels.flatMap((line) => boxes(line, 2))];
    const text = measure(texts.now) < 0.8 * (right - left) ? texts.now : texts.nowShort;
    const group = drawLabels([{ key: "now", kind: "here", text, to: at }], taken, [left, top, right, bottom], this.kept);
    group.classList.add("bp-time-here");
    return group;
  }

  /** The names at the curves' ends: [{lines, height, own}]. */
  names() {
    const { data } = this;
    const named = ["train", "held", "pinned"].filter((name) => data[name]);
    const lines = (name) => (name === "train" ? [data.texts.end, data.texts.train] : [data.texts[name]]);
    return named.map((name) => ({ lines: lines(name), height: data[name].at(-1)[1], own: name === "train" }));
  }

  ends(names) {
    const { y, right, top, bottom } = this.frame;
    let below = names.reduce((sum, { lines }) => sum + lines.length, 0);
    let free = top + 6;
    const texts = names.toSorted((a, b) => b.height - a.height).flatMap(({ lines, height, own }) => {
      const middle = y(height) - (ROOM.apart * (lines.length - 1)) / 2;
      const first = Math.max(free, Math.min(bottom - 4 - ROOM.apart * (below - 1), middle));
      free = first + ROOM.apart * lines.length;
      below -= lines.length;
      const at = (i) => ({ x: right + ROOM.gap, y: first + ROOM.apart * i, dy: "0.35em" });
      return lines.map((text, i) => svg("text", { class: own && "bp-own", ...at(i) }, text));
    });
    return svg("g", { class: "bp-time-ends" }, ...texts);
  }

  /** The update nearest to a pixel; with mini-batches, where only some losses are known, one of those. */
  at(pixel) {
    const { data, frame: { left, right } } = this;
    const share = Math.max(0, Math.min(1, (pixel - left) / (right - left)));
    const k = Math.min(data.last, Math.round(10 ** (data.axes.x[1] * share) - 1));
    if (!data.batches) return k;
    return data.train.reduce((best, [other]) => (Math.abs(other - k) < Math.abs(best - k) ? other : best), 0);
  }

  /** The loss after k updates, where it is known: at every update by the film, at some by the curve. */
  loss(k) {
    return recall(this.data.film)?.losses?.[k]?.[0] ?? this.data.train.find(([own]) => own === k)?.[2];
  }

  /** The handle at k, on the curve, with its words. */
  show(k) {
    const { x, y, top, bottom, left, right } = this.frame;
    const { train } = this.data;
    const i = Math.max(1, train.findIndex(([own]) => own >= k));
    const [[k0, h0], [k1, h1]] = [train[i - 1], train[i] ?? train[i - 1]];
    const [at, loss] = [x(Math.log10(1 + k)), this.loss(k)];
    const on = y(k1 > k0 ? h0 + ((h1 - h0) * (Math.log1p(k) - Math.log1p(k0))) / (Math.log1p(k1) - Math.log1p(k0)) : h0);
    const text = loss === undefined ? `k = ${k}` : `k = ${k}, ${this.data.texts.of} ≈ ${shown(loss)}`;
    const side = at > (left + right) / 2 ? [-8, "end"] : [8, "start"];
    const name = svg("text", { x: at + side[0], y: on - top > 40 ? top + 12 : bottom - 10, "text-anchor": side[1] }, text);
    this.cursor.replaceChildren(svg("path", { d: `M${at} ${top}V${bottom}` }), svg("circle", { cx: at, cy: on, r: 6.5 }), name);
    this.way.value = k;
    this.way.setAttribute("aria-valuetext", text);
  }

  rest() {
    if (!this.frame) return;
    this.way.value = this.data.k;
    this.way.setAttribute("aria-valuetext", `k = ${this.data.k}`);
    this.cursor.replaceChildren();
  }

  go(k) {
    this.send("jump", k);
  }

  remove() {
    this.scrub.end();
    this.leave();
    waiting.delete(this);
    this.observer.disconnect();
    this.root.remove();
    places.delete(this.parent);
  }
}

const placed = (rows) => rows.map(([k, height]) => [Math.log10(1 + k), height]);

/** A piece of a curve, or three dots, for the legend. */
function swatch(kind) {
  const d = kind ? "M4 8h0M10 5h0M16 9h0" : "M1 8H19";
  return svg("svg", { width: 20, height: 14, "aria-hidden": "true" }, svg("path", { class: `bp-run ${kind}`, d }));
}

/** Each place as a dot: a line without length. */
const dots = (points, { x, y }) => points.map(([a, b]) => `M${x(a).toFixed(1)} ${y(b).toFixed(1)}h0`).join("");
