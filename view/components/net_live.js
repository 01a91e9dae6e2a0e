// While the time line is dragged the drawing goes along: each weight's width, sign and number are those of the film's frame. What
// the film does not hold, the units' values and the gradients, is pale where the frame is another moment than the drawing's. Only
// what changes is touched, so thirty frames a second are easy; afterwards everything is put back as it was.
import { glow, stroke } from "./net_shapes.js";
import { recall } from "./payloads.js";
import { shown } from "./rates_oracle.js";

/** detail: {film, frame}, or null for back. The drawing keeps what is being shown as net.live. */
export function scrub(net, detail) {
  const film = detail && recall(detail.film);
  const theta = film?.theta?.[detail.frame];
  if (!theta) return rest(net);
  if (net.live?.film !== film) {
    rest(net);
    net.live = { film, marks: marks(net, film.ids), before: new Map() };
  }
  net.live.detail = detail;
  age(net, net.live.marks.some(({ at, own }) => theta[at] !== own));
  for (const { at, lines, texts } of net.live.marks) show(net, theta[at], lines, texts);
  const loss = net.picture.querySelector(".bp-loss-number");
  if (loss && film.loss) write(net, loss, shown(film.loss[detail.frame][0]));
}

/** A new picture was drawn meanwhile: its own elements go along from now on. */
export function again(net) {
  const detail = net.live?.detail;
  if (!detail) return;
  net.live = null; // what was remembered belongs to the picture before
  scrub(net, detail);
}

/** Pale is what belongs to another moment than the frame's. */
function age(net, stale) {
  if (Boolean(net.live.stale) === stale) return;
  net.live.stale = stale;
  net.root.classList.toggle("bp-stale", stale);
  net.paintMaps();
}

/** Back to what the picture itself says. */
export function rest(net) {
  if (!net.live) return;
  for (const [element, attributes] of net.live.before) {
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "text") element.textContent = value;
      else if (value === null) element.removeAttribute(name);
      else element.setAttribute(name, value);
    }
  }
  age(net, false);
  net.live = null;
}

/** Where each weight and bias of the film stands in the drawing: its lines and its number; own: what it is in the drawing. */
function marks({ picture, component }, ids) {
  const { edges, biases } = component.data;
  const sizes = new Map([...edges, ...biases].map(({ id, size }) => [id, Math.fround(size)])); // as exact as the film
  const all = Map.groupBy(picture.querySelectorAll("[data-edge], [data-halo]"), ({ dataset }) => dataset.edge ?? dataset.halo);
  return ids.flatMap((id, at) => {
    const found = all.get(id);
    if (!found) return [];
    const [lines, texts] = ["path", "text"].map((tag) => found.filter(({ tagName }) => tagName === tag));
    return [{ at, own: sizes.get(id), lines, texts }];
  });
}

const SIGNS = ["bp-positive", "bp-negative"];

function show(net, x, lines, texts) {
  for (const line of lines) {
    if (line.dataset.halo) {
      put(net, line, "stroke-width", glow(x, Number(line.dataset.scale)));
      continue;
    }
    const { width, dashes } = stroke(x, Number(line.dataset.scale), line.dataset.short === "true");
    put(net, line, "stroke-width", width);
    put(net, line, "stroke-dasharray", dashes);
    colour(net, line, x);
  }
  for (const text of texts) {
    const number = text.querySelector(".bp-rest");
    if (number) write(net, number, ` ≈ ${shown(x)}`);
    colour(net, text, x);
  }
}

function colour(net, element, x) {
  const kept = element.getAttribute("class").split(" ").filter((name) => !SIGNS.includes(name));
  put(net, element, "class", [...kept, ...(x ? [SIGNS[x > 0 ? 0 : 1]] : [])].join(" "));
}

function put(net, element, name, value) {
  remember(net, element, name, element.getAttribute(name));
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

function write(net, element, text) {
  remember(net, element, "text", element.textContent);
  element.textContent = text;
}

function remember(net, element, name, value) {
  if (!net.live.before.has(element)) net.live.before.set(element, {});
  const known = net.live.before.get(element);
  if (!(name in known)) known[name] = value;
}
