// One activation or loss: its value and its slope as curves, one below the other, and a point that is dragged along both; below them,
// what the slope there leaves of a gradient after each of many layers. All numbers are there before; the browser only looks them up.
import { axes, cutout, dot, route } from "./chart_curves.js";
import { CSS as CHART } from "./chart_style.js";
import { html, instance, onBack, paint, reachable, styles, svg } from "./common.js";
import { CSS } from "./gallery_style.js";
import { filled, recall, rows, waiting } from "./payloads.js";
export { tiles } from "./gallery_tiles.js";

const PATIENCE = 10000; // ms until an answer that never came is no longer waited for
const HALF = 12; // px of the invisible slider's thumb on either side
const [TITLE, DIGIT] = [26, 7]; // px of an upward axis's name and of a digit of its ticks, as in chart_curves.js
const MARK = 4; // px: half of a corner's mark

const places = new WeakMap();

export function show(component) {
  const picture = instance(places, component.parentElement, () => new Gallery(component.parentElement));
  picture.update(component);
  return () => picture.remove();
}

class Gallery {
  constructor(parent) {
    styles("bp-chart-style", CHART);
    styles("bp-gallery-style", CSS);
    Object.assign(this, { parent, dragging: false, pending: null });
    this.build();
    parent.append(this.root);
    this.leave = onBack(() => this.pending !== null && this.settle());
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.stage);
    waiting.add(this);
  }

  build() {
    this.title = html("h2");
    this.note = html("span");
    this.told = html("p", { class: "bp-gallery-told" });
    this.value = svg("svg", { class: "bp-gallery-value", role: "img" });
    this.slope = svg("svg", { class: "bp-gallery-slope", "aria-hidden": "true" });
    this.range = html("input", { type: "range", min: 0, step: 1, class: "bp-way bp-gallery-range" });
    this.stage = html("div", { class: "bp-curve-box bp-gallery-stage" }, this.value, this.slope, this.range);
    this.depthTitle = html("h2");
    this.depthNote = html("span");
    this.depth = svg("svg", { class: "bp-gallery-depth", role: "img" });
    const head = html("div", { class: "bp-chart-head bp-low" }, this.title, this.note);
    this.depthHead = html("div", { class: "bp-chart-head bp-low" }, this.depthTitle, this.depthNote);
    this.root = html("div", { class: "bp-chart bp-gallery" }, head, this.told, this.stage, this.depthHead, this.depth);
    this.range.addEventListener("input", () => this.drag());
    this.range.addEventListener("change", () => this.release());
  }

  /** New data. An answer to an earlier question must not pull the point back from where the reader has moved it since. */
  update({ data, parentElement, setTriggerValue }) {
    paint(this.root, parentElement);
    const other = this.data && this.data.payload !== data.payload;
    Object.assign(this, { data, send: setTriggerValue });
    if (other || (!this.dragging && (this.pending === null || this.pending === data.now.row[0]))) this.settle();
    else this.draw();
  }

  drag() {
    this.dragging = true;
    document.body.dataset.bpMoving = ""; // what is printed for another place is dimmed meanwhile
    this.move();
  }

  release() {
    this.dragging = false;
    const index = Number(this.range.value);
    const row = this.found?.rows[index];
    if (!row || row[0] === this.data.now.row[0]) return this.settle();
    this.pending = row[0];
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), PATIENCE);
    this.send("z", index);
  }

  /** Back to what the server says: its answer came, or there was nothing to ask. */
  settle() {
    clearTimeout(this.timer);
    this.pending = null;
    this.dragging = false;
    delete document.body.dataset.bpMoving;
    this.draw();
  }

  /** Where the point is: at a place of the range while it is moved, else at the exact one. */
  get here() {
    if ((!this.dragging && this.pending === null) || !this.found) return this.data.now;
    const index = Number(this.range.value);
    const { rows: texts, curve, chain } = this.found;
    return { index, row: texts[index], point: curve[index], chain: chain[index] };
  }

  draw() {
    const { data } = this;
    const width = this.stage.clientWidth;
    if (!data || !width) return;
    this.found = recall(data.payload) ?? null;
    this.title.textContent = data.texts.title;
    this.note.textContent = data.texts.note;
    this.value.setAttribute("aria-label", data.texts.alt);
    this.range.setAttribute("aria-label", data.texts.range);
    this.range.disabled = !this.found;
    this.range.max = this.found ? this.found.rows.length - 1 : 1;
    if (!this.dragging && this.pending === null) this.range.value = this.found ? data.now.index : 0;
    this.lay(width);
    this.layers(width);
    this.move();
    setTimeout(reachable, 100);
  }

  /** Axes and curves of value and slope: all that stays while the point moves. */
  lay(width) {
    const { data } = this;
    const { texts } = data;
    const longest = Math.max(...[...data.yticks, ...data.sticks].map(([, text]) => text.length), 0);
    const shared = { x: data.x, xticks: data.xticks, room: TITLE + DIGIT * longest };
    const size = (picture) => ({ width, height: picture.clientHeight });
    this.above = axes(this.value, size(this.value), { ...shared, y: data.y, yticks: data.yticks }, "", texts.value);
    this.below = axes(this.slope, size(this.slope), { ...shared, y: data.s, yticks: data.sticks }, texts.name, texts.slope);
    const curve = (this.found?.curve ?? []).map(([z, y]) => [z, y]);
    this.line = svg("path", { class: "bp-tangent" });
    this.marks = [svg("g"), svg("g")];
    const inner = [cutout(this.above), cutout(this.below)];
    inner[0].append(svg("path", { class: "bp-run", d: curve.length ? route(curve, this.above) : "" }), this.line);
    inner[1].append(svg("path", { class: "bp-gallery-line", d: broken(rows(data.slope), this.below) }));
    for (const [root, frame, part, mark] of [
      [this.value, this.above, inner[0], this.marks[0]],
      [this.slope, this.below, inner[1], this.marks[1]],
    ]) {
      root.prepend(...data.flats.map((ends) => flat(ends, frame)));
      root.append(zero(frame), part, mark);
    }
    this.value.append(...this.names());
    this.slope.append(...data.kinks.flatMap((kink) => jump(kink, this.below)));
    const { left, right } = this.above;
    this.range.setAttribute("style", `left:${left - HALF}px;width:${right - left + 2 * HALF}px`);
  }

  /** What does not move and has a name: corners, flat parts, the target. */
  names() {
    const { kinks, flats, target, texts } = this.data;
    const { x, y, top, bottom } = this.above;
    const word = (at, up, text, anchor = "middle") => svg("text", { class: "bp-name", x: at, y: up, "text-anchor": anchor }, text);
    const found = kinks.flatMap(([at, value]) => {
      const [px, py] = [x(at), y(value)];
      const d = `M${px - MARK} ${py}l${MARK} ${-MARK}l${MARK} ${MARK}l${-MARK} ${MARK}Z`;
      return [svg("path", { class: "bp-gallery-kink", d }), word(px, py < top + 30 ? py + 20 : py - 10, texts.kink)];
    });
    for (const [from, to] of flats) if (x(to) - x(from) > 30) found.push(word((x(from) + x(to)) / 2, top + 12, texts.flat));
    if (target !== null) {
      const at = x(target);
      const end = at > this.above.right - 60;
      const line = svg("path", { class: "bp-gallery-target", d: `M${at} ${top}V${bottom}` });
      found.push(line, word(at + (end ? -5 : 5), bottom - 6, texts.target, end ? "end" : "start"));
    }
    return found;
  }

  /** The picture of layers: its axes and the line of the largest slope. */
  layers(width) {
    const { best, powers, texts } = this.data;
    this.depthHead.hidden = best === null;
    this.depth.toggleAttribute("hidden", best === null);
    this.depth.style.display = best === null ? "none" : "";
    if (best === null) return;
    this.depthTitle.textContent = texts.depthTitle;
    this.depthNote.textContent = texts.depthNote;
    this.depth.setAttribute("aria-label", texts.altDepth);
    this.deep = axes(this.depth, { width, height: this.depth.clientHeight }, powers, texts.depthAxis, texts.depthUp);
    this.run = svg("g");
    this.depth.append(points(best, this.deep, "best"), this.run);
  }

  /** What follows the point. */
  move() {
    const { row, point, chain } = this.here;
    const { texts, x: ends } = this.data;
    const [z, value, slope] = point;
    const words = filled(texts.told, row);
    this.told.replaceChildren(...bold(words));
    this.range.setAttribute("aria-valuetext", words.replaceAll("**", ""));
    this.line.setAttribute("d", route(ends.map((end) => [end, value + slope * (end - z)]), this.above));
    const { x, y, top, bottom } = this.above;
    const at = x(z);
    const height = Math.max(top, Math.min(bottom, y(value)));
    const depth = Math.max(this.below.top, Math.min(this.below.bottom, this.below.y(slope)));
    const cursor = (frame) => svg("path", { class: "bp-gallery-cursor", d: `M${at} ${frame.top}V${frame.bottom}` });
    this.marks[0].replaceChildren(cursor(this.above), dot("hollow", at, height, 7));
    this.marks[1].replaceChildren(cursor(this.below), dot("gallery-slope-point", at, depth, 6));
    if (this.data.best === null) return;
    this.run.replaceChildren(points(chain, this.deep, "here"));
    this.label(chain);
  }

  /** Both runs of points by name, at their last place inside the picture. */
  label(chain) {
    const { best, texts, powers } = this.data;
    const { x, y } = this.deep;
    const [low] = powers.y;
    const end = (run) => run.reduce((last, power, n) => (power !== null && power > low ? n : last), -1);
    const { top, bottom } = this.deep;
    const name = (run, kind, text, up) => {
      const n = end(run);
      const [across, height] = n < 0 ? [x(1) + 10, bottom - 6] : [x(n + 1) - (n < 3 ? -14 : 32), y(run[n]) + (run[n] > -2 ? 22 : up)];
      const place = { x: across, y: Math.max(top + 12, Math.min(bottom - 6, height)), "text-anchor": n < 3 ? "start" : "end" };
      return svg("text", { class: `bp-name bp-gallery-${kind}-name`, ...place }, text);
    };
    const apart = end(best) < 0 || end(chain) < 0 || Math.abs((chain[5] ?? low) - (best[5] ?? low)) > 0.2;
    const names = [name(chain, "here", texts.here, 26), ...(apart ? [name(best, "best", texts.best, -20)] : [])];
    this.run.append(...names);
  }

  remove() {
    clearTimeout(this.timer);
    this.leave();
    delete document.body.dataset.bpMoving;
    waiting.delete(this);
    this.observer.disconnect();
    this.root.remove();
    places.delete(this.parent);
  }
}

