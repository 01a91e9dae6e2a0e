// The Learning rate page's pictures: the sweep that is the slider, the paths with the loss over time, the oracle of this step and
// the map of fates. While η is dragged everything follows in the browser; nothing is computed here.
import { html, instance, paint, styles, svg } from "./common.js";
import { walkOf, walked } from "./chart_marks.js";
import { CSS as CHART } from "./chart_style.js";
import { Surface } from "./chart_surface.js";
import { filled, recall, rows, waiting } from "./payloads.js";
import { RunCurve } from "./rates_curve.js";
import { FatesMap } from "./rates_map.js";
import { OraclePicture } from "./rates_oracle.js";
import { drawAhead, drawStill } from "./rates_paths.js";
import { CSS as PICTURES } from "./rates_pictures_style.js";
import { CSS } from "./rates_style.js";
import { Sweep } from "./rates_sweep.js";

const pages = new WeakMap();

export function show(component) {
  const page = instance(pages, component.parentElement, () => new Rates(component));
  page.update(component);
  return () => page.remove();
}

class Rates {
  constructor({ parentElement }) {
    styles("bp-chart-style", CHART);
    styles("bp-rates-pictures-style", PICTURES);
    styles("bp-rates-style", CSS);
    const send = (name, value) => this.component.setTriggerValue(name, value);
    const pick = (on) => (across, up) => send("pick", { across, up, on });
    this.sweep = new Sweep(() => this.next(), (eta) => send("rate", eta));
    this.surface = new Surface(pick("surface"), () => this.next(true));
    this.curve = new RunCurve((k) => send("jump", k));
    this.oracle = new OraclePicture();
    this.map = new FatesMap(pick("map"));
    this.kept = { still: new Map(), ahead: new Map() }; // where each label stands
    this.build();
    parentElement.append(this.root);
    this.observer = new ResizeObserver(() => this.resized());
    this.observer.observe(this.root);
    waiting.add(this);
  }

  build() {
    const part = (name, tag, kind) => (this[name] = html(tag, { class: kind }));
    const head = (name, low, ...more) => {
      const parts = [part(`${name}Title`, "h2"), part(`${name}Note`, "span"), ...more];
      return html("div", { class: `bp-chart-head ${low ? "bp-low" : ""}` }, ...parts);
    };
    const area = (name, ...parts) => html("section", { class: `bp-area-${name}` }, ...parts);
    const box = (picture) => html("div", { class: "bp-picture-box" }, picture.element);
    const button = (view) => html("button", { type: "button", onclick: () => this.choose(view) });
    this.buttons = { "3d": button("3d"), contour: button("contour") };
    this.switch = html("div", { class: "bp-switch", role: "group" }, ...Object.values(this.buttons));
    this.groups = Object.fromEntries(["under", "ahead", "over", "tips"].map((name) => [name, svg("g")]));
    this.surface.marks.append(...Object.values(this.groups));
    const caption = part("caption", "p", "bp-caption");
    const paths = [head("paths", false, this.switch), this.surface.element, caption];
    const curve = [head("curve", true), this.curve.element, part("companions", "p", "bp-facts bp-stale")];
    this.root = html(
      "div",
      { class: "bp-chart bp-rates" },
      area("sweep", head("sweep", true), this.sweep.element),
      area("paths", ...paths, ...curve),
      area("oracle", head("oracle"), box(this.oracle), part("facts", "p", "bp-facts")),
      area("map", head("map"), box(this.map), part("mapFacts", "p", "bp-facts bp-stale")),
    );
    this.mapNote.classList.add("bp-stale"); // it names the rate that is being dragged away from
  }

  update(component) {
    this.component = component;
    this.colours = paint(this.root, component.parentElement);
    if (component.data === this.raw) return this.draw(); // only the theme changed
    const { data } = component;
    const before = this.data;
    const { current, curve, oracle, spots } = data;
    this.raw = data;
    this.data = {
      ...data,
      path: rows(data.path),
      ghost: rows(data.ghost),
      current: { ...current, points: rows(current.points) },
      curve: { ...curve, past: rows(curve.past) },
      oracle: { ...oracle, exact: rows(oracle.exact), quadratic: rows(oracle.quadratic) },
      spots: { ...spots, path: rows(spots.path) },
    };
    this.view ??= data.view || "contour";
    this.walk = walkOf(before?.path, this.data.path);
    this.say(data.texts);
    this.draw();
  }

  say(texts) {
    for (const name of ["sweep", "paths", "curve", "oracle", "map"]) {
      this[`${name}Title`].textContent = texts[`${name}Title`];
      this[`${name}Note`].textContent = texts[`${name}Note`] ?? "";
    }
    for (const name of ["companions", "facts"]) this[name].textContent = texts[name];
    this.buttons["3d"].textContent = texts.switch3d;
    this.buttons.contour.textContent = texts.switchContour;
    this.switch.setAttribute("aria-label", texts.pathsTitle);
  }

