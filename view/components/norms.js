// How long each layer's gradient is: one bar per layer on a common logarithmic scale, its number above it. The thin line behind a
// bar is the same length over the updates, and the bar's top edge crosses it where the reader stands; dashed are the limits.
import { cutout, route } from "./chart_curves.js";
import { CSS as CHART } from "./chart_style.js";
import { measure, useFont } from "./graph_text.js";
import { html, instance, paint, styles, svg } from "./common.js";
import { rows } from "./payloads.js";

const CSS = `
.bp-norms svg { display: block; width: 100%; height: 132px; }
.bp-norms { transition: opacity 180ms; }
[data-bp-scrub] .bp-norms { opacity: 0.35; }
.bp-norms .bp-bar { fill: var(--bp-gradient); fill-opacity: 0.16; }
.bp-norms .bp-top { stroke: var(--bp-gradient); stroke-width: 3; fill: none; }
.bp-norms .bp-run { stroke: var(--bp-second); stroke-width: 1.4; }
.bp-norms .bp-run.bp-come { stroke: var(--bp-later-shape); }
.bp-norms .bp-limit { stroke: var(--bp-value); stroke-width: 1.2; stroke-dasharray: 5 4; fill: none; }
.bp-norms circle { fill: var(--bp-gradient); stroke: var(--bp-page); stroke-width: 1.5; }
.bp-chart.bp-norms .bp-number { fill: var(--bp-gradient); font-size: 13px; font-weight: 600; }
.bp-chart.bp-norms .bp-number, .bp-chart.bp-norms .bp-limit-name { paint-order: stroke; stroke: var(--bp-page); stroke-width: 4px;
  stroke-linejoin: round; }
.bp-chart.bp-norms .bp-limit-name { fill: var(--bp-value); }
.bp-norms .bp-layer text { fill: var(--bp-second); }
@media (prefers-reduced-motion: reduce) { .bp-norms { transition: none; } }
`;
const ROOM = { left: 44, right: 4, top: 18, bottom: 22, gap: 14, text: 6 }; // px; `top` holds the number of the highest bar

const places = new WeakMap();

export function show(component) {
  const picture = instance(places, component.parentElement, () => new Norms(component.parentElement));
  picture.update(component);
  return () => picture.remove();
}

class Norms {
  constructor(parent) {
    styles("bp-chart-style", CHART);
    styles("bp-norms-style", CSS);
    this.picture = svg("svg", { role: "img" });
    this.title = html("h2");
    this.note = html("span");
    const head = html("div", { class: "bp-chart-head bp-low" }, this.title, this.note);
    this.root = html("div", { class: "bp-chart bp-norms" }, head, this.picture);
    parent.append(this.root);
    this.parent = parent;
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.root);
  }

  update({ data, parentElement }) {
    paint(this.root, parentElement);
    this.data = data;
    this.lines = data.layers.map(({ points }) => rows(points));
    this.title.textContent = data.texts.title;
    this.note.textContent = data.texts.note;
    this.picture.setAttribute("aria-label", data.texts.alt);
    this.draw();
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.picture;
    if (!this.data || !width) return;
    const { layers, y: ends, yticks, limits } = this.data;
    const [left, right, top, bottom] = [ROOM.left, width - ROOM.right, ROOM.top, height - ROOM.bottom];
    const y = (value) => bottom - ((value - ends[0]) / (ends[1] - ends[0])) * (bottom - top);
    const grid = svg("g", { class: "bp-grid" });
    const words = svg("g", {});
    for (const [at, text] of yticks) {
      grid.append(svg("path", { d: `M${left - 4} ${y(at)}H${right}` }));
      words.append(svg("text", { x: left - 8, y: y(at), dy: "0.35em", "text-anchor": "end" }, text));
    }
    grid.append(svg("path", { class: "bp-axis", d: `M${left} ${bottom}H${right}` }));
    const room = (right - left) / layers.length;
    const lines = limits.map(({ height: at }) => svg("path", { class: "bp-limit", d: `M${left} ${y(at)}H${right}` }));
    const slots = layers.map((layer, n) => {
      const [from, to] = [left + n * room + ROOM.gap / 2, left + (n + 1) * room - ROOM.gap / 2];
      const height = layer.height === null ? bottom : Math.max(top, Math.min(bottom, y(layer.height)));
      return { layer, line: this.lines[n], from, to, height };
    });
    useFont(getComputedStyle(this.root).fontFamily);
    const names = limits.map(({ height: at, text }) => limitName(text, y(at), slots, { left, right, bottom }));
    const drawn = slots.map((slot) => this.slot(slot, { y, top, bottom }));
    this.picture.replaceChildren(grid, words, ...lines, ...drawn, ...names);
  }

  slot({ layer, line, from, to, height }, { y, top, bottom }) {
    const [low, high] = this.data.x;
    const x = (at) => from + ((at - low) / (high - low)) * (to - from);
    const [frame, now] = [{ x, y }, x(this.data.at)];
    const group = svg("g", { class: "bp-layer" });
    if (layer.known) group.append(svg("rect", { class: "bp-bar", x: from, y: height, width: to - from, height: bottom - height }));
    const inner = (kind, ends) => {
      const part = cutout({ left: from, right: to, top: top - 2, bottom, ...ends });
      part.append(svg("path", { class: `bp-run ${kind}`, d: route(line, frame) }));
      return part;
    };
    if (line.length && now < to) group.append(inner("bp-come", { left: now }));
    if (line.length && now > from) group.append(inner("", { right: now }));
    if (layer.known) {
      group.append(svg("path", { class: "bp-top", d: `M${from} ${height}H${to}` }));
      if (layer.height !== null) group.append(svg("circle", { cx: now, cy: height, r: 4 }));
      const middle = (from + to) / 2;
      group.append(svg("text", { class: "bp-number", x: middle, y: height - ROOM.text, "text-anchor": "middle" }, layer.text));
    }
    group.append(svg("text", { x: (from + to) / 2, y: bottom + 16, "text-anchor": "middle" }, layer.name));
    return group;
  }

  remove() {
    this.observer.disconnect();
    this.root.remove();
    places.delete(this.parent);
  }
}

/**
 * The name of a limit stands on its line where it covers fewest of the bars' numbers: at the right if it can, else further left or
 * under the line. Numbers that are not found yet keep their room, so that nothing jumps when they come.
 */
function limitName(text, at, slots, { left, right, bottom }) {
  const wide = measure(text, 12);
  const taken = slots.map(({ layer, from, to, height }) => {
    const half = measure(layer.text || "0.00001234", 13, 600) / 2;
    const middle = (from + to) / 2;
    return { x: middle - half, w: 2 * half, y: height - ROOM.text - 12, h: 16 };
  });
  const places = [right, ...slots.map(({ to }) => to).reverse(), left + wide].filter((end, n) => !n || end - wide >= left);
  const spots = [at - 5, at + 14].filter((foot, n) => !n || foot < bottom - 2).flatMap((foot) => places.map((end) => ({ end, foot })));
  const covers = ({ end, foot }) =>
    taken.reduce((sum, one) => sum + shared(end - wide - 4, wide + 8, one.x, one.w) * shared(foot - 12, 16, one.y, one.h), 0);
  const { end, foot } = spots.reduce((best, spot) => (covers(spot) < covers(best) ? spot : best));
  return svg("text", { class: "bp-limit-name", x: end, y: foot, "text-anchor": "end" }, text);
}

const shared = (a, long, b, wide) => Math.max(0, Math.min(a + long, b + wide) - Math.max(a, b));
