// The range of learning rates: a native slider over 301 round rates, its place nearly the logarithm. While it is dragged the
// chart follows in the browser; the server hears of the rate when it is let go.
import { html, onBack } from "./common.js";

const LAST = 300;
const PATIENCE = 10000; // ms until an answer that never came is no longer waited for

export class RateRange {
  /** moved(index or null): show this rate of the range, or the exact one again; chosen(text): the reader let go. */
  constructor(moved, chosen) {
    Object.assign(this, { moved, chosen, dragging: false, pending: null, etas: null, rate: null });
    this.label = html("span", { class: "bp-rate-label" });
    this.bubble = html("output", { class: "bp-bubble", "aria-hidden": "true" });
    this.input = html("input", { type: "range", min: 0, max: LAST, step: 1, class: "bp-range" });
    this.marks = html("div", { class: "bp-rate-marks", "aria-hidden": "true" });
    this.element = html("div", { class: "bp-rate" }, this.label, this.bubble, this.input, this.marks);
    this.input.addEventListener("input", () => this.drag());
    this.input.addEventListener("change", () => this.release());
    this.leave = onBack(() => this.pending !== null && this.settle());
  }

  /** The place that is shown but not exactly the chosen rate; null at rest. */
  get index() {
    return this.dragging || this.pending !== null ? Number(this.input.value) : null;
  }

  drag() {
    this.dragging = true;
    document.body.classList.add("bp-dragging"); // the page dims what no longer fits to the rate
    this.show();
    this.moved(this.index);
  }

  release() {
    this.dragging = false;
    const eta = this.etas?.[Number(this.input.value)];
    if (eta === undefined || eta === this.rate.eta || Number(this.input.value) === this.rate.index) return this.settle();
    this.pending = eta;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), PATIENCE);
    this.chosen(eta);
  }

  /** Back to what the server says: its answer came, or there was nothing to ask. */
  settle() {
    clearTimeout(this.timer);
    this.pending = null;
    document.body.classList.remove("bp-dragging");
    this.show();
    this.moved(null);
  }

  /** New data. An answer to an earlier question must not pull the slider back from where the reader has moved it since. */
  update(rate, etas, text) {
    const known = this.etas;
    Object.assign(this, { rate, etas: etas ?? known });
    this.label.textContent = text;
    this.input.setAttribute("aria-label", text);
    if (!this.marks.children.length) {
      this.marks.append(...rate.marks.map((mark, i, all) => html("span", { style: `--at:${i / (all.length - 1)}` }, mark)));
    }
    if (this.dragging) return;
    if (this.pending !== null && this.pending !== rate.eta && this.pending !== rate.refused) return;
    if (this.pending !== null) this.settle();
    else this.show();
  }

  show() {
    if (this.index === null) this.input.value = this.rate.index;
    const at = Number(this.input.value);
    const eta = this.index === null ? this.rate.eta : (this.etas?.[at] ?? "");
    this.element.style.setProperty("--at", at / LAST);
    this.bubble.textContent = eta;
    this.input.setAttribute("aria-valuetext", `η = ${eta}`);
  }

  remove() {
    clearTimeout(this.timer);
    this.leave();
    document.body.classList.remove("bp-dragging");
  }
}
