// The names of the sweep's stretches: each stands above or below its dots, where no dot is, or beside them with a line; a name
// that finds no place is left out, for the dot under the handle is named by the loss curve anyway.
import { around, measure } from "./chart_labels.js";
import { svg } from "./common.js";

const HEIGHT = 18; // of a line of text
const NEAR = 6; // pixels between dots and their name
const FAR = 22;

/** labels: [{row, text}]; places: the dots [x, y] by row; room: [left, top, right, bottom]. Returns lines and texts. */
export function names(labels, places, room) {
  const taken = places.map((place) => around(place, 3));
  const found = [];
  for (const { row, text } of labels) {
    const box = candidates(places[row], measure(text) + 4, room).find((spot) => free(spot, taken, room));
    if (!box) continue;
    taken.push(box);
    const [left, top, right, bottom] = box;
    found.push(...leader(places[row], box));
    found.push(svg("text", { x: (left + right) / 2, y: (top + bottom) / 2, dy: "0.35em", "text-anchor": "middle" }, text));
  }
  return found;
}

/** The boxes a name could have, the best first. Above and below it may move along its stretch to stay in the picture. */
function candidates([x, y], width, [left, , right]) {
  const middle = Math.max(left + width / 2, Math.min(right - width / 2, x));
  const level = (top) => [middle - width / 2, top, middle + width / 2, top + HEIGHT];
  const beside = (start) => [start, y - HEIGHT / 2, start + width, y + HEIGHT / 2];
  return [
    level(y - NEAR - HEIGHT),
    level(y + NEAR),
    beside(x + FAR),
    beside(x - FAR - width),
    level(y - FAR - HEIGHT),
    level(y + FAR),
  ];
}

const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
const inside = (a, b) => a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3];
const free = (box, taken, room) => inside(box, room) && !taken.some((other) => overlap(box, other));

/** A line from the dot to a name that does not stand right above or below it. */
function leader([x, y], [left, top, right, bottom]) {
  const to = [Math.max(left, Math.min(right, x)), Math.max(top, Math.min(bottom, y))];
  const long = Math.hypot(to[0] - x, to[1] - y) > NEAR + 2;
  return long ? [svg("path", { class: "bp-leader", d: `M${x} ${y}L${to[0]} ${to[1]}` })] : [];
}
