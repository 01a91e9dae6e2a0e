// The race on the surface: every lane's way with its dashes, its badge where it is, and a dotted green arrow to where its next update
// lands. At the start all are at one point, so there the badges stand at the landing places. What leaves the picture is an arrow
// at its rim, with the lane's number.
import { dot, finite } from "./chart_curves.js";
import { around, boxes, drawLabels } from "./chart_labels.js";
import { clip, cut, dots, head, length, line, outside, pixels, rim, shortened, toward } from "./chart_marks.js";
import { svg } from "./common.js";
import { badge, leader, lit, painted, shade } from "./race_lane.js";
import { RADIUS, spread } from "./race_places.js";

const BACK = 20; // px from the rim to the badge of a lane that has left
const FAR = 1e4; // px: beyond, a point is only a direction
const HEAD = 9; // px: of the arrow to where the next update lands
const OPEN = 7; // px: how far the open point there reaches, with its stroke
const MANY = 60; // points of a way: with more, updates have no dots, and labels keep clear of so many

/**
 * at, box, room: what Surface.projection() returns. race: {lanes: [{number, path, next, arrow, lands}], with places as [across, up,
 * height] and next null while the lane walks; begun: whether an update has been made; labels; start: its word}. kept: {badges,
 * labels}, two maps that remember where each stood.
 */
export function drawRace(root, { at, box, room }, { lanes, begun, labels, start }, kept) {
  const seen = (places) => pixels(places, at);
  const found = lanes.map((lane) => laneOf(lane, at, box, begun ? OPEN : RADIUS + 2));
  const [lines, points] = [clip(box), svg("g")];
  for (const i of painted(lanes)) {
    const group = svg("g", { class: shade(i) });
    group.append(...drawn(found[i], lanes[i].number, i === lit(), box));
    lines.append(group);
  }
  const arrow = cut(seen(arrowOf(lanes, begun)), box);
  if (length(arrow) > 4) lines.append(...line(shortened(arrow), "arrow"), head(arrow, "gradient"));

  const first = found[0].way[0];
  if (first && !outside(first, box)) points.append(dot("start", ...first, begun ? 4.5 : 6));
  for (const i of painted(lanes)) points.append(svg("g", { class: shade(i) }, ...found[i].tips, ...(begun ? found[i].hollow : [])));
  const marks = (labels ?? []).map((label) => ({ ...label, to: seen([label.at])[0] })).filter(({ to }) => to && !outside(to, box));
  const landings = begun ? found.map(({ to }) => to) : [];
  const clear = [first, arrow.at(-1), ...landings, ...marks.map(({ to }) => to)].filter(Boolean);
  const badges = standing(lanes, found, begun, box, clear, kept.badges);
  const inOrder = painted(lanes).flatMap((i) => badges.filter(({ lane }) => lane === i));
  points.append(...inOrder.map(({ foot }) => foot), ...inOrder.map(({ head }) => head));

  const names = named(lanes, found, first, arrow, start);
  for (const [i, { kind, text, to }] of marks.entries()) names.push({ key: `${kind} ${i}`, kind, text, to });
  const ways = found.flatMap(({ way, to }) => boxes([...thinned(way), ...(to ? [to] : [])], 3));
  const busy = [...ways, ...boxes(arrow, 5), ...badges.map(({ place }) => around(place, RADIUS + 3))];
  if (first) busy.push(around(first, 9));
  root.replaceChildren(lines, drawLabels(names, busy, room, kept.labels), points);
}

/** What is seen of a lane, in pixels: way; end, where its badge belongs; to, where the next update lands or where the way there
 *  ends at the rim; left: the place for a badge there; tips: arrow heads, of the way to the next update where it is long enough for
 *  one, and at the rim; hollow: the open point. clear: how many pixels around the landing place are taken. */
