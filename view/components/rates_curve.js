// The loss of the run: what has been, as on the neuron's page, and what will be with the rate on the slider. The axis is
// logarithmic in 1 + k. The picture is the time line: a click, or the keyboard and Enter, goes to that update.
import { axes, cutout, dot, route } from "./chart_curves.js";
import { html, svg } from "./common.js";
import { colour } from "./rates_paths.js";

export class RunCurve {
  /** jump(k): the reader wants to go to that update. */
  constructor(jump) {
    this.jump = jump;
    this.picture = svg("svg", { class: "bp-curve bp-timeline", role: "img" });
    this.way = html("input", { type: "range", min: 0, step: 1, class: "bp-way bp-through" });
    this.element = html("div", { class: "bp-curve-box" }, this.picture, this.way);
    this.way.addEventListener("input", () => this.point(Number(this.way.value)));
    this.way.addEventListener("keydown", (event) => event.key === "Enter" && this.go());
    this.way.addEventListener("blur", () => this.rest());
    this.listen();
  }

  /** Like the sweep: a finger moves the line only sideways, so that it can also scroll the page. */
  listen() {
    const { picture } = this;
    let held = null;
    const follow = ({ clientX }) => this.point(this.stop(clientX - picture.getBoundingClientRect().left));
    picture.addEventListener("pointerdown", (event) => {
      if (event.button || !this.frame) return;
      held = event.pointerId;
      picture.setPointerCapture(held);
      if (event.pointerType !== "touch") follow(event);
    });
    picture.addEventListener("pointermove", (event) => event.pointerId === held && follow(event));
    picture.addEventListener("pointerup", (event) => {
      if (event.pointerId !== held) return;
      held = null;
      follow(event);
      this.go();
    });
    picture.addEventListener("pointercancel", () => {
      held = null;
      this.rest();
    });
  }

  /** data: past as rows [place, height], at: the places of the updates ks (counted from now; undefined until they arrive). */
  draw(data, ks, texts, size) {
    Object.assign(this, { data, ks: ks ?? [0], last: data.last });
    this.picture.setAttribute("aria-label", texts.altCurve);
    this.frame = axes(this.picture, size, data, texts.updateAxis, data.axis);
    const { x, y, left, right, top, bottom } = this.frame;
    const inner = cutout(this.frame);
    this.ahead = svg("path", { class: "bp-run bp-ghost" });
    inner.append(this.ahead, svg("path", { class: "bp-run", d: route(data.past, this.frame) }));
    this.end = svg("g");
    this.cursor = svg("g", { class: "bp-cursor" });
    const past = data.past.length <= 40 ? data.past.slice(0, -1) : [];
    const [px, py] = data.past.at(-1);
    const points = [...past.map(([a, b]) => dot("past", x(a), y(b), 3)), dot("now", x(px), y(py), 5.5)];
    this.picture.append(inner, ...points, this.end, this.cursor);
    this.way.setAttribute("style", `left:${left}px;width:${right - left}px;top:${top}px;height:${bottom - top}px`);
    this.way.setAttribute("aria-label", texts.jump);
    this.way.hidden = this.last === 0 && this.ks.length < 2;
    this.rest();
  }

  /** The rest of the run: {points, fill, ends}, or null while it is not known; dragging: another rate is tried. */
  move(run, dragging) {
    this.dragging = dragging;
    const way = (run?.points ?? []).map(([, , height], i) => [this.data.at[i], height]).filter((p) => p.every(Number.isFinite));
    this.ahead.setAttribute("class", `bp-run ${dragging ? "bp-tried" : "bp-ghost"}`);
    this.ahead.setAttribute("d", way.length > 1 ? route(way, this.frame) : "");
    this.end.replaceChildren();
    if (way.length < 2) return;
    const { x, y, top } = this.frame;
    const leaves = way.findIndex(([, height]) => y(height) < top - 0.5);
    const tip = leaves > 0 ? [this.crossing(way[leaves - 1], way[leaves]), top] : null;
    if (tip) this.end.append(svg("path", { class: "bp-head bp-ahead", d: `M${tip[0]} ${top - 4}l-6 10h12Z` }));
    const [cx, cy] = [x(way.at(-1)[0]), y(way.at(-1)[1])];
    if (cy < top - 0.5) return tip && this.name(tip[0], top + 8, 10, run.ends);
    this.end.append(svg("circle", { class: "bp-point bp-end", cx, cy, r: 5.5, style: `fill:${colour(run.fill)}` }));
    this.name(cx, cy - top > 28 ? cy - 14 : cy + 15, -6, run.ends);
  }

  /** How the run ends, in words, beside x on the side with more room. */
  name(x, y, gap, text) {
    const { left, right } = this.frame;
    const place = x > (left + right) / 2 ? { x: x - gap, "text-anchor": "end" } : { x: x + gap, "text-anchor": "start" };
    this.end.append(svg("text", { class: "bp-name", y, dy: "0.35em", ...place }, text));
  }

  /** Where the way from a to b leaves the picture at its top. */
  crossing([ax, ah], [bx, bh]) {
    const { x } = this.frame;
    const share = Math.max(0, Math.min(1, (this.data.y[1] - ah) / (bh - ah)));
    return x(ax) + share * (x(bx) - x(ax));
  }

  // The stops of the time line: every update so far, then those of `ks`.

  /** The number of updates made at a stop. */
  updates(stop) {
    return stop <= this.last ? stop : this.last + this.ks[stop - this.last];
  }

  /** Where a stop stands on the axis: a place is proportional to log(1 + k). */
  place(stop) {
    const { at, past } = this.data;
    if (stop > this.last) return at[stop - this.last];
    const unit = this.last ? past.at(-1)[0] / Math.log1p(this.last) : 0;
    return unit * Math.log1p(stop);
  }

  /** The stop nearest to a pixel. */
  stop(pixel) {
    const { x } = this.frame;
    let best = 0;
    for (let stop = 0; stop < this.stops; stop++) {
      if (Math.abs(x(this.place(stop)) - pixel) < Math.abs(x(this.place(best)) - pixel)) best = stop;
    }
    return best;
  }

  get stops() {
    return this.last + this.ks.length;
  }

  /** A line at the update that Enter or letting go would lead to. */
  point(stop) {
    this.way.value = stop;
    const { x, top, bottom, right } = this.frame;
    const at = x(this.place(stop));
    const text = `k = ${this.updates(stop)}`;
    this.way.setAttribute("aria-valuetext", text);
    const side = at > right - 60 ? [-6, "end"] : [6, "start"];
    const name = svg("text", { x: at + side[0], y: top + 11, "text-anchor": side[1] }, text);
    this.cursor.replaceChildren(svg("path", { d: `M${at} ${top}V${bottom}` }), name);
  }

  /** To the update the line stands at; not to one that only the rate being tried would reach. */
  go() {
    const stop = Number(this.way.value);
    if (stop === this.last || (stop > this.last && this.dragging)) return this.rest();
    this.jump(this.updates(stop));
  }

  rest() {
    this.way.max = this.stops - 1;
    this.way.value = this.last;
    this.way.setAttribute("aria-valuetext", `k = ${this.last}`);
    this.cursor.replaceChildren();
  }
}