/** A curve that is broken where a number is missing. */
function broken(points, frame) {
  const parts = [[]];
  for (const point of points) {
    if (point.every(Number.isFinite)) parts.at(-1).push(point);
    else parts.push([]);
  }
  return parts.filter((part) => part.length).map((part) => route(part, frame)).join("");
}

/** Where the slope jumps: open on both sides, filled at the one that counts. */
function jump([at, , left, ours, right], { x, y }) {
  const ends = [left, right].map((s) => dot("gallery-open", x(at), y(s), MARK));
  return [...ends, dot("gallery-ours", x(at), y(ours), MARK)];
}

const flat = ([from, to], { x, top, bottom }) =>
  svg("rect", { class: "bp-gallery-flat", x: x(from), y: top, width: x(to) - x(from), height: bottom - top });
const zero = ({ y, left, right }) => svg("path", { class: "bp-gallery-zero", d: `M${left} ${y(0)}H${right}` });

/** One point for each layer; what is too small for the picture leaves it at the bottom, shown by an arrow. */
function points(chain, { x, y, bottom, top }, kind) {
  const group = svg("g", { class: `bp-gallery-run bp-gallery-${kind}` });
  for (const [n, power] of chain.entries()) {
    const at = power === null ? Infinity : y(power);
    if (at > bottom) {
      group.append(svg("path", { d: `M${x(n + 1) - 5} ${bottom - 9}h10l-5 8Z` }));
      break;
    }
    group.append(svg("circle", { cx: x(n + 1), cy: Math.max(top, at), r: kind === "here" ? 5 : 4 }));
  }
  return group;
}

/** **words** between stars become bold. */
const bold = (text) => text.split("**").map((part, i) => (i % 2 ? html("strong", {}, part) : part));
