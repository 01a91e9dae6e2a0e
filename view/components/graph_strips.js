// The drawing on a narrow page: every card is a strip with the samples as columns, and the way to the loss leads downwards.
import { node } from "./graph_scene.js";
import * as shape from "./graph_shapes.js";

const ROW = 28, NAME = 56, DOWN = 34; // px: a row, the room for its name, an arrow between two strips
const MARGIN = 1;

export function strips(data, width, row) {
  const page = { data, width: width - 2 * MARGIN, centre: width / 2, row, many: data.samples.length > 0 };
  const inputs = data.inputs.map((input) => ({ ...input, kind: "value" }));
  const top = page.many ? 20 : 2;
  const bottom = top + high(inputs);
  const labels = grid(page, bottom + (page.many ? 26 : 14));
  const first = labels.end + 30; // the top of the first card
  const nodes = [
    ...samples(page, 14),
    ...data.weights.map((weight, at) => shape.edge(weight, path(weight, page, labels, at, bottom, first))),
    ...strip(inputs, page, top),
    shape.ballotWords(data, labels.words, bottom + 18) || node("g", { key: "ballot words" }),
    ...data.weights.flatMap((weight, at) => [
      ...(weight.from === null ? [source(labels.boxes[at][0])] : []),
      shape.label(weight, ...labels.boxes[at], data, row),
    ]),
    shape.quiet(data.cards[0].caption, width - 8, first - 9, { anchor: "end", room: page.centre - 40 }),
  ];
  let y = first;
  data.cards.forEach((card, at) => {
    if (at) nodes.push(...down(page, card.caption, y));
    if (at) y += DOWN;
    nodes.push(...strip(card.columns, page, y));
    y += high(card.columns);
  });
  nodes.push(...down(page, data.loss.caption, y), up(page, y));
  y += DOWN;
  nodes.push(shape.loss(data.loss, { x: page.centre - 88, y, w: 176, h: 36 }, true));
  return { nodes, height: y + 38 };
}

/** The arrow from one strip to the next, with what happens on the way. */
const down = ({ centre }, caption, y) => [
  shape.arrow(centre, y + 2, centre, y + DOWN - 2),
  shape.quiet(caption, centre + 16, y + DOWN / 2 + 5, { anchor: "start", room: centre - 20 }),
];

/** "gradients travel back" beside the last arrow. */
function up({ data, centre }, y) {
  const x = centre - 14;
  return shape.back(data, [x, y + DOWN - 2, x, y + 2], { x: x - 12, y: y + DOWN / 2 + 5, anchor: "end", room: centre - 30 });
}

const high = (columns) => ROW * columns.length + 6;

/** The x range of sample n; a single sample stands beside its name. */
function columnBox({ data, width, many }, n) {
  const each = many ? (width - NAME - 6) / data.samples.length : 96;
  return { x: MARGIN + NAME + each * n, w: each };
}

function samples(page, y) {
  const { data, row } = page;
  return data.samples.map((name, n) => {
    const { x, w } = columnBox(page, n);
    const words = n ? name : `${data.sampleHead} = ${name}`;
    return shape.quiet(words, x + w - 7, y, { anchor: "end", "data-row": n, weight: row === String(n) ? 700 : 400 });
  });
}

/** One card: a row per quantity, a column per sample. */
function strip(quantities, page, top) {
  const { data, width, row, many } = page;
  const cells = quantities[0].cells.map((_, n) => columnBox(page, n));
  const bands = cells.map(({ x, w }, n) => shape.stripe({ x, y: top + 3, w, h: high(quantities) - 6 }, row === String(n)));
  return [
    shape.card({ x: MARGIN, y: top, w: width, h: high(quantities) }),
    ...(many ? bands : []),
    ...quantities.map((q, at) => shape.light({ x: MARGIN + 3, y: top + 3 + ROW * at, w: width - 6, h: ROW }, q.lit)),
    ...quantities.flatMap((q, at) => {
      const y = top + 3 + ROW * at;
      const size = shape.columnSize(q.cells, cells[0].w);
      return [
        shape.head(q, MARGIN + 13, y + ROW / 2 + 5, data.loss.base, { "text-anchor": "start" }),
        ...q.cells.map((cell, n) => {
          const look = { kind: q.kind, row: many ? n : null, near: row === String(n), bold: q.lit, size };
          return shape.number(cell, { ...cells[n], y, h: ROW }, look);
        }),
      ];
    }),
  ];
}

/** The weights' cards, two in a line on a phone: a box and its room for the votes each; a short last line is centred. */
function grid({ data, width, many, centre }, top) {
  const count = data.weights.length;
  const across = Math.min(count, Math.max(1, Math.floor(width / 165)));
  const [w, h] = [(width - 10 * (across - 1)) / across, many ? 92 : 48];
  const boxes = data.weights.map((weight, at) => {
    const line = Math.floor(at / across);
    const inLine = Math.min(across, count - line * across);
    const indent = centre - MARGIN - (inLine * (w + 10) - 10) / 2;
    const room = weight.from === null ? 28 : 0; // for the 1
    const x = MARGIN + indent + (w + 10) * (at % across) + room;
    const box = { x, y: top + (h + 10) * line, w: w - 1.5 * room, h };
    return [box, many ? { x: x + 8, y: box.y + 46, w: box.w - 16, h: h - 50 } : null];
  });
  const middles = boxes.map(([box]) => box.x + box.w / 2);
  const words = across > 1 ? (middles[0] + middles[1]) / 2 : centre / 2; // between two edges
  return { boxes, words, lines: Math.ceil(count / across), end: boxes.at(-1)[0].y + h };
}

/** From the inputs' strip behind the weight's card, or from the 1 beside it, down to the first card. */
function path(weight, { data, centre }, { boxes, lines, end }, at, bottom, first) {
  const [box] = boxes[at];
  const side = lines > 1 ? 0.3 * Math.sign(box.x + box.w / 2 - centre) : 0; // further out, past the cards below
  const x = weight.from === null ? box.x + box.w / 2 : box.x + box.w * (0.5 + side);
  const start = weight.from === null ? `M${box.x - 14} ${box.y + box.h / 2}H${x}` : `M${x} ${bottom}`;
  const x1 = centre + 12 * (at - (data.weights.length - 1) / 2);
  return `${start}V${end - 10}C${x} ${end + 20} ${x1} ${first - 26} ${x1} ${first}`;
}

const source = ({ x, y, h }) =>
  node(
    "g",
    { key: "source" },
    node("circle", { class: "bp-source", cx: x - 14, cy: y + h / 2, r: 11 }),
    shape.quiet("1", x - 14, y + h / 2 + 4.5),
  );
