// The pieces of the drawing: a number that can be pressed, a weight with its edge, label and votes, an arrow, a caption.
import { node } from "./graph_scene.js";
import { SMALLEST, fit, lines, measure, symbol, text } from "./graph_text.js";

export const NUMBER = 15;
const LABEL = 14.5;
const CAPTION = 13;

const classes = (...names) => names.filter(Boolean).join(" ");
const rounded = ({ x, y, w, h }, name, rx = 8) => node("rect", { class: name, x, y, width: w, height: h, rx });
const inset = ({ x, y, w, h }, by) => ({ x: x + by, y: y + by, w: w - 2 * by, h: h - 2 * by });
const around = (a, b) => {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
};
const sign = (size) => (size > 0 ? "bp-positive" : size < 0 ? "bp-negative" : "bp-quiet");

/** What makes an element a button for mouse, keyboard and screen reader. */
const pressable = (id, label, selected) => ({
  "data-id": id, role: "button", tabindex: 0, "aria-label": label, "aria-pressed": String(Boolean(selected)),
});

export const card = (box, name = "bp-card") => rounded(box, name);
export const light = (box, lit, rx = 6) => rounded(box, classes("bp-light", lit && "bp-on"), rx);

/** Row n means sample n in every card. */
export const stripe = (box, on) => rounded(box, classes("bp-stripe", on && "bp-on"), 4);

/** One number. `look`: its kind and row, whether that row is lit, bold, size, and whether it stands at its box's end. */
export function number(cell, box, { kind, row = null, near = false, bold = false, size = NUMBER, anchor = "end" }) {
  const shown = cell.text !== "";
  const x = anchor === "end" ? box.x + box.w - 5 : box.x + box.w / 2;
  const y = box.y + box.h / 2 + 0.35 * size;
  const colour = cell.muted ? "bp-muted" : kind === "gradient" && "bp-gradient";
  const weight = (bold || cell.lit) && !cell.muted ? 700 : 400;
  return node(
    "g",
    {
      key: `cell ${cell.id}`,
      class: classes(shown && cell.selected && "bp-selected", near && bold && "bp-near"),
      "data-row": row,
      ...(shown ? pressable(cell.id, cell.label, cell.selected) : {}),
    },
    light(inset(box, 1), shown && cell.lit && !bold),
    rounded({ ...box, x: box.x + 1, w: box.w - 2 }, "bp-ring", 5), // the full height: what can be pressed
    shown && text(cell.text, { x, y, size, weight, room: box.w - 7, anchor, class: classes("bp-number", colour) }),
  );
}

/** The size at which all numbers of one column fit. */
export const columnSize = (cells, width) => fit(cells.map((cell) => cell.text), width - 7, NUMBER, 700);

/** The head of a column: z, or ∂L/∂z. */
export const head = (column, x, y, of, more = {}) =>
  symbol(column, {
    of: column.partial ? of : null,
    x, y, "font-size": 15, "text-anchor": "middle", class: column.kind === "gradient" ? "bp-gradient" : null, ...more,
  });

export const quiet = (content, x, y, more = {}) => text(content, { x, y, size: CAPTION, class: "bp-quiet", ...more });

export const captionLines = (caption, room) => lines(caption, room, CAPTION);
export const caption = (content, x, y, room) => captionLines(content, room).map((line, at) => quiet(line, x, y + 16 * at));

export function arrow(x0, y0, x1, y1) {
  const [dx, dy] = [Math.sign(x1 - x0), Math.sign(y1 - y0)];
  const [bx, by] = [x1 - 9 * dx, y1 - 9 * dy];
  const tip = `M${x1} ${y1}L${bx - 5 * dy} ${by - 5 * dx}L${bx + 5 * dy} ${by + 5 * dx}Z`;
  const line = `M${x0} ${y0}L${bx} ${by}`;
  return node("g", {}, node("path", { class: "bp-arrow", d: line }), node("path", { class: "bp-tip", d: tip }));
}

/** "gradients travel back": an arrow from (x0, y0) to (x1, y1), and the words at `words`. */
export const back = (data, [x0, y0, x1, y1], words) =>
  node(
    "g",
    { key: "back", class: classes("bp-back", data.arrow && "bp-on"), "aria-hidden": data.arrow ? null : "true" },
    arrow(x0, y0, x1, y1),
    text(data.texts.back, { size: 14, ...words }),
  );

/** What the bars beside the weights mean, as soon as there are some. */
export const ballotWords = (data, x, y, more) =>
  data.weights.some((weight) => weight.votes) && quiet(data.texts.votes, x, y, { key: "ballot words", ...more });

/** A weight's line: width is size, colour and dashes are sign, the yellow halo is light; the clear one is for the pointer. */
export function edge(weight, d) {
  const width = Math.min(9, 1.2 + 5 * Math.abs(weight.size));
  const dashes = weight.muted ? "2 5" : weight.size < 0 ? `${2 * width + 5} ${width + 3}` : null;
  const colour = classes("bp-edge", !weight.muted && sign(weight.size));
  return node(
    "g",
    { key: `edge ${weight.id}`, "data-id": weight.id },
    node("path", { class: classes("bp-halo", weight.lit && "bp-on"), d, "stroke-width": width + 9 }),
    node("path", { class: colour, d, "stroke-width": width, "stroke-dasharray": dashes }),
    node("path", { class: "bp-reach", d, "stroke-width": 24 }),
  );
}

