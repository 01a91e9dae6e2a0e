// How the decision picture looks: shading, the points' shapes, the classes' patterns, where words find room, and the style sheet.
// A class has a colour, a shape and a pattern, so that none is told by its colour alone.
import { measure } from "./chart_labels.js";
import { svg } from "./common.js";
import { held, hits, tip } from "./rates_oracle.js";

const BAR = { room: 34, gap: 12, width: 10, above: 30, below: 8, words: 5, free: 14 }; // px: the colour bar at the right
const KINDS = ["negative", "positive", "second", "value"]; // the colours of the classes
const TINT = 0.26; // how much of its colour a class has on the map
const [FULL, BEND] = [0.62, 0.8]; // how much p = 0 and p = 1 have of theirs, so that points stand out, and how soon it comes
const STOPS = [255, 239, 207, 159, 128, 96, 48, 16, 0]; // bytes on the colour bar
const MANY = 60; // more points than these are drawn smaller
const HEIGHT = 20; // px of a label
const SIDES = [[1, -1], [-1, -1], [1, 1], [-1, 1], [1, 0], [-1, 0], [0, -1], [0, 1]]; // the best first
const GAPS = [9, 17];

const rounded = (x) => Math.round(10 * x) / 10;
export const pixel = ([across, up], { left, right, top, bottom }) => [left + across * (right - left), bottom - up * (bottom - top)];

/** Where a point is drawn: {at, out}; on a curve its height is its target. */
export const spotOf = ({ x, t }, kind, frame) => held([frame.x(x[0]), frame.y(kind === "curve" ? t : x[1])], frame);
export const radiusOf = (points) => (points.length > MANY ? 4 : 6);

/** Every point, held-out ones undermost and wrong ones on top; one that lies beyond the axes is an arrow at the rim. */
export function marks(points, kind, frame) {
  const radius = radiusOf(points);
  const rank = (point) => (point.used === true) * 4 + (point.right === false) * 2 - Boolean(point.held);
  return points.toSorted((a, b) => rank(a) - rank(b)).flatMap((point) => {
    const { at, out } = spotOf(point, kind, frame);
    return out ? [tip(look(point, kind), at, out)] : mark(point, kind, at, radius);
  });
}

/** Rings around points that are drawn elsewhere, all in one. */
export function rings(points, radius, kind, frame) {
  const d = points.map((point) => outline(1, spotOf(point, kind, frame).at, radius + 4)).join("");
  return ["bp-rim", ""].map((rim) => svg("path", { class: `bp-decision-ring ${rim}`, d }));
}

/** A point's shape, and the rings around it when the network is wrong about it and when this update uses it; paler when not. */
export function mark(point, kind, at, radius) {
  const size = point.held ? 0.75 * radius : radius;
  const { shade, used } = point;
  const d = outline(kind === "curve" || shade !== undefined ? 1 : point.t, at, size);
  const pale = used === false ? "bp-pale" : "";
  const style = shade === undefined ? null : `fill: ${inkOf(shade)}`;
  const shape = (hollow) => svg("path", { class: `bp-decision-point ${look(point, kind)} ${hollow} ${pale}`, d, style });
  const ring = (rim) => svg("path", { class: `bp-decision-ring ${rim} ${pale}`, d: outline(1, at, size + 4) });
  const rings = [...(used ? [usedRing(at, size + (point.right === false ? 3 : 0))] : []), ...(point.right === false ? [ring("bp-rim"), ring("")] : [])];
  return [...rings, ...(point.held ? [shape(""), shape("bp-held")] : [shape("")])];
}

const usedRing = (at, size) => svg("path", { class: "bp-decision-ring bp-used", d: outline(1, at, size + 4) });
const look = ({ t, shade }, kind) => (shade !== undefined ? "bp-shaded" : kind === "curve" ? "bp-target" : `bp-class-${t % KINDS.length}`);

/** The map's colour of a byte, for a point of it. */
const inkOf = (byte) => {
  const share = Math.round(100 * FULL * Math.abs(byte / 127.5 - 1) ** BEND);
  return `color-mix(in srgb, var(--bp-${KINDS[byte < 127.5 ? 0 : 1]}) ${share}%, var(--bp-page))`;
};

/** What a byte says: a byte knows two digits, and nothing beyond the ends of a scale that is no probability. */
export function valueOf(byte, [low, high] = [0, 1], half = true) {
  const digits = Math.max(0, Math.ceil(-Math.log10((high - low) / 100)));
  const sign = half || (byte > 0 && byte < 255) ? "≈" : byte ? "≥" : "≤";
  return `${sign} ${Number((low + ((high - low) * byte) / 255).toFixed(digits))}`.replace("-", "−");
}

