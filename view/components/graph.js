// The graph is the table: every quantity is a card with one row per sample. This file mounts the drawing, listens to mouse and
// keyboard, and draws again when data, width or theme change. Where things stand: graph_wide.js and, narrow, graph_strips.js.
import { html, instance, paint, styles, svg } from "./common.js";
import { node, patch } from "./graph_scene.js";
import { wide } from "./graph_wide.js";
import { strips } from "./graph_strips.js";
import { useFont } from "./graph_text.js";
import { CSS } from "./graph_style.js";

const WIDE = 620; // px; below, samples become columns
const graphs = new WeakMap();

export function show(component) {
  const host = component.parentElement;
  const graph = instance(graphs, host, () => mount(host));
  graph.component = component;
  paint(graph.root, host);
  draw(graph);
  return () => {
    graph.watch.disconnect();
    graph.root.remove();
    graphs.delete(host);
  };
}

function mount(host) {
  styles("bp-graph-style", CSS);
  const picture = svg("svg", { role: "group" });
  const legend = html("ul", { class: "bp-graph-legend" });
  const root = html("div", { class: "bp-graph" }, picture, legend);
  host.append(root);
  const graph = { root, picture, legend, row: null };
  picture.addEventListener("click", (event) => select(graph, event));
  picture.addEventListener("keydown", (event) => press(graph, event));
  for (const kind of ["pointerover", "focusin"]) picture.addEventListener(kind, (event) => point(graph, event.target));
  for (const kind of ["pointerleave", "focusout"]) picture.addEventListener(kind, () => point(graph, null));
  graph.watch = new ResizeObserver(() => draw(graph));
  graph.watch.observe(root);
  document.fonts.ready.then(() => draw(graph));
  return graph;
}

function draw(graph) {
  const width = Math.floor(graph.root.clientWidth);
  if (!graph.component || !width) return; // not laid out yet: the observer calls again
  const { data } = graph.component;
  useFont(getComputedStyle(graph.root).fontFamily);
  const { nodes, height } = (width < WIDE ? strips : wide)(data, width, graph.row);
  const sizes = { width, height, viewBox: `0 0 ${width} ${height}`, "aria-label": data.texts.alt };
  for (const [name, value] of Object.entries(sizes)) graph.picture.setAttribute(name, value);
  patch(graph.picture, nodes);
  patch(graph.legend, data.texts.legend.map(entry), html);
}

const entry = ({ mark, text }) =>
  node("li", {}, node("span", { class: `bp-mark bp-mark-${mark}`, "aria-hidden": "true" }), node("span", {}, text));

function select(graph, event) {
  const id = event.target.closest("[data-id]")?.dataset.id;
  if (id) graph.component.setTriggerValue("select", id);
}

/** Enter and Space press a number, and nothing else on the page hears them. */
function press(graph, event) {
  if (event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  event.stopPropagation();
  if (!event.repeat) select(graph, event);
}

/** The row under the pointer or with the focus is lit in every card. */
function point(graph, target) {
  const row = target?.closest("[data-row]")?.dataset.row ?? null;
  if (row === graph.row) return;
  graph.row = row;
  draw(graph);
}
