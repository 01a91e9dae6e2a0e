// The runs on the surface: what stays while η is dragged (the run so far, other rates' paths, the lines where a ReLU switches)
// and what follows the finger (the rest of the run at that η). A path that leaves the picture is an arrow at its rim.
import { around, boxes, drawLabels } from "./chart_labels.js";
import { clip, dots, drawMarks, head, line, outside, pixels, rim } from "./chart_marks.js";
import { svg } from "./common.js";

const VISIBLE = 3; // pixels; a point this near to the surface lies on it

/** The CSS variable of a fate's colour. */
export const colour = (fill) => `var(--bp-${fill.replaceAll("_", "-")})`;

/**
 * Draws into the groups under and over. marks: path [[across, up, height]], ghost (such a path) or null, feet (heights of the surface under the path) or null,
 * switches [[x1, y1, h1, x2, y2, h2]], companions (lists of places), ahead (where labels should not be), labels, texts.
 * Returns the boxes that are taken.
 */
export function drawStill({ under, over }, projection, marks, kept) {
  const seen = (places) => pixels(places, projection.at);
  const lines = clip(projection.box);
  for (const places of marks.companions) lines.append(...line(seen(places), "companion"));
  lines.append(...creases(marks.switches ?? [], seen));
  if (marks.feet) lines.append(...stems(marks.path, marks.feet, projection.at));
  under.replaceChildren(lines);
  const { path, ghost, labels, texts, ahead } = marks;
  return drawMarks(over, projection, { path, ghost, labels, texts, avoid: ahead }, kept);
}

/** All segments as one line and its rim. */
function creases(segments, seen) {
  const ends = segments.map((segment) => seen([segment.slice(0, 3), segment.slice(3)])).filter((pair) => pair.length === 2);
  const d = ends.map(([from, to]) => `M${from.map(short)}L${to.map(short)}`).join("");
  return d ? ["bp-rim ", ""].map((rim) => svg("path", { class: `bp-line ${rim}bp-switch`, d })) : [];
}

const short = (x) => x.toFixed(1);

/** From each point of the path down, or up, to the surface, where one sees that it does not lie on it. */
function stems(path, feet, at) {
  return path.flatMap((place, i) => {
    const ends = pixels([place, [place[0], place[1], feet[i]]], at);
    return ends.length === 2 && Math.abs(ends[0][1] - ends[1][1]) > VISIBLE ? line(ends, "stem") : [];
  });
}

/**
 * Draws into the groups ahead (lines, under the labels) and tips. run: points [[across, up, height]] from now on, the second one
 * where the next update lands; fill: the colour of its fate; lands, ends: the words at the landing place and at the rim.
 * taken: boxes that the words keep clear of.
 */
export function drawAhead({ ahead, tips }, { at, box, room }, run, taken, kept) {
  const way = pixels(run?.points, at);
  if (way.length < 2) return [ahead, tips].forEach((group) => group.replaceChildren());
  const exit = way.findIndex((point, i) => i > 0 && outside(point, box));
  const [end, inside] = [way.at(-1), (point) => !outside(point, box)];
  const lines = clip(box);
  lines.append(...line(way, "ahead"), ...dots(way.slice(1, -1), "ahead-dots"), ...line(way.slice(0, 2), "reach"));
  ahead.replaceChildren(lines);

  const points = svg("g");
  const names = [];
  const point = (kind, [cx, cy], more) => points.append(svg("circle", { class: `bp-point bp-${kind}`, cx, cy, ...more }));
  if (inside(end)) point("end", end, { r: 6, style: `fill:${colour(run.fill)}` });
  if (inside(way[1])) {
    point("hollow", way[1], { r: 7 });
    names.push({ key: "hollow", kind: "hollow", text: run.lands, to: way[1] });
  }
  if (exit > 0) {
    const stop = rim(way[exit - 1], way[exit], box);
    points.append(head([way[exit - 1], stop], exit === 1 ? "hollow" : "ahead"));
    if (!inside(end)) names.push({ key: "end", kind: "ahead", text: run.ends, to: stop });
  }
  const busy = [...taken, ...boxes(way.slice(0, 12), 3), around(end, 9), around(way[1], 10)];
  tips.replaceChildren(drawLabels(names, busy, room, kept), points);
}
