// Where the run ends, for every learning rate: this picture is itself the slider. A pointer drags anywhere on it, the keyboard and
// screen readers have an invisible native range over it; handing the chosen rate over is RateRange's, as on the neuron's page.
import { measure } from "./chart_labels.js";
import { RateRange } from "./chart_rate.js";
import { html, svg } from "./common.js";
import { lowered } from "./rates_oracle.js";
import { colour } from "./rates_paths.js";
import { names } from "./rates_stretches.js";

const MARGIN = { left: 56, right: 18, top: 26, bottom: 32 };
const LINE = 14; // where the words above the picture stand
const NARROW = 560; // px: below, 2/λmax has a line of its own under the handle's
const GAP = 7; // between a line and its words
const WIDE = 1.2; // how much wider the handle's label is than the 13 px of `measure`

export class Sweep {
  /** moved(): another rate is shown; chosen(text): the reader let go. */
  constructor(moved, chosen) {
    this.range = new RateRange(moved, chosen);
    this.input = this.range.input; // the rest of RateRange's own look is not used
    this.input.setAttribute("class", "bp-sweep-range");
    this.picture = svg("svg", { class: "bp-sweep-picture", role: "img" });
    this.still = svg("g");
    this.limit = svg("g", { class: "bp-limit" });
    this.handle = svg("g", { class: "bp-handle" });
    this.words = svg("g", { class: "bp-stretches" });
    this.bound = svg("g", { class: "bp-limit" });
    this.picture.append(this.still, this.limit, this.handle, this.words, this.bound); // no line crosses out a word
    this.element = html("div", { class: "bp-sweep" }, this.picture, this.input);
    this.point();
    this.type();
  }

  /** The place of the row that is shown but not exactly the chosen rate; null at rest. */
  get index() {
    return this.range.index;
  }

  /** A mouse takes hold at once; a finger when it moves sideways or is lifted, so that it can also scroll the page. */
  point() {
    const { picture, range, input, element } = this;
    let held = null;
    const follow = ({ clientX }) => {
      input.value = this.nearest(clientX - picture.getBoundingClientRect().left);
      range.drag();
    };
    picture.addEventListener("mousedown", (event) => event.preventDefault()); // the focus goes to the range
    picture.addEventListener("pointerdown", (event) => {
      if (event.button || !this.values) return;
      held = event.pointerId;
      picture.setPointerCapture(held);
      input.focus({ preventScroll: true });
      element.classList.add("bp-pointed"); // no focus ring for a pointer
      if (event.pointerType !== "touch") follow(event);
    });
    picture.addEventListener("pointermove", (event) => event.pointerId === held && follow(event));
    picture.addEventListener("pointerup", (event) => {
      if (event.pointerId !== held) return;
      held = null;
      follow(event);
      range.release();
    });
    picture.addEventListener("pointercancel", (event) => {
      if (event.pointerId !== held) return;
      held = null;
      range.dragging = false;
      range.settle();
    });
  }

  /** A held key says "change" with every step; the server hears of the last one. */
  type() {
    let [down, late] = [false, false];
    const up = () => {
      down = false;
      if (late) this.range.release();
      late = false;
    };
    const change = (event) => {
      if (!down) return;
      late = true;
      event.stopPropagation();
    };
    this.element.addEventListener("keydown", () => {
      down = true;
      this.element.classList.remove("bp-pointed");
    });
    this.element.addEventListener("keyup", up);
    this.element.addEventListener("focusout", up);
    this.element.addEventListener("change", change, true);
  }

  /** The row whose rate is nearest on the axis. */
  nearest(x) {
    const away = this.values.map((value) => Math.abs(this.x(value) - x));
    return away.indexOf(Math.min(...away));
  }

  /** Everything that stays while η is dragged. family: undefined until it arrives. */
  draw(rate, family, texts, { width, height }) {
    const second = width < NARROW ? 18 : 0;
    const [left, right, top, bottom] = [MARGIN.left, width - MARGIN.right, MARGIN.top + second, height - MARGIN.bottom];
    const [low, high] = [rate.marks[0][0], rate.marks.at(-1)[0]].map(Math.log10);
    this.frame = { left, right, top, bottom, width, second };
    this.x = (value) => left + ((Math.log10(value) - low) / (high - low)) * (right - left);
    this.picture.setAttribute("aria-label", texts.altSweep);
    this.still.replaceChildren(this.axis(rate.marks));
    this.words.replaceChildren();
    if (family) this.family(family);
    this.level = family?.limit;
    const etas = family?.etas ?? this.range.etas;
    const exact = etas?.indexOf(rate.eta) ?? 0;
    const index = exact < 0 ? this.nearest(this.x(rate.value)) + 0.25 : exact; // off the grid it is no place of the range
    this.range.update({ ...rate, index, marks: [] }, etas, texts.eta);
    this.input.setAttribute("style", `left:${left}px;width:${right - left}px;top:${bottom - 22}px`);
  }

