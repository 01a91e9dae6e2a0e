// The race of the optimizers: a legend whose buttons light one lane, the loss surface with every lane's way, and all losses in one
// plot. The server tells where every lane has been and lands next; here it is drawn, and nothing is computed.
import { CSS as CHART } from "./chart_style.js";
import { walkOf, walked } from "./chart_marks.js";
import { Surface } from "./chart_surface.js";
import { html, instance, paint, styles } from "./common.js";
import { recall, rows, waiting } from "./payloads.js";
import { RaceCurve } from "./race_curve.js";
import { light, sample, shade } from "./race_lane.js";
import { drawRace } from "./race_marks.js";
import { CSS } from "./race_style.js";

const races = new WeakMap();

export function show(component) {
  const race = instance(races, component.parentElement, () => new Race(component.parentElement));
  race.update(component);
  return () => race.remove();
}

class Race {
  constructor(parent) {
    styles("bp-chart-style", CHART);
    styles("bp-race-style", CSS);
    const send = (name, value) => this.component.setTriggerValue(name, value);
    this.parent = parent;
    this.surface = new Surface((across, up) => send("pick", { across, up }), () => this.next());
    this.curve = new RaceCurve((k) => send("jump", k));
    this.kept = { badges: new Map(), labels: new Map() };
    this.chosen = { pressed: null, pointed: null }; // lanes; the one under the pointer or with the focus comes first
    this.build();
    parent.append(this.root);
    this.observer = new ResizeObserver(() => this.resized());
    this.observer.observe(this.root);
    document.addEventListener("bp-lane", this.lit);
    waiting.add(this);
  }

  build() {
    const part = (name, tag) => (this[name] = html(tag));
    const named = (name) => [part(`${name}Title`, "h2"), part(`${name}Note`, "span")];
    const head = (name, ...more) => html("div", { class: "bp-chart-head" }, ...named(name), ...more);
    const area = (name, ...parts) => html("section", { class: `bp-race-${name}` }, ...parts);
    const button = (view) => html("button", { type: "button", onclick: () => this.choose(view) });
    this.views = { "3d": button("3d"), contour: button("contour") };
    this.switch = html("div", { class: "bp-switch", role: "group" }, ...Object.values(this.views));
    this.legend = html("ul", { class: "bp-race-legend" });
    const areas = [
      area("names", this.legend),
      area("surface", head("surface", this.switch), this.surface.element),
      area("curve", head("curve"), this.curve.element),
    ];
    this.root = html("div", { class: "bp-chart bp-race" }, html("div", { class: "bp-race-grid" }, ...areas));
  }

  update(component) {
    this.component = component;
    this.colours = paint(this.root, component.parentElement);
    if (component.data === this.raw) return this.draw(); // only the theme changed
    const { data } = component;
    const before = this.data;
    this.raw = data;
    const lanes = data.lanes.map((lane) => ({ ...lane, path: rows(lane.path), arrow: rows(lane.arrow) }));
    this.data = { ...data, lanes, curve: { ...data.curve, lanes: data.curve.lanes.map(rows) } };
    this.made = Math.max(...lanes.map(({ path }) => path.at(-1)?.[3] ?? 0));
    this.view ??= data.view || "contour";
    this.walks = lanes.map((lane, i) => walkOf(before?.lanes[i]?.path, lane.path));
    this.say(data);
    const fresh = !before || before.lit !== data.lit || before.lanes.length !== lanes.length;
    if (fresh) this.choice({ pressed: data.lit, pointed: null });
    this.draw();
  }

  say({ texts, lanes }) {
    for (const name of ["surface", "curve"]) {
      this[`${name}Title`].textContent = texts[`${name}Title`];
      this[`${name}Note`].textContent = texts[`${name}Note`] ?? "";
    }
    this.views["3d"].textContent = texts.switch3d;
    this.views.contour.textContent = texts.switchContour;
    this.switch.setAttribute("aria-label", texts.surfaceTitle);
    this.legend.setAttribute("aria-label", texts.legend);
    const { children } = this.legend;
    while (children.length > lanes.length) children[children.length - 1].remove();
    while (children.length < lanes.length) this.legend.append(this.button(children.length)); // a button in use keeps the focus
    lanes.forEach((lane, i) => fill(children[i].firstChild, lane));
  }

