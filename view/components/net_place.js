// Where everything of the network's drawing stands. Places come from the width and the architecture, never from the moment: so
// nothing jumps. A label looks for the free place nearest to its edge and never stands on a unit.
const BOX = { first: 52, hidden: 62, last: 74 }; // px: frames of inputs, hidden units and a single output; maps are 6 px less
const RADIUS = 35; // of the loss
const BODY = 340, CLOSE = 312, GAP = 10; // the tallest layer, also where layers stand close; between two units
const TRAY = 48; // room for labels below layers that stand close
const LEAST = { box: 26, gap: 28 };
const LETTER = 28; // room for a unit's name beside it
export const WIDE = 620; // px: below, captions go
const CROWD = 3; // more lit edges than this in one gap carry no numbers: they would only cover each other
const FAR = 60; // px: a label further away from its bias would belong to nothing; it comes when it is asked for
export const LABEL = { w: 118, one: 27, two: 46 };
const clamp = (x, low, high) => Math.max(low, Math.min(high, x));

/** {width, height, scale, wide, columns: [{x, w, units: [{x, y, w, h, round}], caption}], gap, loss, wave}. */
export function plan(data, room, round) {
  const { layers } = data;
  const wide = room >= WIDE;
  const at = (l) => (l === 0 ? BOX.first : l === layers.length - 1 && layers[l].units.length === 1 ? BOX.last : BOX.hidden);
  const tallest = layers.length > 4 || !wide ? CLOSE : BODY;
  const wanted = layers.map(({ units }, l) => Math.min(at(l), tallest / Math.max(5, units.length) - GAP + 2));

  // Across: the units take their share, the gaps the rest; the gap before the loss is the smallest.
  const left = layers[0].units.some(({ base }) => base) ? LETTER - 4 : 4;
  const gaps = layers.length - 1 + 0.4;
  const free = room - left - 4;
  const sum = wanted.reduce((a, b) => a + b, 2 * RADIUS);
  const scale = Math.min(1, ((wide ? 0.64 : 0.55) * free) / sum);
  const sizes = wanted.map((size) => Math.max(LEAST.box, Math.round(size * scale)));
  const widths = sizes.map((size) => (round && scale > 0.7 ? Math.max(size, 52) : size)); // a number needs room
  const radius = Math.max(22, Math.round(RADIUS * scale));
  const rest = free - 1 - widths.reduce((a, b) => a + b, 2 * radius);
  const last = clamp((0.4 * rest) / gaps, LEAST.gap, 80);
  const gap = clamp((rest - last) / (layers.length - 1), LEAST.gap, 200);

  // Down: a layer with fewer units takes more room for each.
  const pitches = sizes.map((size, l) => (layers[l].units.length > 4 ? size + GAP - 2 : size + 14));
  const body = Math.max(wide ? 220 : 170, ...layers.map(({ units }, l) => units.length * pitches[l]));
  const top = 4;
  let x = left;
  const columns = layers.map(({ units, more }, l) => {
    const n = units.length;
    const label = wide && l && n === 2 ? sizes[l] + LABEL.two + 28 : 0; // two units leave room for a bias's label between them
    const pitch = Math.max(pitches[l], label, Math.min(120, (0.8 * body) / n));
    const column = { x, w: widths[l] };
    const y = (i) => top + body / 2 + pitch * (i - (n - 1) / 2) - sizes[l] / 2;
    const low = (i) => l === layers.length - 1 && i > (n - 1) / 2; // its arrow to the loss goes upwards, so its name stands below
    column.units = units.map((_, i) => ({ x, y: y(i), w: widths[l], h: sizes[l], round, low: low(i) }));
    const bottom = y(n - 1) + sizes[l] + (l ? 7 : 2); // a bias hangs under its unit
    column.caption = { x: x + widths[l] / 2, y: bottom + (more ? 30 : 14), more: bottom + 13 };
    x += widths[l] + (l < layers.length - 1 ? gap : last);
    return column;
  });
  const right = x + 2 * radius + 4;
  const tray = gap < LABEL.w + 8 ? TRAY : 0;
  const foot = top + body + (wide ? 24 : 8) + (layers.some(({ more }) => more) ? 16 : 0);
  const height = Math.ceil(Math.max(foot, top + body / 2 + radius + (wide ? 46 : 30)) + tray);
  const end = columns.at(-1);
  return {
    width: Math.max(room, Math.floor(right)), height, scale: Math.min(1, sizes[Math.min(1, sizes.length - 1)] / BOX.hidden), wide,
    columns, gap,
    loss: { x: x + radius, y: top + body / 2, r: radius },
    wave: { x: end.x + end.w + 4, y: height - (tray ? TRAY / 2 : 14), w: last + 2 * radius },
  };
}

/** The curve of an edge as {d, points}: it leaves the middle of its unit and arrives beside the others. */
export function curve(place, [l, i], [m, j]) {
  const [a, b] = [place.columns[l].units[i], place.columns[m].units[j]];
  const n = place.columns[l].units.length;
  const step = n > 1 ? Math.min(13, (0.62 * b.h) / (n - 1)) : 0;
  const [x0, y0, x1, y1] = [a.x + a.w, a.y + a.h / 2, b.x, b.y + b.h / 2 + step * (i - (n - 1) / 2)];
  return bezier([x0, y0], [x0 + 0.5 * (x1 - x0), y0], [x1 - 0.5 * (x1 - x0), y1], [x1, y1]);
}

/** The stub of a bias: from below into its unit. */
export function stub(place, [l, i]) {
  const { x, y, w, h } = place.columns[l].units[i];
  const foot = [x + w / 2, y + h + 8];
  return bezier(foot, [foot[0], foot[1] - 2], [foot[0], foot[1] - 6], [foot[0], y + h]);
}

