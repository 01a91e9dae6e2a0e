// Labels on the surface: each looks for a free place around the point it names, keeps clear of points, lines and the labels
// placed before it, and stays where it was as long as that place is free.
import { svg } from "./common.js";

const HEIGHT = 22;
const SIDES = [[1, 0], [-1, 0], [1, -1], [-1, -1], [0, -1], [1, 1], [-1, 1], [0, 1]]; // the best first
const GAPS = [13, 26, 44, 66];
const PLACES = GAPS.flatMap((gap) => SIDES.map((side) => ({ side, gap })));
const ON_IT = { side: [0, 0], gap: 0 }; // a region's label stands on the region

/** The box [left, top, right, bottom] of a point with this much around it. */
export const around = ([x, y], by) => [x - by, y - by, x + by, y + by];

/** Small boxes along a line. */
export function boxes(points, by) {
  return points.flatMap(([x, y], i) => {
    if (!i) return [around([x, y], by)];
    const [px, py] = points[i - 1];
    const parts = Math.min(12, Math.ceil(Math.hypot(x - px, y - py) / (2 * by)));
    const at = (share) => [px + share * (x - px), py + share * (y - py)];
    return Array.from({ length: parts }, (_, n) => around(at((n + 1) / parts), by));
  });
}

/** names: [{key, kind, text, to: [x, y]}], the important first. A landmark that finds no free place is left out. taken: boxes to
 *  keep clear of; those of the new labels join them. */
export function drawLabels(names, taken, room, kept) {
  const group = svg("g");
  const leaders = svg("g");
  for (const name of names) {
    const places = name.kind === "plateau" ? [ON_IT, ...PLACES] : PLACES;
    const tried = places.map((place, n) => weigh(name, place, taken, room, kept.get(name.key) === n));
    const best = tried.reduce((a, b) => (b.cost < a.cost ? b : a));
    const landmark = name.kind === "plateau" || name.kind === "valley";
    if (landmark && best.cost > 400) continue;
    kept.set(name.key, tried.indexOf(best));
    taken.push(best.box);
    group.append(label(name, best.box));
    if (best.gap > 20 || landmark) leaders.append(leader(name, best));
  }
  return svg("g", {}, leaders, group);
}

/** How bad a place is: what it would cover or cut off, then how far it is from its point. */
function weigh({ text, to }, { side, gap }, taken, room, before) {
  const width = measure(text) + 14;
  const norm = Math.hypot(...side) || 1;
  const x = to[0] + (side[0] / norm) * gap + (side[0] * width) / 2;
  const y = to[1] + (side[1] / norm) * gap + (side[1] * HEIGHT) / 2;
  const box = [x - width / 2, y - HEIGHT / 2, x + width / 2, y + HEIGHT / 2];
  const covered = taken.reduce((sum, other) => sum + overlap(box, other), 0);
  const cutOff = width * HEIGHT - overlap(box, room);
  return { box, gap, cost: 4 * covered + 8 * cutOff + gap - (before ? 12 : 0) };
}

function overlap(a, b) {
  const across = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const down = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  return across > 0 && down > 0 ? across * down : 0;
}

function label({ text, kind }, [left, top, right, bottom]) {
  const place = { x: left, y: top, width: right - left, height: bottom - top, rx: 4 };
  const words = svg("text", { x: (left + right) / 2, y: (top + bottom) / 2, dy: "0.35em" }, text);
  return svg("g", { class: `bp-label bp-${kind}` }, svg("rect", place), words);
}

/** From the point to the nearest place of the label's edge. */
function leader({ to: [x, y] }, { box: [left, top, right, bottom] }) {
  const [nx, ny] = [Math.max(left, Math.min(right, x)), Math.max(top, Math.min(bottom, y))];
  return svg("path", { class: "bp-leader", d: `M${x} ${y}L${nx} ${ny}` });
}

const widths = new Map();
let ruler = null;

/** The width of a label's text in pixels. */
export function measure(text) {
  if (!widths.has(text)) {
    ruler ??= document.createElement("canvas").getContext("2d");
    ruler.font = `13px ${getComputedStyle(document.body).fontFamily}`;
    if (widths.size > 500) widths.clear();
    widths.set(text, ruler.measureText(text).width);
  }
  return widths.get(text);
}
