// Where the lanes' badges stand. Several lanes are often at the same place: then badges step aside, each as little as possible, and
// stay where they were as long as that is free.

export const RADIUS = 9; // px, of a badge
const APART = 2 * RADIUS + 2;
const RINGS = [20, 30, 42, 56, 72]; // px: how far a badge may step aside
const TURNS = 12;
const turned = (r, turn) => [r * Math.cos((2 * Math.PI * turn) / TURNS), r * Math.sin((2 * Math.PI * turn) / TURNS)];
const STEPS = [[0, 0], ...RINGS.flatMap((r) => Array.from({ length: TURNS }, (_, turn) => turned(r, turn)))];

/**
 * points: [{key, to: [x, y]}]; box: the picture; busy: points to keep clear of; kept: remembers the step of each key. Returns a
 * place for each point.
 */
export function spread(points, box, busy, kept) {
  const placed = [];
  for (const { key, to } of points) {
    const others = [...busy, ...points.map((point) => point.to)].filter((other) => away(other, to) > 3);
    const cost = ([dx, dy], n) => {
      const at = [to[0] + dx, to[1] + dy];
      const covered = placed.reduce((sum, other) => sum + Math.max(0, APART - away(at, other)), 0);
      const hidden = others.reduce((sum, other) => sum + Math.max(0, RADIUS + 5 - away(at, other)), 0);
      return 30 * covered + 6 * hidden + 20 * beyond(at, box) + Math.hypot(dx, dy) - (kept.get(key) === n ? 6 : 0);
    };
    const costs = STEPS.map(cost);
    const best = costs.indexOf(Math.min(...costs));
    kept.set(key, best);
    placed.push([to[0] + STEPS[best][0], to[1] + STEPS[best][1]]);
  }
  return placed;
}

const away = (a, b) => Math.hypot(b[0] - a[0], b[1] - a[1]);

/** How many pixels of a badge here the box cuts off. */
function beyond([x, y], [left, top, right, bottom]) {
  return Math.max(0, left - x + RADIUS, x + RADIUS - right) + Math.max(0, top - y + RADIUS, y + RADIUS - bottom);
}

/** Heights for badges below each other, each as near as possible to the wanted one and all between low and high. */
export function apart(wanted, low, high) {
  const gap = Math.min(APART, (high - low) / Math.max(1, wanted.length - 1));
  const groups = [];
  for (const lane of [...wanted.keys()].sort((a, b) => wanted[a] - wanted[b] || a - b)) {
    let group = { wish: wanted[lane], lanes: [lane] };
    for (let last = groups.at(-1); last && touch(last, group); last = groups.at(-1)) {
      groups.pop();
      const wish = (last.wish * last.lanes.length + group.wish * group.lanes.length) / (last.lanes.length + group.lanes.length);
      group = { wish, lanes: [...last.lanes, ...group.lanes] };
    }
    groups.push(group);
  }
  const found = [];
  for (const group of groups) group.lanes.forEach((lane, n) => (found[lane] = top(group) + n * gap));
  return found;

  /** The height of a group's first badge. */
  function top({ wish, lanes }) {
    const length = (lanes.length - 1) * gap;
    return Math.max(low, Math.min(high - length, wish - length / 2));
  }

  function touch(above, below) {
    return top(below) - top(above) < above.lanes.length * gap - 1e-6;
  }
}
