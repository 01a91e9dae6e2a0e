// The pieces of the network's drawing: a unit with its name, an edge that is faint, lit or only there to be pressed, a label with
// its numbers, the loss, and the maps, which are painted on a canvas under the drawing.
import { node } from "./graph_scene.js";
import { SMALLEST, fit, lines, measure, text } from "./graph_text.js";

const MATHS = 'KaTeX_Math, "Latin Modern Math", "STIX Two Math", "Cambria Math", serif';
const pen = document.createElement("canvas").getContext("2d");
const classes = (...names) => names.filter(Boolean).join(" ");
const sign = (size) => (size > 0 ? "bp-positive" : size < 0 ? "bp-negative" : null);
const rounded = ({ x, y, w, h }, name, rx) => node("rect", { class: name, x, y, width: w, height: h, rx: Math.min(rx, h / 2) });
const grown = ({ x, y, w, h, round }, by) => ({ x: x - by, y: y - by, w: w + 2 * by, h: h + 2 * by, round });
const corner = (box, size = 8) => (box.round ? box.h / 2 : size);
const bare = (value) => value.replace(/^[=≈]\s*/, "");

/** Mouse, keyboard and screen reader press it; only one place of the whole network is a stop of the Tab key. */
const pressable = (id, label, selected, current) => ({
  "data-id": id, role: "button", tabindex: id === current ? 0 : -1, "aria-label": label, "aria-pressed": String(Boolean(selected)),
});

const SMALL = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾₀₁₂₃₄₅₆₇₈₉", FULL = "0123456789()0123456789";
const plain = (marks) => [...marks].map((c) => FULL[SMALL.indexOf(c)] ?? c).join("");

/** "w⁽¹⁾₄₁ ≈ 0.5" as {base: "w", sup: "(1)", sub: "41", rest: " ≈ 0.5"}, so that (1) can stand above 41. */
export function letters(whole) {
  const [, base, sup, sub, rest] = whole.match(/^(\p{L}?)([⁰¹²³⁴-⁹⁽⁾]*)([₀-₉]*(?:,[₀-₉]+)?)([^]*)$/u);
  return { base, sup: plain(sup), sub: plain(sub), rest };
}

/** A name in italics with what stands above and below at its right; `rest` follows upright. */
export function name({ base, sup, sub, rest = "" }, { x, y, size, weight = 400, room = Infinity, anchor, ...attributes }) {
  pen.font = `italic ${1.12 * size}px ${MATHS}`;
  const letter = base ? pen.measureText(base).width + 0.6 : 0;
  const small = Math.max(9, 0.72 * size);
  const marks = Math.max(...[sup, sub].map((mark) => (mark ? measure(mark, small) + 1 : 0)));
  const whole = letter + marks + measure(rest, size, weight);
  const squeeze = rest && whole > room ? { textLength: room - letter - marks, lengthAdjust: "spacingAndGlyphs" } : {};
  const left = anchor === "end" ? x - whole : anchor === "middle" ? x - Math.min(whole, room) / 2 : x;
  const mark = (content, key, dy) =>
    content && node("tspan", { key, class: "bp-sub", x: left + letter, y: y + dy, "font-size": small }, content);
  return node(
    "text",
    { lang: "en", "font-size": size, "font-weight": weight, ...attributes },
    node("tspan", { key: "base", class: "bp-letter", x: left, y }, base),
    mark(sup, "sup", -0.42 * size),
    mark(sub, "sub", sup ? 0.36 * size : 0.26 * size),
    rest && node("tspan", { key: "rest", class: "bp-rest", x: left + letter + marks, y, ...squeeze }, rest),
  );
}