/** The card beside an edge: w₁ = 1.25 (→ 0.8125), under it ∂ = 0.875. The votes stand in `ballot`, if there is one. */
export function label(weight, box, ballot, data, row) {
  const left = { x: box.x + 10, "text-anchor": "start", "font-weight": 600 };
  const line = (key, letters, content, more) => {
    const [room, whole] = [box.w - 20, `${letters.base}${letters.sub ? "m" : ""}${content}`];
    const squeeze = measure(whole, SMALLEST, 600) > room && { textLength: room, lengthAdjust: "spacingAndGlyphs" };
    const size = fit([whole], room, LABEL, 600);
    return symbol(letters, { ...left, key, "font-size": size, rest: [[content]], ...squeeze, ...more });
  };
  const value = ` ${weight.equals} ${weight.value}${weight.after ? ` → ${weight.after}` : ""}`;
  return node(
    "g",
    {
      key: `label ${weight.id}`,
      class: classes(weight.selected && "bp-selected"),
      ...pressable(weight.id, weight.label ?? spoken(weight, data), weight.selected),
    },
    rounded(weight.votes && ballot ? around(box, ballot) : box, "bp-clear"), // no gap to miss between card and votes
    rounded(box, "bp-card"),
    light(box, weight.lit, 8),
    rounded(inset(box, 3), "bp-ring", 6),
    line("value", weight, value, { y: box.y + 19, class: sign(weight.size) }),
    weight.gradient &&
      line("gradient", { base: "∂" }, ` ${weight.gradientEquals} ${weight.gradient}`, { y: box.y + 38, class: "bp-gradient" }),
    weight.votes && ballot && votes(weight.votes, ballot, data, row),
  );
}

/** What a screen reader says of a weight: all that its card shows. */
function spoken(weight, data) {
  const name = weight.base + weight.sub;
  const parts = [`${name} ${weight.equals} ${weight.value}${weight.after ? ` → ${weight.after}` : ""}`];
  if (weight.gradient) parts.push(`∂${data.loss.base}/∂${name} ${weight.gradientEquals} ${weight.gradient}`);
  if (weight.votes) parts.push(`${data.texts.votes}: ${weight.votes.map((vote) => `${vote.sample}: ${vote.text}`).join(", ")}`);
  return parts.join("; ");
}

/** One bar per sample around a zero line, up for + and down for −, with its signed number where there is room. */
function votes(found, box, data, row) {
  const slot = box.w / found.length;
  const numbers = found.length <= 4 && found.every((vote) => measure(vote.text, SMALLEST) <= slot - 3);
  const half = (box.h - 13) / 2;
  const zero = box.y + half;
  const most = Math.max(...data.weights.flatMap((weight) => weight.votes ?? []).map((vote) => Math.abs(vote.share))) || 1;
  const bars = found.map((vote, at) => {
    const x = box.x + slot * (at + 0.5);
    const high = Math.max(2, (half * Math.abs(vote.share)) / most);
    const top = vote.share > 0 ? zero - high : zero;
    return node(
      "g",
      { key: `vote ${at}`, "data-row": at, class: row === String(at) && "bp-near" },
      node("title", {}, `${data.sampleHead} = ${vote.sample}: ${vote.text}`),
      rounded({ x: x - slot / 2, y: box.y - 2, w: slot, h: box.h + 4 }, "bp-ring", 5),
      vote.share
        ? node("rect", { class: `bp-bar ${sign(vote.share)}`, x: x - 4, width: 8, y: top, height: high })
        : node("circle", { class: "bp-bar", cx: x, cy: zero, r: 2.5 }),
      numbers && text(vote.text, { x, y: box.y + box.h - 1, size: SMALLEST, class: sign(vote.share) }),
    );
  });
  return node("g", { key: "votes" }, node("path", { class: "bp-zero", d: `M${box.x} ${zero}h${box.w}` }), bars);
}

/** The loss: a letter and its number in `box`, a circle on the wide page and a lozenge on the phone. */
export function loss({ base, cell, lit }, box, flat) {
  const shown = cell.text !== "";
  const [x, y] = [box.x + box.w / 2, box.y + box.h / 2];
  const size = fit([cell.text], flat ? 90 : box.w - 12, NUMBER, 600);
  const weight = (lit || cell.lit) && !cell.muted ? 700 : 400;
  const letter = flat ? { x: x - 16, y: y + 5.5, "text-anchor": "end" } : { x, y: y - 6, "text-anchor": "middle" };
  const value = flat ? { x: x - 7, y: y + 5.5, anchor: "start" } : { x, y: y + 15 };
  return node(
    "g",
    {
      key: `cell ${cell.id}`,
      class: classes(shown && cell.selected && "bp-selected"),
      ...(shown ? pressable(cell.id, cell.label, cell.selected) : {}),
    },
    rounded(box, "bp-circle", box.h / 2),
    light(box, lit || (shown && cell.lit), box.h / 2),
    rounded(inset(box, 4), "bp-ring", box.h / 2 - 4),
    symbol({ base }, { ...letter, "font-size": 17 }),
    shown && text(cell.text, { ...value, size, weight, class: classes("bp-number", cell.muted && "bp-muted") }),
  );
}
