// The oracle: what this very step does to the loss, for every learning rate, before it is taken. Beside the exact curve stand two
// guesses, the gradient's straight line and the Hessian's parabola; every curve and every mark has its name at a free place.
import { html, svg } from "./common.js";
import { axes, cutout, dot, route } from "./chart_curves.js";
import { around, boxes } from "./chart_labels.js";

const CURVES = ["exact", "quadratic", "first"];
const SIDES = [[1, 0], [-1, 0], [1, 1], [-1, -1], [1, -1], [-1, 1], [0, 1], [0, -1]]; // the best first
const BESIDE = [[-1, 0], [1, 0]];
const INSIDE = [[0, -1], ...SIDES]; // the best rate lies at the bottom of a bowl
const HEIGHT = 15; // of one line of text
const FAR = 2000; // pixels; what lies farther away is out of sight
const STRIDE = 14; // pixels between two places on a curve where its name may stand
const EARLY = 40; // how much less a name fits to the beginning of its curve than to its end
const NEAR = 20; // px: farther from its place, a name needs a line that leads there
const TOO_BAD = 400; // a name that costs more than this would stand on another one or be cut off

export class OraclePicture {
  constructor() {
    this.picture = svg("svg", { role: "img" });
    this.element = html("div", { class: "bp-oracle" }, this.picture);
  }

  /** oracle: exact and quadratic as rows [η, L], first as two such points; quadratic is null where there is no such guess. */
  draw(oracle, texts, size) {
    Object.assign(this, { oracle, texts, side: null });
    this.picture.setAttribute("aria-label", texts.altOracle);
    const frame = (this.frame = axes(this.picture, size, oracle, texts.oracleAxis, texts.lossAxis));
    const marks = told(oracle.marks.map((mark) => placed(mark, frame)));
    const line = (kind, d) => svg("path", { class: `bp-oracle-${kind}`, d });
    const inner = cutout(frame);
    inner.append(line("level", `M${frame.left} ${frame.y(oracle.level)}H${frame.right}`));
    const limits = marks.filter(({ kind, out }) => kind === "limit" && !out);
    inner.append(...limits.map(({ at }) => line("limit", `M${at[0]} ${frame.top}V${frame.bottom}`)));
    for (const kind of CURVES.toReversed()) if (oracle[kind]) inner.append(line(kind, route(oracle[kind], frame)));
    for (const part of ["leaders", "words", "preview"]) this[part] = svg("g");
    const now = dot("now", frame.x(0), frame.y(oracle.level), 5.5);
    this.picture.append(inner, this.leaders, ...marks.map(sign), this.words, now, this.preview);
    this.name(marks, limits);
    this.move(null);
  }

  /** The names of marks and curves, those with the least choice of places first. */
  name(marks, limits) {
    const { frame, oracle, texts } = this;
    const { left, right, top, bottom } = frame;
    const pixels = (points) => dense(points ?? [], frame).filter((point) => !held(point, frame).out);
    const seen = CURVES.map((kind) => [kind, pixels(oracle[kind])]);
    const lines = [oracle.x.map((eta) => [eta, oracle.level]), ...limits.map(({ eta }) => oracle.y.map((loss) => [eta, loss]))];
    this.room = [left + 4, top + 2, right + 8, bottom];
    this.busy = [...seen.map(([, points]) => points), ...lines.map(pixels)].flat().map((point) => around(point, 4));
    this.busy.push(...marks.filter((mark) => !limits.includes(mark)).map(({ at }) => around(at, 7)));
    this.named = [];
    const rest = oracle.now ? this.rest() : []; // room for the hollow point and its name
    const busy = [...this.busy, ...rest];
    const put = (kind, text, spots, sides, gaps) => {
      const words = this.words.appendChild(svg("text", { class: `bp-oracle-name bp-${kind}` }, ...lowered(text)));
      const best = free(size(words), spots, sides, gaps, { ...this, busy, named: [...this.named, ...rest.slice(1)] });
      if (best.rough > TOO_BAD) return words.remove(); // the line below the picture says it
      this.named.push(best.box);
      stand(words, best.box);
      if (best.gap <= NEAR) return;
      const leader = [best.spot, nearest(best.spot, best.box)];
      this.leaders.append(svg("path", { class: `bp-oracle-leader bp-${kind}`, d: `M${leader.join("L")}` }));
      for (const all of [this.busy, busy]) all.push(...boxes(leader, 2));
    };
    for (const { text, at } of limits) put("limit", text, steps(bottom - 20, top + 12, 12).map((h) => [at[0], h]), BESIDE, [8]);
    for (const { kind, text, at, out } of marks.filter((mark) => !limits.includes(mark))) {
      put(kind, text, [at], kind === "best" ? INSIDE : SIDES, out ? [15, 24, 40, 56] : [10, 18, 32, 50]);
    }
    const exact = seen[0][1].map((point) => around(point, 1));
    const within = ([, h]) => h > top + HEIGHT / 2 && h < bottom - HEIGHT / 2;
    for (const [kind, all] of seen.filter(([, [first]]) => first)) {
      const points = all.some(within) ? all.filter(within) : all;
      const own = kind === "exact" ? points : points.filter((point) => !hits(around(point, 9), exact));
      put(kind, texts[kind], spread(own.length ? own : points), SIDES, [9, 24, 40, 64, 100]);
    }
  }