/** A unit's frame; over inputs of two numbers its map shows through, else its own number stands in it. */
export function unit(it, box, look) {
  const { current, maps, letter, near, given } = look;
  const value = bare(it.value);
  const size = fit([value], box.w - 8, 14, 400);
  const number = classes("bp-number", !given && "bp-made");
  const fits = value && measure(value, size) <= box.w - 4; // if not, its label says it
  const middle = { x: box.x + box.w / 2, y: box.y + box.h / 2 + 0.35 * size };
  return node(
    "g",
    {
      key: `unit ${it.id}`,
      class: classes(it.muted && "bp-dull", it.selected && "bp-selected", ...waves(it)),
      ...pressable(it.id, it.label, it.selected, current),
    },
    rounded(box, classes("bp-frame", !maps && value && sign(it.sign)), corner(box)),
    rounded(box, classes("bp-lamp", it.lit && "bp-on"), corner(box)),
    rounded(grown(box, 4), classes("bp-ring", near && "bp-near"), corner(box, 11)),
    letter && name(it, { key: "name", ...letter, class: "bp-name" }),
    !maps && fits && text(value, { key: "number", ...middle, size, weight: it.lit ? 700 : 400, class: number }),
  );
}

const drop = ({ h }) => (h < 40 ? 2 : -2); // clear of the name above and of the edges between them

/** ∂ at the right of a unit whose gradient has been found: below, or above where the name is low. */
export const found = (it, box, texts, current) => {
  const { x, y, w, h, low } = box;
  return node(
    "g",
    { key: `gradient ${it.id}`, class: "bp-found", ...pressable(`g:${it.id}`, `${texts.gradient}: ${it.label}`, false, current) },
    rounded({ x: x + w, y: low ? y - 2 : y + h / 2 + 2, w: 24, h: Math.max(18, h / 2) }, "bp-ring", 5),
    text("∂", { x: x + w + 9, y: low ? y + 12 : y + h + drop(box), size: 14, class: "bp-gradient bp-name", lang: "en" }),
  );
};

const breadth = (size, scale) => Math.max(1, Math.min(9, 1.2 + 5 * Math.abs(size)) * (scale < 0.8 ? 0.7 : 1));

/** How wide the light around a weight's line is. */
export const glow = (size, scale) => breadth(size, scale) + 9;

/** The width of a weight's line is its size, its dashes are its sign. In a crowded picture all lines are thinner alike. */
export function stroke(size, scale, short) {
  const width = breadth(size, scale);
  const dashes = size < 0 ? (short ? "3 2" : `${1.2 * width + 5} ${0.4 * width + 3}`) : null;
  return { width: short ? Math.max(2.5, width) : width, dashes };
}

function line(it, d, scale, more, short) {
  const { width, dashes } = stroke(it.size, scale, short);
  const told = { "data-edge": it.id, "data-scale": scale, "data-short": String(Boolean(short)) };
  return node("path", { class: classes("bp-edge", sign(it.size), more), d, "stroke-width": width, "stroke-dasharray": dashes, ...told });
}

/** Not reached by the forward pass yet; reached by the gradient; beside the path that is pointed at. */
const waves = ({ reached, back, dim }) => [reached === false && "bp-pale", back && "bp-returned", dim && "bp-dim"];

export const faint = (it, { d, short }, scale) =>
  node(
    "g",
    { key: it.id, class: classes(...waves(it)) },
    it.back && node("path", { key: "back", class: "bp-thread", d }),
    line(it, d, scale, "bp-faint", short),
  );

/** The same line in full strength, with its halo when it is lit; only such lines exist up here. */
export function strong(it, { d, short }, scale) {
  const halo = { class: classes("bp-halo", it.lit && "bp-on"), "data-halo": it.id, "data-scale": scale };
  const light = node("path", { ...halo, d, "stroke-width": glow(it.size, scale) });
  return node("g", { key: it.id, class: "bp-strong" }, light, line(it, d, scale, null, short));
}

/** What of an edge can be pressed: unseen until the keyboard is on it. */
export const reach = (it, { d, short }, scale, current) =>
  node(
    "g",
    { key: it.id, ...pressable(it.id, it.label, it.selected, current) },
    node("path", { class: "bp-focus", d, "stroke-width": breadth(it.size, scale) + 13 }),
    node("path", { class: "bp-reach", d, "stroke-width": short ? 18 : Math.max(11, breadth(it.size, scale) + 4) }),
  );