  axis(marks) {
    const { left, right, bottom } = this.frame;
    const group = svg("g", { class: "bp-ticks bp-grid" }, svg("path", { class: "bp-axis", d: `M${left} ${bottom}H${right}` }));
    for (const [value, text] of marks) {
      const x = this.x(value);
      group.append(svg("path", { d: `M${x} ${bottom}v5` }), svg("text", { x, y: bottom + 21, "text-anchor": "middle" }, text));
    }
    return group;
  }

  /** A dot for every rate, at the height of its final loss and in the colour of its fate; stretches have their names. */
  family({ values, ends, fates, labels, y: [low, high], yticks }) {
    const { left, right, top, bottom } = this.frame;
    const y = (h) => bottom - ((h - low) / (high - low)) * (bottom - top);
    const grid = svg("g", { class: "bp-ticks bp-grid" });
    for (const [h, text] of yticks) {
      grid.append(svg("path", { d: `M${left - 4} ${y(h)}H${right}` }));
      grid.append(svg("text", { x: left - 9, y: y(h), dy: "0.35em", "text-anchor": "end" }, text));
    }
    const dots = svg("g", { class: "bp-sweep-dots" });
    const r = Math.max(2.2, Math.min(3.4, (0.6 * (right - left)) / values.length));
    const places = values.map((value, i) => {
      const [code, , h] = ends[i];
      const away = !(h <= high); // what has no number either
      const [cx, cy] = [this.x(value), away ? top : Math.min(bottom, y(h))];
      const style = `--fill:${colour(fates[code].fill)}`;
      dots.append(away ? svg("path", { d: `M${cx} ${cy - 4}l-4 7h8Z`, style }) : svg("circle", { cx, cy, r, style }));
      return [cx, cy];
    });
    const room = [left, top - 8, right + MARGIN.right, bottom];
    this.still.append(grid, dots);
    this.words.replaceChildren(...names(labels, places, room));
    this.values = values;
    this.input.max = values.length - 1;
  }

  /** The handle at this rate; words: how a screen reader says it. A rate beyond the axis stands at its end, as an arrow. */
  move({ eta, value }, words) {
    const { left, right, bottom, second } = this.frame;
    const wanted = this.x(value);
    const x = Math.max(left, Math.min(right, wanted));
    const beyond = Math.sign(Math.trunc(wanted - x));
    const text = `η = ${eta}`;
    const taken = this.mark(x);
    const away = taken && taken[0] > x ? [-1, 1] : [1, -1];
    const [start] = this.beside(x, measure(text) * WIDE, away, second ? null : taken);
    const arrow = { d: `M${x + 9 * beyond} ${bottom}l${-14 * beyond} -9v18Z` };
    this.handle.replaceChildren(
      svg("path", { d: `M${x} ${LINE - 8}V${bottom}` }),
      svg("text", { x: start, y: LINE, dy: "0.35em" }, text),
      beyond ? svg("path", { class: "bp-grip", ...arrow }) : svg("circle", { class: "bp-grip", cx: x, cy: bottom, r: 8 }),
    );
    this.input.setAttribute("aria-valuetext", words);
  }

  /** 2/λmax with its words, on the side away from the handle at x. Returns the stretch that the words take, or null. */
  mark(x) {
    for (const group of [this.limit, this.bound]) group.replaceChildren();
    if (!this.level) return null;
    const { left, right, bottom, second } = this.frame;
    const y = LINE + second;
    const wanted = this.x(this.level.value);
    const at = Math.max(left, Math.min(right, wanted));
    const beyond = Math.sign(Math.trunc(wanted - at));
    const span = this.beside(at, measure(this.level.text), x <= at ? [1, -1] : [-1, 1]);
    const d = beyond ? `M${at + 4 * beyond} ${y}l${-7 * beyond} -5v10Z` : `M${at} ${y - 8}V${bottom}`;
    this.limit.append(svg("path", { d, class: beyond ? "bp-beyond" : null }));
    this.bound.append(svg("text", { x: span[0], y, dy: "0.35em" }, ...lowered(this.level.text)));
    return span;
  }

  /** The stretch beside x, this wide, on the first of the sides that is in the picture and not taken. */
  beside(x, width, sides, taken) {
    const spans = sides.map((side) => (side > 0 ? [x + GAP, x + GAP + width] : [x - GAP - width, x - GAP]));
    const fits = spans.filter(([from, to]) => from >= 0 && to <= this.frame.width);
    return fits.find(([from, to]) => !taken || to < taken[0] || from > taken[1]) ?? fits[0] ?? spans[0];
  }

  remove() {
    this.range.remove();
  }
}
