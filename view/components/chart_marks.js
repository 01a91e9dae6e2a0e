// Everything that moves on the surface, as one SVG: the path, the run before it, the arrow of −∇L, the place where the next
// update would land. What lies outside the picture is an arrow at its rim, with its number. chart_labels.js places labels.
import { calm, svg } from "./common.js";
import { around, boxes, drawLabels } from "./chart_labels.js";

const RADIUS = { start: 5.5, now: 7.5, hollow: 7 };
const FAR = 1e5; // pixels; beyond, a line's end makes no difference to what is seen
const MOVE = 350; // ms: the point's way through one update

/**
 * at, box, room: what Surface.projection() returns. marks, with places as [w1, w2, height]: path and ghost (lists; the path's
 * last is where the run is now), arrow (list or null), hollow (place or null), labels [{at, text, kind}], texts {start, now,
 * hollow}, avoid (a list that is drawn elsewhere, but labels keep clear of it).
 * kept: remembers where each label went, so that it stays there. Returns the boxes that are taken now.
 */
export function drawMarks(root, { at, box, room }, marks, kept) {
  const seen = (places) => pixels(places, at);
  const [path, ghost, arrow] = [seen(marks.path), seen(marks.ghost), cut(seen(marks.arrow), box)];
  const [start, now] = [path[0], path.at(-1)];
  const [hollow] = seen(marks.hollow ? [marks.hollow] : []);
  const moved = path.length > 1;
  const visible = (point) => point && !outside(point, box);

  const lines = clip(box);
  lines.append(...line(ghost, "ghost"), ...line(path, "path"), ...dots(path.slice(1, -1)));
  if (hollow) lines.append(...line([now, visible(hollow) ? hollow : rim(now, hollow, box)], "reach"));
  const long = length(arrow) > 4;
  if (long) lines.append(...line(shortened(arrow), "arrow"), head(arrow, "gradient"));

  const points = svg("g");
  const names = [];
  const mark = (point, kind, text, shown) => {
    if (!point) return;
    const [cx, cy] = point;
    if (visible(point)) points.append(svg("circle", { class: `bp-point bp-${kind}`, cx, cy, r: RADIUS[kind] }));
    if (!shown) return;
    const stop = visible(point) ? point : rim(now, point, box);
    if (!visible(point)) points.append(head([toward(stop, middle(box)), stop], kind));
    if (text && (kind !== "hollow" || !visible(point))) names.push({ key: kind, kind, text, to: stop });
  };
  mark(start, "start", marks.texts.start, moved);
  mark(now, "now", marks.texts.now, true);
  mark(hollow, "hollow", marks.texts.hollow, true);
  if (long) names.push({ key: "gradient", kind: "gradient", text: "−∇L", to: arrow[Math.floor(arrow.length * 0.6)] });
  for (const [i, label] of (marks.labels ?? []).entries()) {
    const [to] = seen([label.at]);
    if (visible(to)) names.push({ key: `${label.kind} ${i}`, kind: label.kind, text: label.text, to });
  }
  const busy = [...path.slice(-60).flatMap((p, i, all) => boxes(i ? [all[i - 1], p] : [p], 5)), ...boxes(arrow, 5)];
  busy.push(...boxes(seen(marks.avoid), 4));
  busy.push(...[start, now, hollow].filter(Boolean).map((point) => around(point, 11)));
  root.replaceChildren(lines, drawLabels(names, busy, room, kept), points);
  return busy;
}

/** One update forward: the point walks there. Any other change of time (before and path: rows with k in the fourth place) is
 *  simply there: null. */
export function walkOf(before, path) {
  const [from, to] = [before?.at(-1), path.at(-1)];
  const now = performance.now();
  return from && to[3] === from[3] + 1 && !calm() ? { from, since: now, until: now + MOVE } : null;
}

/** The places of the path's rows, its end on the way while the point walks. */
export function walked(walk, path) {
  const places = path.map((row) => row.slice(0, 3));
  if (!walk) return places;
  const share = Math.min(1, (performance.now() - walk.since) / MOVE);
  const eased = share < 0.5 ? 2 * share * share : 1 - 2 * (1 - share) * (1 - share);
  const to = places.pop();
  return [...places, to.map((x, i) => walk.from[i] + eased * (x - walk.from[i]))];
}

/** The pixels of these places; a place with a number missing has none. */
export const pixels = (places, at) =>
  (places ?? []).filter(finite).map((place) => at(place).map((x) => Math.max(-FAR, Math.min(FAR, x))));

const finite = (place) => place.every(Number.isFinite);

/** A nested picture that cuts off what lies outside the box. */
export function clip([x, y, right, bottom]) {
  const [width, height] = [right - x, bottom - y];
  return svg("svg", { x, y, width, height, viewBox: `${x} ${y} ${width} ${height}` });
}

const middle = ([left, top, right, bottom]) => [(left + right) / 2, (top + bottom) / 2];
export const outside = ([x, y], [left, top, right, bottom]) => x < left || x > right || y < top || y > bottom;
const distance = (a, b) => Math.hypot(b[0] - a[0], b[1] - a[1]);
export const length = (points) => points.slice(1).reduce((sum, point, i) => sum + distance(points[i], point), 0);
const between = (a, b, share) => [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
export const toward = (a, b, pixels = 8) => between(a, b, pixels / (distance(a, b) || 1));

/** Where the way from `from` to a point outside leaves the box; from its middle when `from` is outside too. */
export function rim(from, to, box) {
  const a = from && !outside(from, box) ? from : middle(box);
  const shares = [0, 1].flatMap((i) => [(box[i] - a[i]) / (to[i] - a[i]), (box[i + 2] - a[i]) / (to[i] - a[i])]);
  return between(a, to, Math.min(1, ...shares.filter((share) => share >= 0)));
}

/** The points up to where they leave the box. */
export function cut(points, box) {
  const end = points.findIndex((point) => outside(point, box));
  if (end < 0) return points;
  return end ? [...points.slice(0, end), rim(points[end - 1], points[end], box)] : [];
}

const route = (points) => `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;

/** A line with a rim in the page's colour beneath it. */
export function line(points, kind) {
  if (points.length < 2) return [];
  const d = route(points);
  return [svg("path", { class: `bp-line bp-rim bp-${kind}`, d }), svg("path", { class: `bp-line bp-${kind}`, d })];
}

/** Many small points as one element: lines of no length with round ends. */
export function dots(points, kind = "dots") {
  const d = points.map(([x, y]) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`).join("");
  return d ? [svg("path", { class: `bp-line bp-rim bp-${kind}`, d }), svg("path", { class: `bp-line bp-${kind}`, d })] : [];
}

/** The line without its last pixels, which the arrow head covers. */
export function shortened(points) {
  const short = points.filter((point) => distance(point, points.at(-1)) > 8);
  return short.length ? [...short, toward(points.at(-1), short.at(-1), 6)] : points;
}

/** An arrow head, so many pixels long, at the end of these points. */
export function head(points, kind, size = 11) {
  const tip = points.at(-1);
  const [x, y] = points.findLast((point) => distance(point, tip) > 5) ?? points[0];
  const turn = (Math.atan2(tip[1] - y, tip[0] - x) * 180) / Math.PI;
  return svg("path", {
    class: `bp-head bp-${kind}`,
    d: `M0 0L${-size} ${-size / 2}L${-size} ${size / 2}Z`,
    transform: `translate(${tip[0]} ${tip[1]}) rotate(${turn})`,
  });
}