/** The card with an edge's or a unit's numbers: the value above, the gradient in purple below; a line leads to what is small. */
export function label({ id, first, colour, gradient, gradientId, selected, lit, lead }, box) {
  const row = (y, key, target, content, look) => {
    const part = { ...box, y, h: box.h / (gradient ? 2 : 1) };
    const edge = key === "value" ? { "data-edge": target } : {};
    return node("g", { key, "data-id": target }, rounded(part, "bp-clear", 0), name(content, { ...look, ...edge, size: 13.5 }));
  };
  const below = { base: "", rest: gradient };
  const middle = { x: box.x + box.w / 2, anchor: "middle", weight: 600, room: box.w - 12 };
  return node(
    "g",
    { key: `label ${id}`, class: classes("bp-label", selected && (lit ? "bp-now" : "bp-chosen")), "aria-hidden": "true" },
    lead && node("path", { key: "lead", class: "bp-lead", d: lead }),
    rounded(box, "bp-card", 8),
    row(box.y, "value", id, first, { ...middle, y: box.y + 18, class: colour }),
    gradient && row(box.y + box.h / 2, "gradient", gradientId ?? id, below, { ...middle, y: box.y + 37, class: "bp-gradient" }),
  );
}

/** How wide a label's card must be. */
export const labelWidth = ({ first: { sup, sub, rest }, gradient }) =>
  Math.max(34 + (sup ? 18 : (sub ?? "").length * 8) + measure(rest, 13.5, 600), 20 + measure(gradient, 13.5, 600));

export function loss(it, { x, y, r }, current, wide) {
  const value = bare(it.value);
  const size = fit([value], 2 * r - 10, 15, 600);
  const box = { x: x - r, y: y - r, w: 2 * r, h: 2 * r, round: true };
  const under = { x, y: y + (r > 28 ? 15 : 13) };
  const words = wide ? lines(it.caption, 2 * r + 20, 13) : [];
  return node(
    "g",
    {
      key: `loss ${it.id}`,
      class: classes(it.selected && "bp-selected"),
      ...pressable(it.id, it.label ?? `${it.base} ${it.value}`, it.selected, current),
    },
    rounded(box, "bp-circle", r),
    rounded(box, classes("bp-light", it.lit && "bp-on"), r),
    rounded(grown(box, 4), "bp-ring", r + 4),
    name(it, { x, y: y - (r > 28 ? 5 : 2), size: r > 28 ? 17 : 14, anchor: "middle" }),
    value && text(value, { ...under, size, room: 2 * r - 8, weight: it.lit ? 700 : 400, class: "bp-number bp-loss-number" }),
    words.map((line, at) => text(line, { x, y: y + r + 19 + 15 * at, size: 13, class: "bp-quiet" })),
  );
}

/** From an output to the loss; the same shape, purple and pointing back, says where gradients go. */
export function arrow([x0, y0], [x1, y1], kind, on, key) {
  const long = Math.hypot(x1 - x0, y1 - y0) || 1;
  const [u, v] = [(x1 - x0) / long, (y1 - y0) / long];
  const [bx, by] = [x1 - 9 * u, y1 - 9 * v];
  const tip = `M${x1} ${y1}L${bx - 5 * v} ${by + 5 * u}L${bx + 5 * v} ${by - 5 * u}Z`;
  const d = `M${x0} ${y0}L${bx} ${by}`;
  return node(
    "g",
    { key, class: kind, "aria-hidden": "true" },
    node("path", { class: classes("bp-halo", on && "bp-on"), d, "stroke-width": 11 }),
    node("path", { class: "bp-arrow", d }),
    node("path", { class: "bp-tip", d: tip }),
  );
}

export const caption = (content, x, y, room) => {
  const size = Math.max(SMALLEST, fit([content], room, 13));
  return text(content, { x, y, size, room, class: "bp-quiet" });
};

/** Orange – page – blue for the bytes 0 … 128 … 255. Row 0 is the lowest, a canvas begins at the top. */
export function mapPicture(encoded, n, colours) {
  const bytes = Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0));
  const [page, low, high] = [colours.page, colours.negative, colours.positive].map(rgb);
  const canvas = Object.assign(document.createElement("canvas"), { width: n, height: n });
  const image = new ImageData(n, n);
  bytes.forEach((byte, at) => {
    const share = Math.min(1, Math.abs(byte - 128) / 127);
    const place = 4 * ((n - 1 - Math.floor(at / n)) * n + (at % n));
    (byte < 128 ? low : high).forEach((end, c) => (image.data[place + c] = page[c] + share * (end - page[c])));
    image.data[place + 3] = 255;
  });
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
