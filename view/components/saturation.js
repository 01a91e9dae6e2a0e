// A slider into saturation: one number is dragged to where a sigmoid or softmax is sure of itself, and beside each other stand the
// gradient found in two steps, without the clip, and fused. All numbers of the range are there; the browser only looks them up.
import { axes, dot, route } from "./chart_curves.js";
import { CSS as CHART } from "./chart_style.js";
import { html, instance, onBack, paint, reachable, styles, svg } from "./common.js";
import { filled, recall, waiting } from "./payloads.js";
import { CSS } from "./saturation_style.js";

const PATIENCE = 10000; // ms until an answer that never came is no longer waited for
const HALF = 12; // px of the slider's thumb that stand out beyond the axis
const LINES = 36; // px that three lines of text need from the first to the last
const LOST = 1; // the code of a place where a gradient is lost
const NONE = "—"; // a number that the fused form never computes
const Z = 0; // places in a row of texts
const [P, COMPLEMENT, SLOPE] = [1, 2, 3];
const NAN = 12; // the product that is no number, or nothing
const WAYS = { clipped: [4, 5, 6], bare: [7, 8, 9], fused: [null, 10, 11] }; // of error, gradient and loss

const places = new WeakMap();

export function show(component) {
  const picture = instance(places, component.parentElement, () => new Saturation(component.parentElement));
  picture.update(component);
  return () => picture.remove();
}

