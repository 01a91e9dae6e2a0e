// Text in the drawing: letters of mathematics in italics, numbers in the page's own face, both made to fit their room.
import { node } from "./graph_scene.js";

export const SMALLEST = 11; // px: nothing on the page is smaller
const pen = document.createElement("canvas").getContext("2d");
let family = "sans-serif";

export function useFont(name) {
  family = name;
}

/** The width of `text` in px. */
export function measure(text, size, weight = 400) {
  pen.font = `${weight} ${size}px ${family}`;
  return pen.measureText(text).width;
}

/** The largest size, `size` at most, at which all `texts` fit into `room`. */
export function fit(texts, room, size, weight = 400) {
  const widest = Math.max(1, ...texts.map((text) => measure(text, size, weight)));
  return Math.max(SMALLEST, Math.min(size, Math.floor((10 * size * room) / widest) / 10));
}

/** One text; where even the smallest size is too wide it is squeezed. */
export function text(content, { x, y, size, weight = 400, room = Infinity, anchor = "middle", ...attributes }) {
  const squeezed = measure(content, size, weight) > room + 0.5;
  const squeeze = squeezed ? { textLength: room, lengthAdjust: "spacingAndGlyphs" } : {};
  const face = { "font-size": size, "font-weight": weight, "text-anchor": anchor };
  return node("text", { x, y, ...face, ...squeeze, ...attributes }, content);
}

/** The lines of a caption, none wider than `room`; Chinese may break after any character. */
export function lines(caption, room, size) {
  const parts = caption.match(/\s*[\u3000-\u9fff\uff00-\uffef]|\s*[^\s\u3000-\u9fff\uff00-\uffef]+/g) ?? [];
  const found = [""];
  for (const part of parts) {
    const longer = found.at(-1) + part;
    if (found.at(-1) && measure(longer.trim(), size) > room) found.push(part.trim());
    else found[found.length - 1] = longer.trim();
  }
  return found;
}

/**
 * x₁, or ∂L/∂x₁ when `of` is the loss's letter: letters in italics, the subscript upright. `rest` follows upright.
 * lang: on a Chinese page ∂ would else come from a Chinese font, twice as wide.
 */
export function symbol({ base, sub }, { of = null, rest = [], ...attributes }) {
  const up = sub ? -4 : 0;
  return node(
    "text",
    { lang: "en", ...attributes },
    node("tspan", { class: "bp-letter" }, of ? `∂${of}/∂${base}` : base),
    sub ? node("tspan", { class: "bp-sub", dy: 4 }, sub) : null,
    rest.map(([content, more], at) => node("tspan", { dy: at ? 0 : up, ...more }, content)),
  );
}
