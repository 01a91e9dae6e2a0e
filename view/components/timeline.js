// The loss of the run as a time line: what has been, what is to come, and the way to any update. It is the curve of the learning
// rate's page, standing alone.
import { instance, html, paint, styles } from "./common.js";
import { CSS as CHART } from "./chart_style.js";
import { rows } from "./payloads.js";
import { RunCurve } from "./rates_curve.js";
import { CSS } from "./rates_style.js";

const places = new WeakMap();

export function show(component) {
  const line = instance(places, component.parentElement, () => new TimeLine(component.parentElement));
  line.update(component);
  return () => line.remove();
}

class TimeLine {
  constructor(parent) {
    styles("bp-chart-style", CHART);
    styles("bp-rates-style", CSS);
    this.curve = new RunCurve((k) => this.send("jump", k));
    this.title = html("h2");
    this.note = html("span");
    const head = html("div", { class: "bp-chart-head bp-low" }, this.title, this.note);
    this.root = html("div", { class: "bp-chart" }, head, this.curve.element);
    parent.append(this.root);
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.root);
  }

  update({ data, parentElement, setTriggerValue }) {
    this.send = setTriggerValue;
    paint(this.root, parentElement);
    this.data = { ...data, curve: { ...data.curve, past: rows(data.curve.past) }, ahead: rows(data.ahead) };
    this.title.textContent = data.texts.curveTitle;
    this.note.textContent = data.texts.curveNote;
    this.draw();
  }

  draw() {
    if (!this.data || !this.root.clientWidth) return;
    const { curve, ks, ahead, fill, ends, texts } = this.data;
    const { clientWidth: width, clientHeight: height } = this.curve.element;
    this.curve.draw(curve, ks, texts, { width, height });
    this.curve.move({ points: ahead, fill, ends }, false);
  }

  remove() {
    this.observer.disconnect();
    this.root.remove();
  }
}
