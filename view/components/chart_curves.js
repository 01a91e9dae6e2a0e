// Two small pictures of our own making: the loss after every update so far, which is also the way back to any of them, and the
// nudge: L as a function of one number alone, with the gradient as its tangent.
import { html, svg } from "./common.js";

const MARGIN = { left: 52, right: 18, top: 8, bottom: 38 };
const [TITLE, DIGIT] = [26, 7]; // px: what the name of the upward axis and a digit of its ticks take

/** Empty axes in `root`: places of the ticks and names come with the data. Returns the box and value -> pixel for both. */
export function axes(root, { width, height }, data, across, up) {
  const longest = Math.max(0, ...data.yticks.map(([, text]) => text.length));
  const room = Math.max(MARGIN.left, data.room ?? 0, TITLE + DIGIT * longest); // for ticks such as 2×10¹⁸ beside the axis's name
  const [left, right, top, bottom] = [room, width - MARGIN.right, MARGIN.top, height - MARGIN.bottom];
  const scale = ([low, high], from, to) => (value) => from + ((value - low) / (high - low || 1)) * (to - from);
  const [x, y] = [scale(data.x, left, right), scale(data.y, bottom, top)];
  const lines = svg("g", { class: "bp-grid" });
  const words = svg("g", { class: "bp-ticks" });
  for (const [at, text] of data.xticks) {
    lines.append(svg("path", { d: `M${x(at)} ${top}V${bottom + 4}` }));
    words.append(svg("text", { x: x(at), y: bottom + 17, "text-anchor": "middle" }, text));
  }
  for (const [at, text] of data.yticks) {
    lines.append(svg("path", { d: `M${left - 4} ${y(at)}H${right}` }));
    words.append(svg("text", { x: left - 8, y: y(at), dy: "0.35em", "text-anchor": "end" }, text));
  }
  lines.append(svg("path", { class: "bp-axis", d: `M${left} ${top}V${bottom}H${right}` }));
  const turned = `translate(11 ${(top + bottom) / 2}) rotate(-90)`;
  words.append(svg("text", { x: (left + right) / 2, y: bottom + 31, "text-anchor": "middle" }, across));
  words.append(svg("text", { transform: turned, "text-anchor": "middle" }, up));
  root.replaceChildren(lines, words);
  return { x, y, left, right, top, bottom };
}

/** A nested picture that cuts off what lies outside the axes. */
export function cutout({ left, right, top, bottom }) {
  const [w, h] = [right - left, bottom - top];
  return svg("svg", { x: left, y: top, width: w, height: h, viewBox: `${left} ${top} ${w} ${h}` });
}

const FAR = 1e5; // pixels; a line that goes farther looks the same
const near = (pixel) => Math.max(-FAR, Math.min(FAR, pixel)).toFixed(1);
const pixels = ([a, b], { x, y }) => `${near(x(a))} ${near(y(b))}`;
export const finite = (point) => point.every(Number.isFinite);
export const route = (points, frame) => `M${points.filter(finite).map((point) => pixels(point, frame)).join("L")}`;
export const dot = (kind, cx, cy, r) => svg("circle", { class: `bp-point bp-${kind}`, cx, cy, r });

export class LossCurve {
  /** jump(k): the reader wants to go to that update. */
  constructor(jump) {
    this.picture = svg("svg", { class: "bp-curve", role: "img" });
    this.way = html("input", { type: "range", min: 0, step: 1, class: "bp-way" });
    this.element = html("div", { class: "bp-curve-box" }, this.picture, this.way);
    const go = () => (Number(this.way.value) < this.last ? jump(Number(this.way.value)) : this.rest());
    this.way.addEventListener("input", () => this.point());
    this.way.addEventListener("pointerup", () => setTimeout(go)); // the value is set by then
    this.way.addEventListener("keydown", (event) => event.key === "Enter" && go());
    this.way.addEventListener("blur", () => this.rest());
  }

