// The losses of all lanes in one picture, with their dashes and their badges at the ends. The picture is the time line: a click,
// or the keyboard and Enter, goes to that update.
import { axes, cutout, dot, finite, route } from "./chart_curves.js";
import { html, svg } from "./common.js";
import { badge, leader, painted, shade } from "./race_lane.js";
import { RADIUS, apart } from "./race_places.js";

const HALF = 12; // px: half of the invisible thumb
const BESIDE = 14; // px from the end of a curve to its badge
const MARGIN = 14; // px at the right, more than other curves have

export class RaceCurve {
  /** jump(k): the reader wants to go to that update. */
  constructor(jump) {
    this.picture = svg("svg", { class: "bp-curve", role: "img" });
    this.way = html("input", { type: "range", min: 0, step: 1, class: "bp-way" });
    this.element = html("div", { class: "bp-curve-box" }, this.picture, this.way);
    const go = () => (Number(this.way.value) === this.now ? this.rest() : jump(Number(this.way.value)));
    this.way.addEventListener("input", () => this.point());
    this.way.addEventListener("pointerup", () => setTimeout(go)); // the value is set by then
    this.way.addEventListener("keydown", (event) => event.key === "Enter" && go());
    this.way.addEventListener("blur", () => this.rest());
  }

  /** data: the curve with its lanes as rows [k, height]; numbers: the lanes'; now: the updates made. */
  draw(data, numbers, now, { width, height }, texts) {
    Object.assign(this, { data, numbers, now });
    this.picture.setAttribute("aria-label", texts.altCurve);
    this.frame = axes(this.picture, { width: width - MARGIN, height }, data, texts.updateAxis, data.axis);
    const { x, top, bottom } = this.frame;
    this.lines = cutout(this.frame);
    this.ends = svg("g");
    this.cursor = svg("g", { class: "bp-cursor" });
    this.picture.append(this.lines, this.ends, this.cursor);
    this.light();
    this.rest();
    const style = `left:${x(0) - HALF}px;width:${x(data.known) - x(0) + 2 * HALF}px;`;
    this.way.hidden = data.known === 0;
    this.way.setAttribute("style", `${style}top:${top}px;height:${bottom - top}px`);
    this.way.setAttribute("aria-label", texts.jump);
  }

  /** The curves and their badges, in the light of this moment. */
  light() {
    if (!this.frame) return;
    const order = painted(this.numbers);
    const places = this.places();
    this.lines.replaceChildren(...order.map((i) => svg("g", { class: shade(i) }, ...this.curve(i))));
    const ends = order.filter((i) => places[i]);
    const drawn = (part) => ends.map((i) => svg("g", { class: shade(i) }, ...part(i, places[i])));
    this.ends.replaceChildren(...drawn((i, end) => foot(end)), ...drawn((i, end) => [badge(this.numbers[i], end.place)]));
  }

  /** What has been, and thin what is known of the updates after now. */
  curve(i) {
    const rows = this.data.lanes[i].filter(finite);
    const [past, later] = [rows.filter(([k]) => k <= this.now), rows.filter(([k]) => k >= this.now)];
    const drawn = (points, kind) =>
      points.length > 1 ? svg("path", { class: `bp-run ${kind} bp-lane-${this.numbers[i]}`, d: route(points, this.frame) }) : null;
    return [drawn(later, "bp-lane bp-later"), drawn(past, "bp-rim bp-lane"), drawn(past, "bp-lane")].filter(Boolean);
  }

  /** Where a lane is now, or where it left the picture at its top: [x, y, whether it left]; null for one without a number. */
  spot(i) {
    const { x, y, top, bottom } = this.frame;
    const seen = this.data.lanes[i].filter((row) => finite(row) && row[0] <= this.now).map(([k, height]) => [x(k), y(height)]);
    if (!seen.length) return null;
    const [cx, cy] = seen.at(-1);
    if (cy >= top) return [cx, Math.min(bottom, cy), false];
    const last = seen.findLastIndex((point) => point[1] >= top);
    const [from, to] = [seen[Math.max(0, last)], seen[last + 1]];
    const share = last < 0 ? 0 : (top - from[1]) / (to[1] - from[1]);
    return [from[0] + share * (to[0] - from[0]), top, true];
  }

  /** The badges' places: beside the curves' ends, below each other where those are close. */
  places() {
    const { top, bottom } = this.frame;
    const spots = this.numbers.map((_, i) => this.spot(i));
    const found = spots.map(() => null);
    const left = new Set(spots.keys().filter((i) => spots[i]));
    while (left.size) {
      const [first] = left;
      const column = [...left].filter((i) => Math.abs(spots[i][0] - spots[first][0]) < 2 * RADIUS);
      const across = Math.max(...column.map((i) => spots[i][0])) + BESIDE;
      const heights = apart(column.map((i) => spots[i][1]), top + RADIUS, bottom - RADIUS);
      column.forEach((i, n) => (found[i] = { spot: spots[i], place: [across, heights[n]] }));
      for (const i of column) left.delete(i);
    }
    return found;
  }

  /** A line at the update that Enter or letting go would lead to. */
  point() {
    const k = Number(this.way.value);
    const { x, top, bottom, right } = this.frame;
    this.way.setAttribute("aria-valuetext", `k = ${k}`);
    const side = x(k) > right - 60 ? [-6, "end"] : [6, "start"];
    const name = svg("text", { x: x(k) + side[0], y: top + 11, "text-anchor": side[1] }, `k = ${k}`);
    this.cursor.replaceChildren(svg("path", { d: `M${x(k)} ${top}V${bottom}` }), name);
  }

  rest() {
    this.way.max = this.data.known;
    this.way.value = this.now;
    this.way.setAttribute("aria-valuetext", `k = ${this.now}`);
    this.cursor.replaceChildren();
  }
}

/** A curve's end and the line from it to its badge; an arrow where the loss has left the picture. */
function foot({ spot: [cx, cy, above], place }) {
  const arrow = () => svg("path", { class: "bp-head", d: `M${cx} ${cy - 4}l-5 9h10Z` });
  return [...leader([cx, cy], place), above ? arrow() : dot("now", cx, cy, 3)];
}