  /** The boxes of the hollow point at the experiment's own rate and of its name. */
  rest() {
    const { at } = placed(this.oracle.now, this.frame);
    const lands = this.texts.lands.replace("{0}", this.oracle.now.eta);
    const words = this.words.appendChild(svg("text", { class: "bp-oracle-name bp-hollow" }, lands));
    const { box } = free(size(words), [at], SIDES, [13, 24], this);
    words.remove();
    return [around(at, 11), box];
  }

  /** The hollow point, where a step with this rate lands: {eta (its text), value, loss}, or null for the experiment's own rate. */
  move(landing) {
    const { now } = this.oracle;
    const to = landing ?? (now && { eta: String(now.eta), value: now.eta, loss: now.loss });
    this.preview.replaceChildren();
    if (!to || !Number.isFinite(to.value)) return;
    const { at, out } = placed({ eta: to.value, loss: to.loss }, this.frame);
    const lands = this.texts.lands.replace("{0}", to.eta);
    const words = svg("text", { class: "bp-oracle-name bp-hollow" }, out ? `${lands} · L ${about(to.loss)}` : lands);
    this.preview.append(words, out ? tip("hollow", at, out) : dot("hollow", ...at, 6.5));
    const best = free(size(words), [at], SIDES, [13, 24, 40, 60], this, this.side);
    this.side = best.side;
    stand(words, best.box);
  }
}

/** A mark with its place in pixels; beyond the frame its name has a number. The limit is a place on the η axis only. */
function placed(mark, frame) {
  const loss = Number.isFinite(mark.loss) ? mark.loss : Infinity;
  const place = held([frame.x(mark.eta), mark.kind === "limit" ? frame.top + 26 : frame.y(loss)], frame);
  const bare = place.out && mark.text && !/\d/.test(mark.text);
  return { ...mark, ...place, text: bare ? `${mark.text}, η ${about(mark.eta)}` : mark.text };
}

/** The marks worth telling: with one sample, the first ReLU that goes off is the last. */
function told(marks) {
  const dead = marks.find(({ kind }) => kind === "dead");
  const last = ({ kind, at }) => kind === "off" && dead && Math.abs(at[0] - dead.at[0]) < 1;
  return marks.filter((mark) => Number.isFinite(mark.eta) && !last(mark));
}

/** A place held inside the frame; out: [across, down], the way it lies beyond it, or null. */
export function held([x, y], { left, right, top, bottom }) {
  const at = nearest([x, y], [left, top, right, bottom]);
  const out = [x, y].map((wanted, i) => Math.sign(Math.trunc(wanted - at[i])));
  return { at, out: out[0] || out[1] ? out : null };
}

/** An arrow head at the rim, pointing at what lies beyond it. */
export function tip(kind, [x, y], [across, down]) {
  const turn = (Math.atan2(down, across) * 180) / Math.PI;
  return svg("path", { class: `bp-head bp-${kind}`, d: "M0 0L-11 -6V6Z", transform: `translate(${x} ${y}) rotate(${turn})` });
}

/** Best: a diamond. Rising: a triangle. A ReLU that goes off: a tick. The limit is a line of its own. */
function sign({ kind, at: [x, y], out }) {
  if (out) return tip("mark", [x, y], out);
  const shape = { best: "m0 -6.5l6.5 6.5l-6.5 6.5l-6.5 -6.5Z", rises: "m0 -5.5l5.5 10h-11Z", limit: "" }[kind] ?? "m0 -8v16";
  return svg("path", { class: `bp-oracle-mark bp-${kind}`, d: `M${x} ${y}${shape}` });
}