class Saturation {
  constructor(parent) {
    styles("bp-chart-style", CHART);
    styles("bp-sat-style", CSS);
    Object.assign(this, { parent, dragging: false, pending: null });
    this.title = html("h2");
    this.note = html("span");
    this.told = html("p", { class: "bp-sat-told" });
    this.table = html("table", { class: "bp-sat-numbers" });
    this.picture = svg("svg", { role: "img" });
    this.range = html("input", { type: "range", min: 0, step: 1, class: "bp-range bp-sat-range" });
    this.stage = html("div", { class: "bp-sat-stage" }, this.picture, this.range);
    const head = html("div", { class: "bp-chart-head bp-low" }, this.title, this.note);
    const both = html("div", { class: "bp-sat-both" }, this.table, this.stage);
    this.root = html("div", { class: "bp-chart bp-sat" }, head, this.told, both);
    parent.append(this.root);
    this.range.addEventListener("input", () => this.drag());
    this.range.addEventListener("change", () => this.release());
    this.leave = onBack(() => this.pending !== null && this.settle());
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.stage);
    waiting.add(this);
  }

  /** New data. An answer to an earlier question must not pull the slider back from where the reader has moved it since. */
  update({ data, parentElement, setTriggerValue }) {
    paint(this.root, parentElement);
    Object.assign(this, { data, send: setTriggerValue });
    if (!this.dragging && (this.pending === null || this.pending === data.now.row[Z])) this.settle();
    else this.draw();
  }

  drag() {
    this.dragging = true;
    document.body.dataset.bpSaturating = this.data.dims; // what is printed for another z is dimmed meanwhile
    this.move();
  }

  release() {
    this.dragging = false;
    const index = Number(this.range.value);
    const row = this.found?.rows[index];
    if (!row || row[Z] === this.data.now.row[Z]) return this.settle();
    this.pending = row[Z];
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), PATIENCE);
    this.send("z", index);
  }

  /** Back to what the server says: its answer came, or there was nothing to ask. */
  settle() {
    clearTimeout(this.timer);
    this.pending = null;
    delete document.body.dataset.bpSaturating;
    this.draw();
  }

  /** Where the reader stands: a place of the range while the slider moves, else the exact one. */
  get here() {
    if (!this.dragging && this.pending === null) return this.data.now;
    const index = Number(this.range.value);
    const { rows, codes, curve } = this.found;
    return { index, row: rows[index], code: codes[index], point: curve[index] };
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (!this.data || !width) return;
    const { texts, now, payload } = this.data;
    this.found = recall(payload) ?? null;
    this.title.textContent = texts.title;
    this.note.textContent = texts.note;
    this.picture.setAttribute("aria-label", texts.alt);
    this.range.setAttribute("aria-label", texts.name);
    this.range.disabled = !this.found;
    this.range.max = this.found ? this.found.rows.length - 1 : 1;
    if (!this.dragging && this.pending === null) this.range.value = this.found ? now.index : 0;
    this.lay(width, height);
    this.move();
    setTimeout(reachable, 100);
  }

  /** Axes, what is lost, both curves and their names: all that stays while z moves. */
  lay(width, height) {
    const { texts } = this.data;
    const frame = (this.frame = axes(this.picture, { width, height }, this.data, texts.name, texts.axis));
    const { left, right, top, bottom } = frame;
    const x = (value) => Math.max(left, Math.min(right, frame.x(value)));
    const bands = (kind, parts) => parts.map(([from, to]) => [kind, x(from), x(to)]).filter(([, from, to]) => to - from > 1);
    const lost = bands("lost", this.data.lost);
    const broken = bands("broken", this.data.broken);
    const back = [...lost, ...broken].map(([kind, from, to]) => {
      const high = kind === "lost" ? bottom - top : 8;
      return svg("rect", { class: `bp-sat-${kind}`, x: from, y: bottom - high, width: to - from, height: high });
    });
    const curve = (this.found?.curve ?? []).filter(([z]) => z >= this.data.x[0]);
    const line = (kind, at) => svg("path", { class: `bp-sat-${kind}`, d: curve.length ? route(curve.map((c) => [c[0], c[at]]), frame) : "" });
    this.picture.prepend(...back);
    this.marks = svg("g");
    this.picture.append(line("fused", 2), line("clipped", 1), this.marks, ...this.names(lost, broken));
    const style = `left:${left - HALF}px;width:${right - left + 2 * HALF}px;top:${bottom - 22}px`;
    this.range.setAttribute("style", style);
  }

  /** The curves are named where they part, the bands where they are. */
  names(lost, broken) {
    const { texts, y: ends } = this.data;
    const { left, right, y, bottom } = this.frame;
    const name = (kind, at, up, text, anchor = "middle") =>
      svg("text", { class: `bp-sat-name bp-sat-of-${kind}`, x: at, y: up, "text-anchor": anchor }, text);
    const found = lost.flatMap(([, from, to]) => {
      const goes = from <= left + 1 ? ends[0] : ends[1]; // the fused gradient's end on this side
      const far = goes === ends[0] ? y(ends[0] + 0.16) - 10 : y(ends[1] - 0.16) + 20;
      const near = goes === ends[0] ? y(0) + 20 : y(0) - 10;
      const at = (kind, up, text) => name(kind, (from + to) / 2, up, text);
      const lostHere = Math.abs(far - near) > LINES ? [at("lost", (near + far) / 2, texts.lostHere)] : [];
      return [at("clipped", near, texts.clipped), ...lostHere, at("fused", far, texts.fused)];
    });
    for (const [, from, to] of broken) {
      const end = to >= right - 1;
      found.push(name("broken", end ? to : from, bottom - 14, texts.brokenHere, end ? "end" : "start"));
    }
    return found;
  }

  /** What follows z: line, points, numbers, sentence. */
  move() {
    const { row, code, point } = this.here;
    const { texts } = this.data;
    const { top, bottom, left, right, x, y } = this.frame;
    const at = Math.max(left, Math.min(right, x(point[0])));
    const end = at > (left + right) / 2;
    const words = svg("text", { x: at + (end ? -7 : 7), y: top + 10, "text-anchor": end ? "end" : "start" }, `${texts.name} = ${row[Z]}`);
    const cursor = svg("g", { class: "bp-cursor" }, svg("path", { d: `M${at} ${top}V${bottom}` }), words);
    const points = [dot("sat-fused", at, y(point[2]), 8), dot("sat-clipped", at, y(point[1]), 4)];
    this.marks.replaceChildren(cursor, ...points);
    const [error, gradient] = WAYS.clipped.map((place) => row[place]);
    const nan = row[NAN];
    const values = [`${texts.name} = ${row[Z]}`, row[WAYS.fused[1]]];
    const said = [filled(texts.told[code], [...values, error, row[SLOPE]])];
    if (nan) said.push(filled(texts.nan, [nan]));
    this.told.replaceChildren(...bold(said.join(texts.between)));
    this.range.setAttribute("aria-valuetext", `${values[0]}: ${texts.clipped} ${gradient}, ${texts.fused} ${values[1]}`);
    this.fill(row, { clipped: code === LOST, bare: Boolean(nan) });
  }

  /** The table: p once for all ways, then each way's factors, gradient and loss; what went wrong is marked. */
  fill(row, wrong) {
    const { texts } = this.data;
    const head = html("tr", {}, html("td"), ...Object.keys(WAYS).map((way) => html("th", { scope: "col" }, texts[way])));
    const line = (kind, name, ...cells) => html("tr", { class: `bp-sat-row-${kind}` }, html("th", { scope: "row" }, name), ...cells);
    const once = (name, text) => line("once", name, html("td", { colspan: 3 }, text));
    const each = (kind, at) =>
      line(
        kind,
        texts[kind],
        ...Object.entries(WAYS).map(([way, found]) => {
          const place = kind === "slope" ? (found[0] === null ? null : SLOPE) : found[at];
          const bad = wrong[way] && (kind === "gradient" || (way === "bare" && row[place] === "NaN"));
          return html("td", { class: bad ? "bp-sat-wrong" : null }, place === null ? NONE : row[place]);
        }),
      );
    const body = [once(texts.p, row[P]), once(texts.complement, row[COMPLEMENT])];
    body.push(each("error", 0), each("slope"), each("gradient", 1), each("loss", 2));
    this.table.replaceChildren(html("thead", {}, head), html("tbody", {}, ...body));
  }

  remove() {
    clearTimeout(this.timer);
    this.leave();
    delete document.body.dataset.bpSaturating;
    waiting.delete(this);
    this.observer.disconnect();
    this.root.remove();
    places.delete(this.parent);
  }
}

/** **words** between stars become bold. */
const bold = (text) => text.split("**").map((part, i) => (i % 2 ? html("strong", {}, part) : part));
