// From bytes to a picture: what a payload or one frame of a film says for every input, with the line where the decision changes.
// The numbers were rounded to bytes, so they are smoothed before that line is looked for.
const TIMES = 24; // how often the rounding of the bytes is smoothed

const maps = new WeakMap(); // what was read of a payload
const films = new WeakMap();

/** A payload as {n, k, bytes, line}: k classes, or none; line: where the decision changes, in pieces. Made once per payload. */
export function read(payload) {
  const { n, k, values, classes, half } = payload;
  if (!maps.has(payload)) maps.set(payload, drawn(n, classes && k, decoded(values ?? classes), half));
  return maps.get(payload);
}

/** One frame of a film as {map, curve, wrong}: a map like those of `read` or a curve over [low, high], each null where the film has
 *  none; wrong: for each sample whether the network was wrong about it, or null. Made once per frame. */
export function frameOf(film, index, [low, high]) {
  if (!films.has(film)) {
    const { maps: values, classes, wrong } = film;
    films.set(film, { cells: decoded(values ?? classes), wrong: decoded(wrong), frames: new Map() });
  }
  const { cells, wrong, frames } = films.get(film);
  if (!frames.has(index)) {
    const part = (bytes) => {
      const size = bytes.length / film.ks.length;
      return bytes.subarray(index * size, (index + 1) * size);
    };
    const curve = film.curves?.[index].map((y, i, all) => [low + ((high - low) * i) / (all.length - 1), y]);
    const map = cells && drawn(film.n, film.classes && film.k, part(cells), film.half);
    frames.set(index, { map, curve: curve ?? null, wrong: wrong && [...part(wrong)] });
  }
  return frames.get(index);
}

const decoded = (text) => text && Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/** half: whether the middle of the scale divides two classes; a number that is no class has no line. */
function drawn(n, k, bytes, half = true) {
  if (!half && !k) return { n, k, bytes, line: [] };
  const chance = () => smoothed(Float64Array.from(bytes, (byte) => byte / 255 - 0.5), n, 0.49 / 255);
  const fields = k ? margins(bytes, n, k) : [chance()];
  return { n, k, bytes, line: fields.flatMap((field) => crossings(field, n)) };
}

/** For each class but the last, by how much a cell is in it rather than in the best other one. */
function margins(bytes, n, k) {
  const codes = Array.from({ length: k }, (_, code) => code);
  const fields = codes.map((code) => smoothed(Float64Array.from(bytes, (own) => Number(own === code)), n, 0.49));
  const rival = (code, i) => Math.max(...codes.map((other) => (other === code ? -1 : fields[other][i])));
  return codes.slice(0, -1).map((code) => fields[code].map((own, i) => own - rival(code, i)));
}

/** Numbers that were rounded, made smooth again: none moves farther than its rounding may have moved it. */
function smoothed(field, n, slack) {
  let now = field;
  for (let time = 0; time < TIMES; time += 1) {
    const before = now;
    now = field.map((own, i) => {
      const across = i % n && (i + 1) % n ? before[i - 1] + before[i + 1] : 2 * before[i]; // at the rim: straight on
      const up = i >= n && i + n < field.length ? before[i - n] + before[i + n] : 2 * before[i];
      const mean = (across + up + before[i]) / 5;
      return Math.max(own - slack, Math.min(own + slack, mean));
    });
  }
  return now;
}

/** Where numbers at the cells' centres change their sign: pieces [[x, y], [x, y]] in shares of the box (marching squares). */
function crossings(field, n) {
  const beyond = (near, next) => 1.5 * near - 0.5 * next; // at the rim, half a cell away
  const longer = (row) => [beyond(row[0], row[1]), ...row, beyond(row[n - 1], row[n - 2])];
  const inner = Array.from({ length: n }, (_, j) => longer(field.subarray(j * n, (j + 1) * n)));
  const rim = (near, next) => near.map((value, i) => beyond(value, next[i]));
  const grid = [rim(inner[0], inner[1]), ...inner, rim(inner[n - 1], inner[n - 2])];
  const share = (i) => Math.max(0, Math.min(1, (i - 0.5) / n));
  const pieces = [];
  for (let j = 0; j <= n; j += 1) {
    for (let i = 0; i <= n; i += 1) {
      const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]];
      const values = corners.map(([a, b]) => grid[b][a]);
      if (values.every((value) => value > 0) || values.every((value) => value <= 0)) continue;
      const cuts = corners.flatMap(([a, b], e) => {
        const [[c, d], own, next] = [corners[(e + 1) % 4], values[e], values[(e + 1) % 4]];
        const part = own / (own - next);
        return own > 0 === next > 0 ? [] : [[share(a) + part * (share(c) - share(a)), share(b) + part * (share(d) - share(b))]];
      });
      const middle = values.reduce((sum, value) => sum + value, 0) > 0;
      if (cuts.length === 4 && middle !== values[0] > 0) cuts.unshift(cuts.pop()); // a saddle: its middle decides who is joined
      for (let cut = 0; cut < cuts.length; cut += 2) pieces.push([cuts[cut], cuts[cut + 1]]);
    }
  }
  return pieces;
}

/** A share of a range as a number, rounded to less than a cell, so that it can be read and shared. */
export function along([low, high], share, n) {
  const digits = Math.ceil(-Math.log10((high - low) / n));
  return Number((low + share * (high - low)).toFixed(Math.max(0, Math.min(12, digits)))) + 0; // never -0
}

/** The curve's height at a place, between two of its points. */
export function heightOf(curve, at) {
  const i = Math.max(1, curve.findIndex(([x]) => x >= at));
  const [[x0, y0], [x1, y1]] = [curve[i - 1], curve[i]];
  return y0 + ((y1 - y0) * (at - x0)) / (x1 - x0);
}