  /** The legend's button that lights the lane i. */
  button(i) {
    const point = (lane) => () => this.choice({ pointed: lane });
    const press = () => this.choice({ pressed: this.chosen.pressed === i ? null : i, pointed: null });
    const on = { onpointerenter: point(i), onpointerleave: point(null), onfocus: point(i), onblur: point(null), onclick: press };
    return html("li", {}, html("button", { type: "button", ...on }));
  }

  /** Another lane is pressed or pointed at: all pictures hear of it. */
  choice(change) {
    Object.assign(this.chosen, change);
    light(this.chosen.pointed ?? this.chosen.pressed);
  }

  lit = () => {
    if (!this.data) return;
    [...this.legend.children].forEach((item, i) => {
      item.className = shade(i);
      item.firstChild.setAttribute("aria-pressed", String(this.chosen.pressed === i));
    });
    this.curve.light();
    this.next();
  };

  choose(view) {
    this.view = view;
    this.draw();
    this.surface.resize();
  }

  /** Everything; the surface is drawn when it has arrived. */
  draw() {
    if (!this.data || !this.root.clientWidth) return;
    this.surfaceNote.hidden = this.view === "3d"; // only the contour can be clicked
    const { texts, surface, curve, lanes } = this.data;
    this.figure = recall(surface);
    for (const [name, button] of Object.entries(this.views)) button.setAttribute("aria-pressed", name === this.view);
    this.surface.element.setAttribute("aria-label", this.view === "3d" ? texts.alt3d : texts.altContour);
    if (this.figure) this.surface.draw(this.figure, surface, this.view, this.colours);
    const { clientWidth: width, clientHeight: height } = this.curve.element;
    this.curve.draw(curve, lanes.map(({ number }) => number), this.made, { width, height }, texts);
    this.now();
  }

  /** Before the next picture, draw what moves: at most once per frame. */
  next() {
    this.frame ??= requestAnimationFrame(() => this.now());
  }

  now() {
    cancelAnimationFrame(this.frame);
    this.frame = null;
    const projection = this.figure && this.surface.projection();
    if (!projection) return;
    this.walks = this.walks.map((walk) => (walk && performance.now() > walk.until ? null : walk));
    if (this.walks.some(Boolean)) this.next();
    const lanes = this.data.lanes.map((lane, i) => {
      const walk = this.walks[i];
      return { ...lane, path: walked(walk, lane.path), next: walk ? null : lane.next, arrow: walk ? null : lane.arrow };
    });
    const race = { lanes, begun: this.made > 0, labels: this.figure.labels, start: this.data.texts.start };
    drawRace(this.surface.marks, projection, race, this.kept);
  }

  resized() {
    if (!this.data) return;
    this.surface.resize();
    this.draw();
  }

  remove() {
    waiting.delete(this);
    document.removeEventListener("bp-lane", this.lit);
    light(null); // on another page nothing is lit
    this.observer.disconnect();
    cancelAnimationFrame(this.frame);
    this.frame = 0; // no further drawing
    this.surface.remove();
    this.root.remove();
    races.delete(this.parent);
  }
}

/** A lane in words, in its button. */
function fill(button, { number, name, eta, loss, state }) {
  const words = (kind, text) => html("span", { class: `bp-race-${kind}` }, text);
  const named = html("span", { class: "bp-race-name" }, html("b", {}, name), " ", words("state", state));
  const spoken = html("span", { class: "bp-unseen" }, `${number} `);
  button.replaceChildren(sample(number), spoken, named, " ", words("eta", eta), " ", words("loss", loss));
}