/** Square, circle, triangle, diamond. */
export function outline(code, [x, y], r) {
  const s = 0.88 * r;
  return [
    `M${x - s} ${y - s}h${2 * s}v${2 * s}h${-2 * s}Z`,
    `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`,
    `M${x} ${y - 1.2 * r}l${1.2 * r} ${2.05 * r}h${-2.4 * r}Z`,
    `M${x} ${y - 1.25 * r}l${1.25 * r} ${1.25 * r}l${-1.25 * r} ${1.25 * r}l${-1.25 * r} ${-1.25 * r}Z`,
  ][code % KINDS.length];
}

/** A point of the legend, drawn as on the picture. */
export function sample(point, kind) {
  const own = point.t === undefined ? [usedRing([10, 10], 3)] : null;
  const parts = own ?? mark(point, kind, [10, 10], point.right === false ? 4 : 5);
  return svg("svg", { width: 20, height: 20, "aria-hidden": "true" }, ...parts);
}

/** The colour of every byte: a class's tint, or the way from orange over the page to blue. */
export function shadesOf(colours, k) {
  const [page, ...kinds] = ["page", ...KINDS].map((name) => [1, 3, 5].map((at) => parseInt(colours[name].slice(at, at + 2), 16)));
  const mixed = (colour, share) => page.map((from, i) => Math.round(from + share * (colour[i] - from)));
  const ofClass = (byte) => mixed(kinds[byte % KINDS.length], TINT);
  const ofValue = (byte) => mixed(kinds[byte < 127.5 ? 0 : 1], FULL * Math.abs(byte / 127.5 - 1) ** BEND);
  return Array.from({ length: 256 }, (_, byte) => (k ? ofClass(byte) : ofValue(byte)));
}

/** How much of the width the bar's words take. */
export const barRoom = (bar) => (bar ? Math.max(BAR.room, BAR.gap + BAR.width + Math.max(...bar.map(measure)) - BAR.free) : 0);

/** [least, middle, most] beside the map, under the output's name; a middle that divides has the ink of the decision line. */
export function colourBar({ bar: [low, middle, high], texts: { output }, half = true }, shades, { right, top, bottom }) {
  const [x, y0, y1] = [right + BAR.gap, top + BAR.above, bottom - BAR.below];
  const stops = STOPS.map((byte) => svg("stop", { offset: 1 - byte / 255, "stop-color": `rgb(${shades[byte]})` }));
  const centre = (y0 + y1) / 2;
  const text = (words, y) => svg("text", { x: x + BAR.width + BAR.words, y, dy: "0.35em" }, words);
  const shade = { x, y: y0, width: BAR.width, height: y1 - y0, fill: "url(#bp-decision-shade)", class: "bp-bar" };
  return svg(
    "g",
    { class: "bp-decision-bar" },
    svg("linearGradient", { id: "bp-decision-shade", x1: 0, x2: 0, y1: 0, y2: 1 }, ...stops),
    svg("rect", shade),
    half ? svg("path", { d: `M${x - 4} ${centre}h${BAR.width + 4}` }) : null,
    svg("text", { class: "bp-bar-name", x: x + BAR.width / 2, y: top + 14 }, output),
    ...[[high, y0], [middle, centre], [low, y1]].map(([words, y]) => text(words, y)),
  );
}

/** The pieces of the decision line as one path. */
export const strokes = (pieces, frame) =>
  pieces.map((piece) => `M${piece.map((place) => pixel(place, frame).map(rounded).join(" ")).join("L")}`).join("");

/** The patterns that belong to the classes; the second has none. */
export function patterns() {
  const tile = (code, size, turn, ...shapes) => {
    const named = { id: `bp-decision-pattern-${code}`, class: `bp-class-${code}`, patternUnits: "userSpaceOnUse" };
    return svg("pattern", { ...named, width: size, height: size, patternTransform: `rotate(${turn})` }, ...shapes);
  };
  const stroke = () => svg("path", { d: "M4 0V8" });
  const dot = svg("circle", { cx: 5, cy: 5, r: 1.3 });
  return svg("defs", {}, tile(0, 8, 45, stroke()), tile(2, 10, 0, dot), tile(3, 8, -45, stroke()));
}