/** The points of a curve in pixels, at most 7 apart. */
function dense(points, { x, y }) {
  const there = points.filter((point) => point.every(Number.isFinite)).map(([a, b]) => [x(a), Math.max(-FAR, Math.min(FAR, y(b)))]);
  return there.flatMap(([px, py], i) => {
    if (!i) return [[px, py]];
    const [qx, qy] = there[i - 1];
    const parts = Math.ceil(Math.hypot(px - qx, py - qy) / 7);
    return steps(0, 1, parts + 1).slice(1).map((share) => [qx + share * (px - qx), qy + share * (py - qy)]);
  });
}

const steps = (from, to, n) => Array.from({ length: n }, (_, i) => from + (i / (n - 1)) * (to - from));

/** Places along a curve, a stride apart, its end last. */
function spread(points) {
  const chosen = [points.at(-1)];
  for (const point of points.toReversed()) {
    if (Math.hypot(point[0] - chosen[0][0], point[1] - chosen[0][1]) >= STRIDE) chosen.unshift(point);
  }
  return chosen;
}

const touch = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
export const hits = (box, others) => others.reduce((sum, other) => sum + touch(box, other), 0);

/** The best place for a text beside one of these spots: clear of other names first, then of lines, then near and late. */
function free([width, height], spots, sides, gaps, { named, busy, room }, before = null) {
  let best = null;
  for (const [i, [sx, sy]] of spots.entries()) {
    for (const [n, side] of sides.entries()) {
      for (const gap of gaps) {
        const norm = Math.hypot(...side);
        const x = sx + (side[0] / norm) * gap + (side[0] * width) / 2;
        const y = sy + (side[1] / norm) * gap + (side[1] * height) / 2;
        const box = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
        const cutOff = Math.max(0, room[0] - box[0], room[1] - box[1], box[2] - room[2], box[3] - room[3]);
        const far = gap + n + (EARLY * (spots.length - 1 - i)) / spots.length - (side === before ? 12 : 0);
        const rough = far + 900 * hits(box, named) + 60 * cutOff;
        if (best && rough >= best.cost) continue; // most places need no closer look
        const leader = gap > NEAR ? boxes([[sx, sy], nearest([sx, sy], box)], 2) : [];
        const crossed = leader.reduce((sum, part) => sum + hits(part, named), 0);
        const cost = rough + 25 * hits(box, busy) + 100 * crossed;
        if (!best || cost < best.cost) best = { box, side, gap, rough, cost, spot: [sx, sy] };
      }
    }
  }
  return best;
}

/** A text's size in pixels; it must be in the page. */
export const size = (words) => [words.getComputedTextLength() + 6, HEIGHT];

function stand(words, [left, top, right, bottom]) {
  words.setAttribute("x", (left + right) / 2);
  words.setAttribute("y", (top + bottom) / 2);
}

/** The place of a box that is nearest to a point. */
export function nearest([x, y], [left, top, right, bottom]) {
  return [Math.max(left, Math.min(right, x)), Math.max(top, Math.min(bottom, y))];
}

/** λmax as the book writes it: "max" a little lower. */
export function lowered(text) {
  return text.split(/(?<=λ)(max)/).flatMap((part, i, all) => {
    if (part === "max" && i) return svg("tspan", { class: "bp-oracle-sub", dy: 3 }, part);
    return all[i - 1] === "max" ? svg("tspan", { dy: -3 }, part) : part;
  });
}

/** 12.345 -> "12.34": at most four digits, ties to the even one as everywhere, powers of ten beyond. */
export function shown(x) {
  const sign = x < 0 ? "−" : "";
  if (Math.abs(x) > 1e36) return `${sign}∞`; // what the data say instead of infinity
  const all = Math.abs(x).toExponential(40);
  const tie = /^\d\.\d\d[02468]50*e/.test(all);
  const [digits, power] = (tie ? all.slice(0, 5) + all.slice(42) : Math.abs(x).toExponential(3)).split("e");
  if (power >= -4 && power < 4) return sign + Number(`${digits}e${power}`);
  const raised = [...String(Number(power))].map((c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)]).join("");
  return `${sign}${Number(digits) === 1 ? "" : `${Number(digits)}×`}10${raised}`;
}

const about = (x) => (Math.abs(x) > 1e36 ? "> 10³⁶" : `≈ ${shown(x)}`);