  /** preview: the height the next update would reach, or null. */
  draw(data, preview, size, texts) {
    this.last = data.points.at(-1)[0];
    this.data = data;
    this.picture.setAttribute("aria-label", texts.altCurve);
    this.frame = axes(this.picture, size, data, texts.updateAxis, data.axis);
    const { x, y } = this.frame;
    const inner = cutout(this.frame);
    if (data.ghost) inner.append(svg("path", { class: "bp-run bp-ghost", d: route(data.ghost, this.frame) }));
    inner.append(svg("path", { class: "bp-run", d: route(data.points, this.frame) }));
    this.preview = svg("g", { class: "bp-preview" });
    this.cursor = svg("g", { class: "bp-cursor" });
    this.picture.append(inner, this.preview);
    if (data.points.length <= 40) this.picture.append(...data.points.slice(0, -1).map(([k, h]) => dot("past", x(k), y(h), 3)));
    const now = data.points.at(-1);
    this.picture.append(dot("now", x(now[0]), y(now[1]), 5.5), this.cursor);
    if (data.ghost) this.picture.append(this.ghostName(data.ghost.at(-1), texts.ghost));
    this.move(preview);
    this.rest();
    const half = 12; // of the invisible thumb
    const style = `left:${x(0) - half}px;width:${x(this.last) - x(0) + 2 * half}px;`;
    this.way.hidden = this.last === 0;
    this.way.setAttribute("style", `${style}top:${this.frame.top}px;height:${this.frame.bottom - this.frame.top}px`);
    this.way.setAttribute("aria-label", texts.jump);
  }

  ghostName([k, h], text) {
    const { x, y, right } = this.frame;
    const end = x(k) > right - 90;
    const beside = { x: x(k) + 6, y: y(h), dy: "0.35em" };
    const place = end ? { x: x(k) - 4, y: y(h) - 7, "text-anchor": "end" } : beside;
    return svg("text", { class: "bp-name", ...place }, text);
  }

  /** The hollow point after the last update; held at the edge, as an arrow, when its loss leaves the picture. */
  move(preview) {
    this.preview.replaceChildren();
    if (!Number.isFinite(preview)) return;
    const { x, y, top, bottom } = this.frame;
    const [k, h] = this.data.points.at(-1);
    const [cx, wanted] = [x(k + 1), y(preview)];
    const cy = Math.max(top + 4, Math.min(bottom - 4, wanted));
    this.preview.append(svg("path", { class: "bp-line bp-reach", d: `M${x(k)} ${y(h)}L${cx} ${cy}` }));
    const away = wanted < top ? -1 : wanted > bottom ? 1 : 0;
    const tip = `M${cx} ${cy + 4 * away}l-6 ${-9 * away}h12Z`;
    this.preview.append(away ? svg("path", { class: "bp-head bp-hollow", d: tip }) : dot("hollow", cx, cy, 5));
  }

  /** A line at the update that Enter or letting go would lead to. */
  point() {
    const k = Number(this.way.value);
    const { x, top, bottom } = this.frame;
    this.way.setAttribute("aria-valuetext", `k = ${k}`);
    const side = x(k) > this.frame.right - 60 ? [-6, "end"] : [6, "start"];
    const name = svg("text", { x: x(k) + side[0], y: top + 11, "text-anchor": side[1] }, `k = ${k}`);
    this.cursor.replaceChildren(svg("path", { d: `M${x(k)} ${top}V${bottom}` }), name);
  }

  rest() {
    this.way.max = this.last;
    this.way.value = this.last;
    this.way.setAttribute("aria-valuetext", `k = ${this.last}`);
    this.cursor.replaceChildren();
  }
}

export function drawNudge(root, data, size) {
  root.setAttribute("aria-label", data.alt);
  const frame = axes(root, size, data, data.name, "L");
  const inner = cutout(frame);
  inner.append(svg("path", { class: "bp-run", d: route(data.points, frame) }));
  if (data.tangent) inner.append(svg("path", { class: "bp-tangent", d: route(data.tangent, frame) }));
  const [x, y] = [frame.x(data.at[0]), frame.y(data.at[1])];
  root.append(inner, dot("now", x, y, 5.5));
  if (data.tangent && data.slope) root.append(tangentName(data, frame));
}

/** The tangent's name: near the end of it that is farther from the curve, on the side away from it. */
function tangentName({ tangent: [[x0, y0], [x1, y1]], points, slope }, { x, y, top, bottom, left, right }) {
  const height = (a) => y(y0 + ((y1 - y0) / (x1 - x0)) * (a - x0));
  const within = ([a]) => x(a) > left + 50 && x(a) < right - 50 && height(a) > top + 16 && height(a) < bottom - 20;
  const gap = ([a, b]) => height(a) - y(b);
  const seen = points.filter(within);
  if (!seen.length) return svg("text", { class: "bp-name bp-gradient", x: left + 8, y: top + 14 }, slope);
  const best = seen.reduce((a, b) => (Math.abs(gap(b)) > Math.abs(gap(a)) ? b : a));
  const beside = height(best[0]) + (gap(best) >= 0 ? 18 : -9);
  return svg("text", { class: "bp-name bp-gradient", x: x(best[0]), y: beside, "text-anchor": "middle" }, slope);
}
