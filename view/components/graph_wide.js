// The wide drawing: inputs at the left, edges into the neuron, then one card after the other up to the loss. All places come
// from the width and from the number of inputs, columns and rows, never from the moment: so nothing jumps.
import { node } from "./graph_scene.js";
import * as shape from "./graph_shapes.js";

const HEAD = 26, ROW = 24, PAD = 4; // a card: its head, a row (also the height of what can be pressed), its edges
const INPUT = 58, RADIUS = 34, ARROW = 22, GAP = 6; // px
const CARD = { w: 148, h: 46 }; // of a weight
const clamp = (x, low, high) => Math.max(low, Math.min(high, x));

export function wide(data, width, row) {
  const place = plan(data, width);
  return {
    height: place.height,
    nodes: [
      ...box(data, place),
      ...data.weights.map((weight) => shape.edge(weight, path(weight, data, place))),
      ...data.inputs.flatMap((input, at) => inputCard(input, data, place, at, row)),
      ...data.weights.map((weight) => shape.label(weight, ...labelBoxes(weight, data, place), data, row)),
      ...(place.source ? [source(place.source)] : []),
      ...data.cards.flatMap((card, at) => quantity(card, place.cards[at], data, place, row)),
      ...loss(data, place),
      ...aside(data, place),
    ],
  };
}

/** Where everything stands. */
function plan(data, width) {
  const rows = data.inputs[0].cells.length;
  const many = data.samples.length > 0;
  const bias = data.weights.some((weight) => weight.from === null);
  const left = many ? 22 : 1; // the samples' numbers
  const cardHeight = HEAD + ROW * rows + PAD;

  const units = data.cards.map((card) => Math.max(1.3, card.columns.length));
  const sum = units.reduce((a, b) => a + b, 0);
  const fixed = left + INPUT + 20 + 2 * PAD * units.length + ARROW * units.length + 2 * RADIUS + 4;
  const least = data.inputs.length > 2 ? 150 : clamp(0.135 * width, 84, 130); // room for the edges
  const column = clamp((width - fixed - least) / sum, 38, 62);
  const edges = clamp(width - fixed - column * sum, 60, 180);

  const inner = left + INPUT + edges; // the left side of the first card
  let x = inner;
  const cards = data.cards.map((card, at) => {
    const w = units[at] * column + 2 * PAD;
    const found = { x, w };
    const leaves = card.inside && !data.cards[at + 1]?.inside;
    x += w + ARROW + (leaves ? 10 : 0);
    return found;
  });
  const inside = data.cards.map((card, at) => card.inside && shape.captionLines(card.caption, captionRoom(cards[at])).length);
  const boxHeight = 24 + cardHeight + 10 + 16 * Math.max(...inside, 1);

  // The labels' cards: a line above for the first weight, a line below for the last and the bias. Where two must share the
  // line below, the votes go under the numbers and the line is higher.
  const from = left + INPUT + 18;
  const high = many ? 54 : 48;
  const low = bias && many ? 86 : high;
  const source = bias && Math.max(from + CARD.w + 17, cards[0].x + cards[0].w + 4);
  const full = many ? CARD.w + 156 : CARD.w;
  const outer = bias && many ? source - 17 - from : full;

  const n = data.inputs.length;
  const [above, below] = [high + 14, low + 14]; // the first and the last edge leave their cards clear of the labels
  const height = Math.max(high + low + 2 * GAP + boxHeight, above + below + (n - 1) * (cardHeight + 14), n * (cardHeight + 14));
  const centres = data.inputs.map((_, at) => (n === 1 ? height / 2 : above + (at * (height - above - below)) / (n - 1)));
  const boxTop = Math.round((height + high - low - boxHeight) / 2);
  const top = boxTop + 24;
  return {
    rows, many, bias, left, cardHeight, cards, inner, height, centres, boxTop, boxHeight, top, from, high, low, full, outer,
    bottom: height - low - 1,
    source: bias && { x: source, y: height - low + 14 },
    middle: top + cardHeight / 2,
    circle: { x, y: top + cardHeight / 2 - RADIUS, w: 2 * RADIUS, h: 2 * RADIUS },
    captions: top + cardHeight + 18,
  };
}

const captionRoom = (card) => card.w + ARROW - 4;

/** The grey box of the neuron behind the cards that are inside it. */
function box(data, place) {
  const inside = place.cards.filter((_, at) => data.cards[at].inside);
  if (!inside.length) return [];
  const [x, end] = [inside[0].x - 10, inside.at(-1).x + inside.at(-1).w + 10];
  const y = place.boxTop;
  return [
    shape.card({ x, y, w: end - x, h: place.boxHeight }, "bp-box"),
    shape.quiet(data.texts.neuron, (x + end) / 2, y + 17),
  ];
}

function rowBox({ x, w }, place, top, at) {
  return { x, y: top + HEAD + ROW * at, w, h: ROW };
}