/** The cells of one class under its pattern, as one rectangle for each stretch of a row. */
export function patch({ n, bytes }, code, frame) {
  const same = (i) => bytes[i] === code;
  const starts = [...bytes.keys()].filter((i) => same(i) && (i % n === 0 || !same(i - 1)));
  const rectangle = (i) => {
    let end = i + 1;
    while (end % n && same(end)) end += 1;
    const [column, row] = [i % n, Math.floor(i / n)];
    const corners = [[column / n, row / n], [(column + end - i) / n, (row + 1) / n]];
    const [[x0, y0], [x1, y1]] = corners.map((at) => pixel(at, frame).map(rounded));
    return `M${x0} ${y0}V${y1}H${x1}V${y0}Z`;
  };
  const fill = code % KINDS.length === 1 ? "none" : `url(#bp-decision-pattern-${code % KINDS.length})`;
  return svg("path", { fill, d: starts.map(rectangle).join("") });
}

/** Some words on a plate. */
export function label({ text, box: [left, top, right, bottom] }) {
  const words = svg("text", { x: (left + right) / 2, y: (top + bottom) / 2, dy: "0.35em" }, text);
  return svg("g", {}, svg("rect", { x: left, y: top, width: right - left, height: bottom - top, rx: 4 }), words);
}

const boxAt = ([x, y], width) => [x - width / 2, y - HEIGHT / 2, x + width / 2, y + HEIGHT / 2];
const inside = ([a, b, c, d], { left, right, top, bottom }) => a > left + 2 && b > top + 2 && c < right - 2 && d < bottom - 2;

/** {text, box} beside a point, clear of points and names, which it joins, and where possible of the line; null without room. */
export function beside(text, [px, py], taken, busy, frame) {
  const width = measure(text) + 8;
  const places = GAPS.flatMap((gap) => SIDES.map(([across, down]) => {
    const reach = gap / Math.hypot(across, down);
    return boxAt([px + across * (reach + width / 2), py + down * (reach + HEIGHT / 2)], width);
  }));
  const free = places.filter((box) => inside(box, frame) && !hits(box, taken));
  const box = free.find((place) => !hits(place, busy)) ?? free[0];
  if (box) taken.push(box);
  return box ? { text, box } : null;
}

/** A class's name in the middle of its region, or as near to it as there is room; null without room. */
export function within({ n, bytes }, code, text = String(code), taken, frame) {
  const tried = (i) => (i % n) % 3 === 1 && Math.floor(i / n) % 3 === 1; // every third cell is enough
  const own = [...bytes.keys()].filter((i) => bytes[i] === code && tried(i));
  const at = (i) => pixel([((i % n) + 0.5) / n, (Math.floor(i / n) + 0.5) / n], frame);
  const middle = [0, 1].map((axis) => own.reduce((sum, i) => sum + at(i)[axis], 0) / own.length);
  const width = measure(text) + 8;
  const far = ([x, y]) => Math.hypot(x - middle[0], y - middle[1]);
  const index = (value, low, high) => Math.max(0, Math.min(n - 1, Math.floor((n * (value - low)) / (high - low))));
  const codeAt = (x, y) => bytes[n * index(y, frame.bottom, frame.top) + index(x, frame.left, frame.right)];
  const owned = ([a, b, c, d]) => [a, (a + c) / 2, c].every((x) => [b, d].every((y) => codeAt(x, y) === code));
  const places = own.map(at).toSorted((a, b) => far(a) - far(b)).map((place) => boxAt(place, width));
  const box = places.find((place) => inside(place, frame) && !hits(place, taken) && owned(place));
  if (box) taken.push(box);
  return box ? { text, box } : null;
}

