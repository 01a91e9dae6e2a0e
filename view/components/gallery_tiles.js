// All entries of a topic as small pictures, value in ink and slope in the gradient's colour: an index to click on. The arrow keys walk
// from one to the next, as Tab does.
import { CSS as CHART } from "./chart_style.js";
import { html, instance, paint, styles, svg } from "./common.js";
import { CSS } from "./gallery_style.js";

const BOX = "0 0 100 60";
const WAYS = { ArrowLeft: -1, ArrowRight: 1 };

const places = new WeakMap();

export function tiles({ data, parentElement, setTriggerValue }) {
  const place = instance(places, parentElement, () => make(parentElement));
  paint(place.root, parentElement);
  place.label.textContent = data.texts.label;
  place.hint.textContent = data.texts.hint;
  place.list.setAttribute("aria-label", data.texts.label);
  place.list.replaceChildren(...data.tiles.map((tile) => picture(tile, tile.key === data.chosen, setTriggerValue)));
  return () => {
    place.root.remove();
    places.delete(parentElement);
  };
}

function make(parent) {
  styles("bp-chart-style", CHART);
  styles("bp-gallery-style", CSS);
  const label = html("h2");
  const hint = html("span");
  const list = html("div", { class: "bp-tiles", role: "group" });
  const root = html("div", { class: "bp-chart" }, html("div", { class: "bp-chart-head bp-low" }, label, hint), list);
  list.addEventListener("keydown", walk);
  parent.append(root);
  return { root, label, hint, list };
}

function picture({ key, name, value, slope }, chosen, send) {
  const drawn = svg(
    "svg",
    { viewBox: BOX, preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("path", { class: "bp-gallery-zero", d: "M0 30H100M50 0V60" }),
    svg("polyline", { class: "bp-tile-slope", points: slope }),
    svg("polyline", { class: "bp-tile-value", points: value }),
  );
  const attributes = { type: "button", "aria-pressed": String(chosen), onclick: () => chosen || send("entry", key) };
  return html("button", attributes, drawn, html("span", {}, name));
}

/** Keys that mean something here do not reach the page. */
function walk(event) {
  const way = WAYS[event.key];
  if (!way || event.ctrlKey || event.altKey || event.metaKey) return;
  const all = [...event.currentTarget.children];
  all[Math.max(0, Math.min(all.length - 1, all.indexOf(document.activeElement) + way))].focus();
  event.preventDefault();
  event.stopPropagation();
}
