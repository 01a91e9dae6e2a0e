// Small things that all components share: making elements, the palette as CSS variables, and one instance per place.
import { PALETTE } from "./palette.js";

const SVG = "http://www.w3.org/2000/svg";

export function html(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** "dark" when the page behind `element` is dark; the reader can switch at any time. */
export function theme(element) {
  const [r, g, b] = rgb(getComputedStyle(element).getPropertyValue("--st-background-color").trim() || "#ffffff");
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128 ? "dark" : "light";
}

function rgb(colour) {
  if (colour.startsWith("#")) {
    const full = colour.length === 4 ? [...colour.slice(1)].map((c) => c + c).join("") : colour.slice(1);
    return [0, 2, 4].map((at) => parseInt(full.slice(at, at + 2), 16));
  }
  return colour.match(/[\d.]+/g).map(Number);
}

/** The palette of the current theme; also set on `element` as --bp-value, --bp-gradient and so on. */
export function paint(element, host) {
  const colours = PALETTE[theme(host)];
  for (const [name, colour] of Object.entries(colours)) {
    if (typeof colour === "string") element.style.setProperty(`--bp-${name.replaceAll("_", "-")}`, colour);
  }
  return colours;
}

/** The instance that lives in this place, made once. Streamlit calls a component again with new data, into the same place. */
export function instance(store, place, make) {
  if (!store.has(place)) store.set(place, make());
  return store.get(place);
}

/** A style sheet of ours, added to the page once. Class names start with bp-. */
export function styles(id, css) {
  if (!document.getElementById(id)) document.head.append(html("style", { id }, css));
}

// What may be too wide for a phone: equations, the words and numbers of cards, the ledger, tables.
const WIDE = [
  ".katex-display", "[class*=st-key-now] p", "[class*=st-key-race_card] p", ".st-key-ledger p", "[class*=st-key-finding_chain]",
  "[class*=st-key-tables] [data-testid=stMarkdownContainer]",
].join(); // prettier-ignore

/** It scrolls sideways; whoever has only a keyboard must be able to reach it. */
export function reachable() {
  for (const line of document.querySelectorAll(WIDE)) {
    if (line.scrollWidth > line.clientWidth) line.tabIndex = 0;
    else line.removeAttribute("tabindex");
  }
}

/** act() when the reader goes back or forward in the browser: that takes back what was asked, and its answer may never come.
 * Returned is what ends it. */
export function onBack(act) {
  addEventListener("popstate", act);
  return () => removeEventListener("popstate", act);
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