export const CSS = `
.bp-chart-head strong { margin-left: auto; font-weight: 400; color: var(--bp-second); white-space: nowrap; flex: none; }
.bp-decision-stage { position: relative; height: 330px; min-width: 0; }
.bp-decision-stage > svg { position: absolute; inset: 0; width: 100%; height: 100%; display: block; pointer-events: none; }
.bp-decision-box { position: absolute; cursor: crosshair; touch-action: manipulation; }
.bp-decision-box:focus-visible { outline: 2px solid var(--bp-next); outline-offset: 2px; }
.bp-decision-box canvas { display: block; width: 100%; height: 100%; }
.bp-decision .bp-class-0 { --own: var(--bp-negative); }
.bp-decision .bp-class-1 { --own: var(--bp-positive); }
.bp-decision .bp-class-2 { --own: var(--bp-second); }
.bp-decision .bp-class-3, .bp-decision .bp-target { --own: var(--bp-value); }
.bp-decision-point, .bp-decision .bp-head { fill: var(--own); stroke: var(--bp-page); stroke-width: 3; paint-order: stroke;
  stroke-linejoin: round; }
.bp-decision-point.bp-held { fill: var(--bp-page); stroke: var(--own); stroke-width: 1.8; paint-order: normal; }
.bp-decision-point.bp-shaded { --own: var(--bp-value); stroke: var(--bp-value); stroke-width: 1.6;
  paint-order: normal; }
.bp-decision .bp-pale { opacity: 0.35; }
.bp-decision.bp-film .bp-pale { opacity: 1; }
.bp-decision .bp-decision-ring.bp-used { stroke: var(--bp-now-edge); stroke-width: 2.5; }
.bp-decision-ring { fill: none; stroke: var(--bp-value); stroke-width: 1.8; }
.bp-decision-ring.bp-rim { fill: var(--bp-page); stroke: var(--bp-page); stroke-width: 4.5; }
.bp-decision pattern path { stroke: var(--own); stroke-width: 1.2; stroke-opacity: 0.4; }
.bp-decision pattern circle { fill: var(--own); fill-opacity: 0.55; }
.bp-decision-line { fill: none; stroke: var(--bp-value); stroke-width: 2.5; stroke-linecap: round; stroke-linejoin: round; }
.bp-decision-line.bp-rim { stroke: var(--bp-page); stroke-width: 5.5; }
.bp-decision-labels rect { fill: var(--bp-page); fill-opacity: 0.85; }
.bp-decision .bp-decision-labels text { font-size: 13px; fill: var(--bp-value); text-anchor: middle; }
.bp-decision-bar path { stroke: var(--bp-value); stroke-width: 2; }
.bp-bar { stroke: var(--bp-line); }
.bp-chart .bp-bar-name { font-size: 14px; text-anchor: middle; }
.bp-cross path { fill: none; stroke: var(--bp-value); stroke-width: 1.5; }
.bp-cross path.bp-rim { stroke: var(--bp-page); stroke-width: 4; }
.bp-decision-told { position: absolute; top: calc(var(--top) + 6px); margin: 0 6px; padding: 4px 8px; border-radius: 4px;
  background: var(--bp-page); border: 1px solid var(--bp-line); font-size: 12px; color: var(--bp-second); pointer-events: none;
  visibility: hidden; }
.bp-decision-told.bp-to-bottom { top: auto; bottom: calc(var(--bottom) + 6px); }
.bp-decision-box:focus-visible ~ .bp-decision-told, .bp-decision-told.bp-on { visibility: visible; }
.bp-decision-told output { display: block; font-size: 14px; color: var(--bp-value); }
.bp-decision-told output:empty { display: none; }
.bp-decision-box:not(:focus-visible) ~ .bp-decision-told .bp-keys, .bp-decision-box:focus-visible ~ .bp-decision-told .bp-add {
  display: none; }
.bp-film .bp-decision-labels, .bp-film .bp-decision-told, .bp-film > * > svg > .bp-decision-ring { visibility: hidden; }
.bp-decision-told:has(> output:empty:only-child) { visibility: hidden !important; }
.bp-decision-help { display: grid; margin: 0; color: var(--bp-second); font-size: 12px; line-height: 18px; }
.bp-decision-help > span { grid-area: 1 / 1; }
.bp-decision-help .bp-keys, .bp-decision-stage:has(.bp-decision-box:focus-visible) ~ .bp-decision-help .bp-add {
  visibility: hidden; }
.bp-decision-stage:has(.bp-decision-box:focus-visible) ~ .bp-decision-help .bp-keys { visibility: visible; }
.bp-hand .bp-decision-ring { stroke: var(--bp-next); stroke-width: 2.5; }
.bp-decision-choice { display: flex; align-items: center; gap: 6px; flex: none; margin-left: auto; }
.bp-chart .bp-decision-choice > span { flex: none; font-size: 13px; }
.bp-decision-choice + strong { margin-left: 0; }
.bp-decision-choice[hidden] + strong { margin-left: auto; }
.bp-decision-choice .bp-switch button { display: flex; align-items: center; gap: 2px; height: 32px; padding: 0 8px 0 4px;
  font-size: 13px; }
.bp-decision .bp-chart-head:has(.bp-decision-choice:not([hidden])) { height: 36px; }
.bp-decision .bp-chart-head:has(.bp-decision-choice:not([hidden])) > span { display: none; }
.bp-decision-legend { display: flex; flex-wrap: wrap; gap: 0 16px; min-height: 24px; margin: 0; font-size: 13px;
  color: var(--bp-second); }
.bp-decision-legend span { display: inline-flex; align-items: center; gap: 4px; }
@media (max-width: 760px) {
  .bp-decision .bp-chart-head { height: 44px; flex-wrap: wrap; align-content: start; row-gap: 0; }
  .bp-decision .bp-chart-head > span { order: 1; flex-basis: 100%; }
  .bp-decision .bp-chart-head:has(.bp-decision-choice:not([hidden])) { height: auto; min-height: 44px; }
}
`;
