// The loss that every learning rate leads to, one curve for each optimizer with the dashes and the badge it has in the race. A
// still picture; a curve has gaps where a run did not stay finite, and a diamond at the optimizer's best rate.
import { axes, cutout, finite, route } from "./chart_curves.js";
import { measure } from "./chart_labels.js";
import { CSS as CHART } from "./chart_style.js";
import { html, instance, paint, styles, svg } from "./common.js";
import { rows } from "./payloads.js";
import { badge, leader, painted, shade } from "./race_lane.js";
import { RADIUS, spread } from "./race_places.js";
import { CSS } from "./race_style.js";

const LINE = 21; // px: a line of words above the axes
const GAP = 5; // px between a vertical line and its words
const ABOVE = 22; // px from a diamond to its badge, where there is room

const places = new WeakMap();

export function show(component) {
  const sweep = instance(places, component.parentElement, () => new RaceSweep(component.parentElement));
  sweep.update(component);
  return () => sweep.remove();
}

class RaceSweep {
  constructor(parent) {
    styles("bp-chart-style", CHART);
    styles("bp-race-style", CSS);
    this.parent = parent;
    this.title = html("h2");
    this.note = html("span");
    this.picture = svg("svg", { class: "bp-curve", role: "img" });
    this.best = html("p", { class: "bp-race-best" });
    const head = html("div", { class: "bp-chart-head bp-low" }, this.title, this.note);
    const box = html("div", { class: "bp-race-sweep-box" }, this.picture);
    this.root = html("div", { class: "bp-chart bp-race-sweep" }, head, box, this.best);
    this.kept = new Map();
    parent.append(this.root);
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.root);
    document.addEventListener("bp-lane", this.draw);
  }

  update({ data, parentElement }) {
    paint(this.root, parentElement);
    this.data = { ...data, lanes: data.lanes.map((lane) => ({ ...lane, curve: rows(lane.curve) })) };
    this.title.textContent = data.texts.title;
    this.note.textContent = data.texts.note ?? "";
    this.best.replaceChildren(svg("svg", { width: 14, height: 14, "aria-hidden": "true" }, diamond([7, 7])), data.texts.best);
    this.picture.setAttribute("aria-label", data.texts.alt);
    this.draw();
  }

  draw = () => {
    const { clientWidth: width, clientHeight: height } = this.picture;
    if (!this.data || !width) return;
    const { data } = this;
    const { lanes, now, texts } = data;
    const limits = lanes.flatMap(({ limit, number }, lane) => (limit ? [{ at: limit[0], text: limit[1], lane, number }] : []));
    const known = limits.filter(({ at }) => at >= data.x[0] && at <= data.x[1]);
    const rates = now ? [{ at: now[0], text: now[1] }] : [];
    const room = LINE * (1 + known.length); // the learning rate's line above the limits'
    const plot = svg("g", { transform: `translate(0 ${room})` });
    this.picture.replaceChildren(plot);
    const frame = axes(plot, { width, height: height - room }, data, texts.etaAxis, data.axis);
    const lines = cutout(frame);
    for (const i of painted(lanes)) lines.append(svg("g", { class: shade(i) }, ...curve(lanes[i], frame)));
    known.sort((a, b) => a.at - b.at);
    const stood = known.map((limit, row) => upright(limit, frame, (row + 1) * LINE - room, "bp-race-limit"));
    stood.push(...rates.map((rate) => upright(rate, frame, -room, "bp-race-now")));
    plot.append(...stood, lines, ...this.bests(frame));
  };

  /** The diamonds and, beside them, the badges. */
  bests(frame) {
    const { lanes } = this.data;
    const { x, y, left, right, top, bottom } = frame;
    const held = ([a, h]) => [Math.max(left, Math.min(right, x(a))), Math.max(top, Math.min(bottom, y(h)))];
    const found = lanes.map(({ best }) => (best ? held(best) : null));
    const named = [...lanes.keys()].filter((i) => found[i]);
    const wanted = named.map((i) => ({ key: i, to: [found[i][0], found[i][1] - ABOVE] }));
    const stand = spread(wanted, [left, top, right, bottom], found.filter(Boolean), this.kept);
    const drawn = (part) => painted(lanes).filter((i) => found[i]).map((i) => svg("g", { class: shade(i) }, ...part(i)));
    const place = (i) => stand[named.indexOf(i)];
    const feet = drawn((i) => [...leader(found[i], place(i)), diamond(found[i])]);
    return [...feet, ...drawn((i) => [badge(lanes[i].number, place(i))])];
  }

  remove() {
    document.removeEventListener("bp-lane", this.draw);
    this.observer.disconnect();
    this.root.remove();
    places.delete(this.parent);
  }
}

const diamond = ([x, y]) => svg("path", { class: "bp-race-diamond", d: `M${x} ${y - 6}l5 6l-5 6l-5 -6Z` });

/** The stretches of finite losses, each a line with its rim. */
function curve({ number, curve }, frame) {
  const pieces = curve.reduce((all, row) => {
    if (!finite(row)) all.push([]);
    else all.at(-1).push(row);
    return all;
  }, [[]]);
  const kinds = ["bp-run bp-rim", "bp-run"].map((kind) => `${kind} bp-lane bp-lane-${number}`);
  const drawn = (piece) => kinds.map((kind) => svg("path", { class: kind, d: route(piece, frame) }));
  return pieces.filter((piece) => piece.length > 1).flatMap(drawn);
}

/** A vertical line at a learning rate with its words at its head, on the side with more room; a lane's line has its badge. */
function upright({ at, text, lane, number }, { x, left, right, bottom }, top, kind) {
  const [place, middle] = [Math.max(left, Math.min(right, x(at))), top + LINE / 2];
  const gap = number ? RADIUS + GAP : GAP;
  const turned = place + gap + measure(text) + 8 > right;
  const words = { x: place + (turned ? -gap : gap), y: middle, dy: "0.35em", "text-anchor": turned ? "end" : "start" };
  const line = svg("path", { d: `M${place} ${top + 2}V${bottom}` });
  const head = number ? [badge(number, [place, middle])] : [];
  return svg("g", { class: `${kind} ${number ? shade(lane) : ""}` }, line, svg("text", words, text), ...head);
}