function laneOf({ path, next }, at, box, clear) {
  const way = path.filter(finite).map(at);
  const now = way.at(-1);
  const middle = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  const tips = [];
  let end = now;
  if (now && outside(now, box)) {
    const last = way.findLastIndex((point) => !outside(point, box));
    const from = way[last] ?? middle;
    const stop = rim(from, way[last < 0 ? way.length - 1 : last + 1], box);
    tips.push(head([from, stop], "now"));
    end = toward(stop, from, BACK);
  }
  const landing = next && finite(next) ? at(next) : null;
  if (!now || !landing || (outside(now, box) && outside(landing, box))) return { way, end, to: null, tips, hollow: [] };
  if (!outside(landing, box)) {
    if (length([now, landing]) > clear + HEAD) tips.push(head([now, toward(landing, now, clear)], "hollow", HEAD));
    return { way, end, to: landing, tips, hollow: [open(landing)] };
  }
  const stop = rim(now, landing, box);
  tips.push(head([now, stop], "hollow"));
  return { way, end, to: stop, left: toward(stop, now, BACK), tips, hollow: [] };
}

const open = (place) => dot("hollow", ...place, 5);

/** The lines of a lane; on the lit one the updates as dots, as long as they can be told apart. */
function drawn({ way, to }, number, lit, box) {
  const dashed = stretches(way).flatMap((stretch) => line(stretch, `lane bp-lane-${number}`));
  const now = way.at(-1);
  const reach = to ? line([outside(now, box) ? rim(to, now, box) : now, to], "reach") : [];
  const updates = lit && way.length <= MANY ? way.slice(1, -1).filter((point) => !outside(point, box)) : [];
  return [...dashed, ...dots(updates), ...reach];
}

const thinned = (way) => way.filter((_, i) => i % Math.ceil(way.length / MANY) === 0 || i === way.length - 1);

/** The parts of a way that can be seen: from a point to one that is far away the line has its direction; between two that are far
 *  away there is nothing. */
function stretches(way) {
  const far = ([x, y]) => Math.max(Math.abs(x), Math.abs(y)) > FAR;
  return way.reduce((all, point, i) => {
    const before = way[i - 1];
    if (far(point) && before && !far(before)) all.at(-1).push(toward(before, point, FAR));
    else if (!far(point) && before && far(before)) all.push([toward(point, before, FAR), point]);
    else if (!far(point)) all.at(-1).push(point);
    return all;
  }, [[]]);
}

/** The arrow of the lit lane; at the start all lanes have the same one. */
function arrowOf(lanes, begun) {
  if (lit() !== null) return lanes[lit()]?.arrow;
  return begun ? null : lanes.find(({ arrow }) => arrow)?.arrow;
}

/** The badges: where the lanes are, at the start where they land: [{lane, place, foot, head}]. The foot, drawn first, is the point
 *  itself and the line from it to a badge that had to step aside. */
function standing(lanes, found, begun, box, busy, kept) {
  const wanted = found.flatMap(({ way, end, to, left }, lane) => {
    const landing = !begun && to;
    const at = landing ? (left ?? to) : begun ? end : null;
    const inside = landing ? !left : end === way.at(-1);
    return at ? [{ lane, key: lanes[lane].number, to: at, kind: landing ? "bp-hollow" : "", inside }] : [];
  });
  const places = spread(wanted, box, busy, kept);
  return wanted.map(({ lane, to, kind, inside }, i) => {
    const place = places[i];
    const own = kind ? open(to) : dot("now", ...to, 3.5);
    const aside = Math.hypot(place[0] - to[0], place[1] - to[1]) > 3;
    const foot = svg("g", { class: shade(lane) }, ...(inside && aside ? [...leader(to, place), own] : []));
    return { lane, place, foot, head: svg("g", { class: shade(lane) }, badge(lanes[lane].number, place, kind)) };
  });
}

/** The words beside points, the important first. */
function named(lanes, found, first, arrow, start) {
  const names = [];
  const landing = found[lit()]?.to;
  const name = (kind, text, to) => names.push({ key: kind, kind, text, to });
  if (landing && lanes[lit()].lands) name("hollow", lanes[lit()].lands, landing);
  if (length(arrow) > 4) name("gradient", "−∇L", arrow[Math.floor(arrow.length * 0.6)]);
  if (first && start) name("start", start, first);
  return names;
}