function inputCard(input, data, place, at, row) {
  const span = { x: place.left, w: INPUT };
  const top = place.centres[at] - place.cardHeight / 2;
  const whole = { ...span, y: top, h: place.cardHeight };
  const size = shape.columnSize(input.cells, INPUT);
  const labels = data.samples.map((name, n) => {
    const look = { "data-row": n, weight: row === String(n) ? 700 : 400 };
    return shape.quiet(name, place.left - 14, top + HEAD + ROW * (n + 0.5) + 5, look);
  });
  return [
    shape.card(whole),
    ...stripes(span, place, top, row),
    shape.light({ x: span.x + 3, y: top + 3, w: INPUT - 6, h: place.cardHeight - 6 }, input.lit),
    ...(place.many ? [shape.quiet(data.sampleHead, place.left - 14, top + 19), ...labels] : []),
    shape.head(input, place.left + INPUT / 2, top + 19),
    ...input.cells.map((cell, n) =>
      shape.number(cell, rowBox({ x: span.x + 4, w: INPUT - 8 }, place, top, n), {
        kind: "value", row: rowOf(place, n), near: row === String(n), bold: input.lit, size, anchor: "middle",
      }),
    ),
  ];
}

const rowOf = (place, n) => (place.many ? n : null);

function stripes({ x, w }, place, top, row) {
  const inner = { x: x + 3, w: w - 6 };
  const all = Array.from({ length: place.rows }, (_, n) => shape.stripe(rowBox(inner, place, top, n), row === String(n)));
  return place.many ? all : [];
}

/** A card with its columns, its caption, and the arrow to what follows. */
function quantity(card, { x, w }, data, place, row) {
  const { top, cardHeight: h, middle } = place;
  const each = (w - 2 * PAD) / card.columns.length;
  const end = place.cards.find((other) => other.x > x)?.x ?? place.circle.x;
  return [
    shape.card({ x, y: top, w, h }),
    ...stripes({ x, w }, place, top, row),
    ...card.columns.map(({ lit }, at) => shape.light({ x: x + PAD - 1 + each * at, y: top + 3, w: each + 2, h: h - 6 }, lit)),
    ...card.columns.flatMap((column, at) => {
      const left = x + PAD + each * at;
      const size = shape.columnSize(column.cells, each);
      const anchor = place.many ? "end" : "middle";
      const cells = column.cells.map((cell, n) =>
        shape.number(cell, rowBox({ x: left, w: each }, place, top, n), {
          kind: column.kind, row: rowOf(place, n), near: row === String(n), bold: column.lit, size, anchor,
        }),
      );
      return [shape.head(column, left + each / 2, top + 19, data.loss.base, { "font-size": each < 46 ? 13 : 15 }), ...cells];
    }),
    ...shape.caption(card.caption, x + w / 2 - (x === place.inner && place.bias ? 10 : 0), place.captions, captionRoom({ w })),
    shape.arrow(x + w + 2, middle, end - 2, middle),
  ];
}

function loss(data, place) {
  const { circle } = place;
  const below = Math.max(place.captions, circle.y + circle.h + 18);
  return [shape.loss(data.loss, circle, false), ...shape.caption(data.loss.caption, circle.x + RADIUS, below, 2 * RADIUS + 16)];
}

/** Right of the labels: what the votes mean, and the way the gradients go (above, when a bias needs the room below). */
function aside(data, place) {
  const x = place.from + place.full + 14;
  const y = place.bias ? place.high - 14 : place.bottom + place.low / 2;
  return [
    shape.ballotWords(data, x, place.bias ? 20 : place.high / 2 + 5, { anchor: "start" }),
    shape.back(data, [x + 84, y, x, y], { x: x + 94, y: y + 5, anchor: "start" }),
  ].filter(Boolean);
}

/** The curve of a weight: from its input's card, or from the 1 below, to the first card. */
function path(weight, data, place) {
  if (weight.from === null) {
    const [x0, y0] = [place.source.x, place.source.y];
    const [x1, y1] = [place.cards[0].x + place.cards[0].w - 8, place.top + place.cardHeight];
    const half = (y0 - y1) / 2;
    return `M${x0} ${y0}C${x0} ${y0 - half} ${x1} ${y1 + half} ${x1} ${y1}`;
  }
  const y0 = place.centres[weight.from];
  const x0 = place.left + INPUT;
  const y1 = place.middle + 22 * (weight.from - (data.inputs.length - 1) / 2);
  const half = (place.inner - x0) / 2;
  return `M${x0} ${y0}C${x0 + half} ${y0} ${place.inner - half} ${y1} ${place.inner} ${y1}`;
}

const source = ({ x, y }) =>
  node("g", { key: "source" }, node("circle", { class: "bp-source", cx: x, cy: y, r: 11 }), shape.quiet("1", x, y + 4.5));

/** A label's card, and the room for the votes in it: above for the first input, below for the last, else beside. */
function labelBoxes(weight, data, place) {
  const last = data.inputs.length - 1;
  const { from, outer, high, low, bottom, many } = place;
  if (weight.from > 0 && weight.from < last) {
    const y = place.centres[weight.from] + (weight.from <= last / 2 ? -54 : 10);
    return [{ x: from - 8, y, w: place.inner - from - 12, h: CARD.h }, null];
  }
  const x = weight.from === null ? place.source.x + 17 : from;
  if (low > high && weight.from !== 0) {
    return [{ x, y: bottom, w: outer, h: CARD.h }, { x, y: bottom + CARD.h + 4, w: outer, h: low - CARD.h - 4 }];
  }
  const y = weight.from === 0 ? 1 : place.height - 1 - CARD.h;
  const ballot = { x: x + CARD.w + 8, y: weight.from === 0 ? 2 : bottom + 1, w: place.full - CARD.w - 8, h: high - 4 };
  return [{ x, y, ...CARD }, many ? ballot : null];
}