function bezier(a, b, c, d) {
  const points = Array.from({ length: 9 }, (_, n) => {
    const t = n / 8;
    const mix = (k) => (1 - t) ** 3 * a[k] + 3 * t * (1 - t) ** 2 * b[k] + 3 * t * t * (1 - t) * c[k] + t ** 3 * d[k];
    return [mix(0), mix(1)];
  });
  return { d: `M${a}C${b} ${c} ${d}`, points };
}

/** What a label may never cover: units with their names, the loss, captions and the words of the wave. */
function solid(place) {
  const frame = ({ x, y, w, h }, l) => ({ x: l ? x - 5 : x - 26, y: y - 5, w: w + (l ? 10 : 31), h: h + 14 });
  const units = place.columns.flatMap((column, l) => column.units.map((box) => frame(box, l)));
  const after = ({ x, y, w, h, low }) => ({ x: x + w, y: low ? y + h - 21 : y - 3, w: LETTER, h: 24 });
  const names = place.columns.slice(1).flatMap((column) => column.units.map(after));
  const { loss, wave, wide } = place;
  const [end] = place.columns.at(-1).units;
  const letter = { x: end.x + end.w / 2 - 14, y: end.y - 28, w: 28, h: 28 }; // of a single output
  const captions = place.columns.map(({ caption, w }) => ({ x: caption.x - w / 2 - 8, y: caption.y - 14, w: w + 16, h: 20 }));
  const circle = { x: loss.x - loss.r - 4, y: loss.y - loss.r - 4, w: 2 * loss.r + 8, h: 2 * loss.r + (wide ? 44 : 8) };
  return [...units, ...names, letter, ...(wide ? captions : []), circle, { x: wave.x - 4, y: wave.y - 16, w: wave.w, h: 32 }];
}

const meet = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
const inside = ([x, y], box) => x > box.x && x < box.x + box.w && y > box.y && y < box.y + box.h;
const away = ([x, y], box) => Math.hypot(Math.max(box.x - x, 0, x - box.x - box.w), Math.max(box.y - y, 0, y - box.y - box.h));

/**
 * A free place of w × h near the curve through `points`: not on anything of `taken`, if possible on no curve, least of all on
 * those `lit`; null when there is none.
 */
function spot(place, points, { w, h }, taken, lit, others) {
  const own = points.slice(2, 7);
  const middle = points[4];
  let best = null;
  for (let y = 2; y <= place.height - h; y += 9) {
    for (let x = 2; x <= place.width - w; x += 9) {
      const box = { x, y, w, h };
      if (taken.some((other) => meet(box, other))) continue;
      const near = Math.min(...own.map((point) => away(point, box)));
      const grown = { x: x - 7, y: y - 7, w: w + 14, h: h + 14 };
      const cost = Math.abs(near - 12) + 0.15 * Math.hypot(x + w / 2 - middle[0], y + h / 2 - middle[1]);
      if (best && cost >= best.cost) continue; // the curves can only make it worse
      const crossed = (curves, at) => curves.reduce((sum, curve) => sum + curve.filter((point) => inside(point, at)).length, 0);
      const all = cost + 30 * crossed(lit, grown) + Math.min(40, 6 * crossed(others, box));
      if (!best || all < best.cost) best = { ...box, cost: all };
    }
  }
  return best;
}

/**
 * Which labels are shown, each with its `box`. Those that are selected or lit have places of their own; the one that is `hot`
 * comes as a guest: it moves nothing, and what it would cover steps back meanwhile.
 */
export function seats(place, wanted, widthOf) {
  const curves = wanted.filter(({ box }) => !box);
  const lit = curves.filter(({ it }) => it.lit || it.selected);
  const crowded = ({ gap }) => lit.filter((other) => other.gap === gap).length > CROWD;
  const [bright, dim] = [lit, curves.filter((one) => !lit.includes(one))].map((some) => some.map(({ points }) => points));
  const fixed = solid(place);
  const seat = (one, placed) => {
    const size = { w: Math.max(LABEL.w, Math.ceil(widthOf(one))), h: LABEL.two };
    const box = spot(place, one.points ?? rim(one.box), size, [...fixed, ...placed.map((other) => other.box)], bright, dim);
    const lost = box && one.short && !one.it.selected && !one.hot && away(one.points[0], box) > FAR;
    return box && !lost ? [{ ...one, box }] : [];
  };
  const chosen = wanted.filter(({ it }) => it.selected);
  const still = [...chosen, ...lit.filter((one) => !one.it.selected && !crowded(one))];
  const placed = still.reduce((found, one) => [...found, ...seat(one, found)], []);
  const hot = wanted.find((one) => one.hot && !placed.some(({ it }) => it === one.it));
  const guest = hot ? seat(hot, placed.filter(({ it }) => it.selected)) : [];
  return [...placed.filter(({ box }) => !guest.some((one) => meet(one.box, box))), ...guest];
}

/** From a card to the foot of the bias that it tells of, unless it stands right beside it or below, under the caption. */
export function lead(box, foot) {
  const below = foot[0] > box.x && foot[0] < box.x + box.w && box.y > foot[1];
  if (away(foot, box) < (below ? 60 : 8)) return null;
  return `M${clamp(foot[0], box.x, box.x + box.w)} ${clamp(foot[1], box.y, box.y + box.h)}L${foot}`;
}

const rim = ({ x, y, w, h }) => Array.from({ length: 9 }, (_, n) => [x + (n % 2 ? 0 : w), n < 5 ? y : y + h]);
