// The right column of the page: the range of learning rates, the loss surface, the loss so far and the nudge. Heavy data come
// through carriers, by hash; the chart itself gets a few kB with every click and draws when the hashes it names have arrived.
import { html, instance, paint, styles, svg } from "./common.js";
import { LossCurve, drawNudge } from "./chart_curves.js";
import { drawMarks, walkOf, walked } from "./chart_marks.js";
import { RateRange } from "./chart_rate.js";
import { CSS } from "./chart_style.js";
import { Surface } from "./chart_surface.js";
import { filled, recall, receive, rows, waiting } from "./payloads.js";

const NARROW = 760; // px: below, the contour is the better first view
const charts = new WeakMap();

/** data: {hash, packed}. Draws nothing: it brings what other instances name by its hash. */
export function carry({ data, parentElement }) {
  parentElement.closest(".stElementContainer")?.style.setProperty("display", "none");
  receive(data.hash, data.packed);
}

export function show(component) {
  const chart = instance(charts, component.parentElement, () => new Chart(component));
  chart.update(component);
  return () => chart.remove();
}

class Chart {
  constructor({ parentElement }) {
    styles("bp-chart-style", CSS);
    const send = (name, value) => this.component.setTriggerValue(name, value);
    const redraw = () => this.next();
    this.range = new RateRange(redraw, (eta) => send("rate", eta));
    this.surface = new Surface((w1, w2) => send("pick", { w1, w2 }), redraw);
    this.curve = new LossCurve((k) => send("jump", k));
    this.kept = new Map(); // where each label stands
    this.build();
    parentElement.append(this.root);
    this.observer = new ResizeObserver(() => this.resized());
    this.observer.observe(this.root);
    waiting.add(this);
  }

  build() {
    const part = (name) => (this[name] = html(name.endsWith("Title") ? "h2" : "span"));
    const button = (view) => html("button", { type: "button", onclick: () => this.choose(view) });
    this.buttons = { "3d": button("3d"), contour: button("contour") };
    this.switch = html("div", { class: "bp-switch", role: "group" }, ...Object.values(this.buttons));
    this.caption = html("p", { class: "bp-caption" });
    this.nudge = svg("svg", { class: "bp-nudge-picture", role: "img" });
    this.nudgeSentence = html("p", { class: "bp-nudge-sentence" });
    this.root = html(
      "div",
      { class: "bp-chart" },
      this.range.element,
      html("div", { class: "bp-chart-head" }, part("surfaceTitle"), part("surfaceNote"), this.switch),
      this.surface.element,
      this.caption,
      html("div", { class: "bp-chart-head bp-low" }, part("curveTitle"), part("curveNote")),
      this.curve.element,
      html("div", { class: "bp-chart-head bp-low" }, part("nudgeTitle"), part("nudgeNote")),
      html("div", { class: "bp-nudge-box" }, this.nudge),
      this.nudgeSentence,
    );
  }

  update(component) {
    this.component = component;
    this.colours = paint(this.root, component.parentElement);
    if (component.data === this.raw) return this.draw(); // only the theme changed
    const { data } = component;
    const before = this.data;
    this.raw = data;
    this.data = { ...data, path: rows(data.path), ghost: rows(data.ghost), arrow: rows(data.arrow) };
    this.data.curve = { ...data.curve, points: rows(data.curve.points), ghost: rows(data.curve.ghost) };
    this.data.nudge = data.nudge && { ...data.nudge, points: rows(data.nudge.points) };
    this.view ??= data.view || (innerWidth < NARROW ? "contour" : "3d");
    this.say(data.texts);
    this.walk = walkOf(before?.path, this.data.path);
    this.draw();
  }

  say(texts) {
    this.surfaceTitle.textContent = texts.title;
    this.surfaceNote.textContent = texts.subtitle;
    this.curveTitle.textContent = texts.curveTitle;
    this.curveNote.textContent = texts.curveNote;
    this.buttons["3d"].textContent = texts.switch3d;
    this.buttons.contour.textContent = texts.switchContour;
    this.switch.setAttribute("aria-label", texts.title);
    this.nudgeTitle.textContent = texts.nudgeTitle ?? "";
    this.nudgeNote.textContent = this.data.nudge?.note ?? texts.nudgeLater;
    this.nudgeSentence.textContent = this.data.nudge?.sentence ?? "";
  }

  choose(view) {
    this.view = view;
    this.draw();
    this.surface.resize();
  }

  /** Everything; what has not arrived yet is drawn when it does. */
  draw() {
    if (!this.data) return;
    const { texts, rate, surface, family } = this.data;
    this.family = recall(family);
    this.figure = recall(surface);
    this.root.dataset.view = this.view;
    for (const [name, button] of Object.entries(this.buttons)) button.setAttribute("aria-pressed", name === this.view);
    this.surface.element.setAttribute("aria-label", this.view === "3d" ? texts.alt3d : texts.altContour);
    this.range.update(rate, this.family?.etas, texts.eta);
    if (this.figure) this.surface.draw(this.figure, surface, this.view, this.colours);
    this.curves();
    this.now();
  }

  curves() {
    const size = (element) => ({ width: element.clientWidth, height: element.clientHeight });
    if (!this.root.clientWidth) return;
    this.curve.draw(this.data.curve, this.landing()?.point[2], size(this.curve.element), this.data.texts);
    if (this.data.nudge) drawNudge(this.nudge, this.data.nudge, size(this.nudge.parentElement));
    else this.nudge.replaceChildren();
  }

  /** Where the update would land with the rate on the range: {eta, point, says}; null while that is not to be seen. */
  landing() {
    const { hollow, done, rate } = this.data;
    const i = this.range.index;
    if (!hollow && !(done && i !== null)) return null; // in the update itself: only where another rate would have landed
    if (i === null) return rate;
    return this.family && { eta: this.family.etas[i], point: this.family.points[i], says: this.family.says[i] };
  }

  /** Before the next picture, draw what moves: at most once per frame. */
  next() {
    this.frame ??= requestAnimationFrame(() => this.now());
  }

  now() {
    cancelAnimationFrame(this.frame);
    this.frame = null;
    if (!this.data) return;
    const landing = this.landing();
    this.caption.textContent = landing ? filled(this.data.texts.landing, [landing.eta, ...landing.says]) : "";
    if (this.curve.frame && !this.data.done) this.curve.move(landing?.point[2]);
    const projection = this.figure && this.surface.projection();
    if (!projection) return;
    const { texts, ghost, arrow } = this.data;
    const marks = { path: this.moving(), ghost, arrow, hollow: landing?.point, labels: this.figure.labels };
    drawMarks(this.surface.marks, projection, { ...marks, texts: { ...texts, hollow: landing?.says[0] } }, this.kept);
  }

  /** The path, its end on the way while the point walks. */
  moving() {
    if (this.walk && performance.now() > this.walk.until) this.walk = null;
    if (this.walk) this.next();
    return walked(this.walk, this.data.path);
  }

  resized() {
    if (!this.data) return;
    this.surface.resize();
    this.curves();
    this.next();
  }

  remove() {
    waiting.delete(this);
    this.observer.disconnect();
    cancelAnimationFrame(this.frame);
    this.frame = 0; // no further drawing
    this.range.remove();
    this.surface.remove();
    this.root.remove();
    charts.delete(this.component.parentElement);
  }
}