  choose(view) {
    this.view = view;
    this.draw();
    this.surface.resize();
  }

  /** Everything; what has not arrived yet is drawn when it does. */
  draw() {
    if (!this.data || !this.root.clientWidth) return;
    const { texts, rate, surface, curve, oracle, spots } = this.data;
    this.family = recall(this.data.family);
    this.figure = recall(surface);
    this.root.dataset.view = this.view;
    for (const [name, button] of Object.entries(this.buttons)) button.setAttribute("aria-pressed", name === this.view);
    this.surface.element.setAttribute("aria-label", this.view === "3d" ? texts.alt3d : texts.altContour);
    if (this.figure) this.surface.draw(this.figure, surface, this.view, this.colours);
    this.sweep.draw(rate, this.family, texts, size(this.sweep.element));
    this.curve.draw(curve, this.family?.ks, texts, size(this.curve.element));
    this.oracle.draw(oracle, texts, size(this.oracle.element.parentElement));
    const map = recall(this.data.map);
    this.mapFacts.textContent = map?.facts ?? "";
    this.map.draw(map, spots, { ...texts, altMap: map?.alt ?? texts.mapWaiting }, this.colours, size(this.map.element.parentElement));
    this.now(true);
  }

  /** The run with the rate on the slider: {eta, value, points, spot, loss, says, end, fill, lands, ends}; while a new family is on
   *  its way only eta and value. */
  run() {
    const { current, rate, texts } = this.data;
    const { family, sweep } = this;
    const i = sweep.index;
    const named = (run) => {
      const [code, loss] = run.end;
      const fate = family?.fates[code]; // the names of the fates come with the family
      const words = { lands: filled(texts.lands, [run.eta]), ends: fate ? filled(texts.end, [fate.text, loss]) : "" };
      return { ...run, ...words, fill: fate?.fill ?? "page" };
    };
    if (i === null) return named({ ...current, eta: rate.eta, value: rate.value, loss: current.landing });
    const here = { eta: sweep.range.etas[i], value: sweep.values[i] };
    if (!family) return here;
    const length = family.ks.length;
    const points = family.points.slice(i * length, (i + 1) * length);
    return named({ ...here, points, spot: family.spots[i], loss: family.landing[i][0], says: family.says[i], end: family.ends[i] });
  }

  /** Before the next picture, draw what moves: at most once per frame. whole: what stays has moved on the screen, too. */
  next(whole = false) {
    this.whole ||= whole;
    this.frame ??= requestAnimationFrame(() => this.now(this.whole));
  }

  now(whole = false) {
    cancelAnimationFrame(this.frame);
    Object.assign(this, { frame: null, whole: false });
    if (!this.data || !this.sweep.frame) return;
    const { texts } = this.data;
    const run = this.run();
    const tried = this.sweep.index !== null;
    this.sweep.move(run, run.ends ? `η = ${run.eta}, ${run.ends}` : `η = ${run.eta}`);
    this.sweepNote.textContent = tried && run.ends ? `${run.lands}: ${run.ends}` : texts.sweepNote;
    this.caption.textContent = run.says ? filled(texts.landing, [run.eta, ...run.says]) : "";
    this.curve.move(run.points ? run : null, tried);
    if (run.points) this.oracle.move({ eta: run.eta, value: run.value, loss: run.loss });
    if (run.points) this.map.move({ spot: run.spot, fill: run.fill });
    this.map.dim(tried);
    this.paths(run, whole);
  }

  paths(run, whole) {
    const projection = this.figure && this.surface.projection();
    if (!projection) return;
    if (this.walk && performance.now() > this.walk.until) Object.assign(this, { walk: null, taken: null });
    if (this.walk) this.next(true);
    if (whole || this.walk || !this.taken) this.taken = drawStill(this.groups, projection, this.still(), this.kept.still);
    drawAhead(this.groups, projection, run, this.taken, this.kept.ahead);
  }

  /** What does not move while η is dragged. */
  still() {
    const { path, ghost, companions, current, texts } = this.data;
    const { family, figure } = this;
    const solid = this.view === "3d";
    const length = family?.ks.length;
    const others = solid || !family ? [] : companions.map((row) => family.points.slice(row * length, (row + 1) * length));
    return {
      path: walked(this.walk, path),
      ghost,
      feet: solid ? path.map((row) => row[4]) : null,
      switches: figure.switches,
      companions: others,
      ahead: current.points,
      labels: figure.labels,
      texts: { start: texts.start, now: texts.now },
    };
  }

  resized() {
    if (!this.data) return;
    this.surface.resize();
    this.draw();
  }

  remove() {
    waiting.delete(this);
    this.observer.disconnect();
    cancelAnimationFrame(this.frame);
    this.frame = 0; // no further drawing
    this.sweep.remove();
    this.surface.remove();
    this.root.remove();
    pages.delete(this.component.parentElement);
  }
}

const size = (element) => ({ width: element.clientWidth, height: element.clientHeight });
