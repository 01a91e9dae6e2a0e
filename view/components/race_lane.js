// What a lane looks like in every picture of the race: its number in a circle and its dashes (race_style.js), and which lane is
// lit. Pictures hear of the light by the event "bp-lane" on the document; its detail is the lane's index, or null: all are equal.
import { svg } from "./common.js";
import { RADIUS } from "./race_places.js";

let now = null;

/** The index of the lane that is lit, or null. */
export const lit = () => now;

export function light(lane) {
  now = lane;
  document.dispatchEvent(new CustomEvent("bp-lane", { detail: lane }));
}

/** The class of what belongs to the lane with this index. */
export const shade = (lane) => (now === null ? "bp-even" : lane === now ? "bp-lit" : "bp-pale");

/** The lanes' indices in the order of painting: the lit one last, over the others. */
export const painted = (lanes) => [...lanes.keys()].sort((a, b) => (a === now) - (b === now));

/** kind: "" where a lane is, "bp-hollow" where its next update lands. */
export function badge(number, [x, y], kind = "") {
  const words = svg("text", { x, y, dy: "0.35em" }, String(number));
  return svg("g", { class: `bp-badge ${kind}` }, svg("circle", { cx: x, cy: y, r: RADIUS }), words);
}

/** From where a lane is to its badge beside it. */
export function leader(from, to) {
  const d = `M${from.map(short)}L${to.map(short)}`;
  return ["bp-rim ", ""].map((rim) => svg("path", { class: `bp-line ${rim}bp-aside`, d }));
}

const short = (x) => x.toFixed(1);

/** The badge and a piece of the lane's line, for the legend. */
export function sample(number) {
  const line = svg("path", { class: `bp-run bp-lane bp-lane-${number}`, d: "M26 11H68" });
  return svg("svg", { width: 70, height: 22, "aria-hidden": "true" }, line, badge(number, [11, 11]));
}
