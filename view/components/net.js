// A network as a picture: units as maps or numbers, weights as edges, the way of the gradient as light. This file mounts the
// drawing, keeps the pointer's and the keyboard's place in it and says what was pressed; nothing is computed here.
import { html, instance, paint, styles, svg } from "./common.js";
import { node, patch } from "./graph_scene.js";
import { text, useFont } from "./graph_text.js";
import { again, rest, scrub } from "./net_live.js";
import { LABEL, curve, lead, plan, seats, stub } from "./net_place.js";
import * as shape from "./net_shapes.js";
import { CSS } from "./net_style.js";
import { recall, waiting } from "./payloads.js";

const nets = new WeakMap();

export function show(component) {
  const host = component.parentElement;
  const net = instance(nets, host, () => mount(host));
  net.component = component;
  net.colours = paint(net.root, host);
  net.draw();
  return () => {
    net.watch.disconnect();
    waiting.delete(net);
    for (const [kind, hear] of Object.entries(net.hear)) document.removeEventListener(kind, hear);
    document.fonts.removeEventListener("loadingdone", net.draw);
    net.root.remove();
    nets.delete(host);
  };
}

function mount(host) {
  styles("bp-net-style", CSS);
  const [canvas, picture] = [html("canvas", { "aria-hidden": "true" }), svg("svg", { role: "group" })];
  const scroll = html("div", { class: "bp-net-scroll", tabindex: -1 }, html("div", { class: "bp-net-picture" }, canvas, picture));
  const legend = html("ul", { class: "bp-net-legend" });
  const root = html("div", { class: "bp-net" }, scroll, legend);
  host.append(root);
  const net = { root, scroll, canvas, picture, legend, hot: null, current: null, mouse: false, path: null, live: null };
  net.draw = () => draw(net);
  net.hear = {
    "bp-path": ({ detail }) => ((net.path = detail && new Set(detail)), draw(net)),
    "bp-scrub": ({ detail }) => scrub(net, detail),
  };
  for (const [kind, hear] of Object.entries(net.hear)) document.addEventListener(kind, hear);
  // Not on the picture itself: an <svg> that listens to focus would be a stop of the Tab key.
  scroll.addEventListener("click", (event) => select(net, event.target));
  scroll.addEventListener("keydown", (event) => press(net, event));
  scroll.addEventListener("pointerdown", () => (net.mouse = true));
  scroll.addEventListener("focusin", (event) => point(net, event.target, true));
  scroll.addEventListener("pointerover", (event) => point(net, event.target));
  for (const kind of ["pointerleave", "focusout"]) scroll.addEventListener(kind, () => point(net, null));
  scroll.addEventListener("focusout", () => (net.mouse = false));
  net.watch = new ResizeObserver(net.draw);
  net.watch.observe(root);
  waiting.add(net);
  document.fonts.addEventListener("loadingdone", net.draw);
  return net;
}

function draw(net) {
  const room = Math.floor(net.root.clientWidth);
  if (!net.component || !room) return; // not laid out yet: the observer calls again
  const data = along(net.component.data, net.path);
  useFont(getComputedStyle(net.root).fontFamily);
  const place = plan(data, room, !data.maps);
  net.paintMaps = () => paintMaps(net, data, place);
  const { width, height } = place;
  net.scroll.classList.toggle("bp-on", width > room);
  const sizes = { width, height, viewBox: `0 0 ${width} ${height}`, "aria-label": data.texts.alt };
  for (const [attribute, value] of Object.entries(sizes)) net.picture.setAttribute(attribute, value);
  if (!everything(data).some(({ id }) => id === net.current)) net.current = firstStop(data);
  const live = net.live;
  rest(net);
  patch(net.picture, scene(data, place, net));
  if (live) again(Object.assign(net, { live }));
  patch(net.legend, data.texts.legend.map(entry), html);
  net.paintMaps();
}

/** The same data with another light: exactly these ids are lit, all else steps back. */
function along(data, path) {
  if (!path) return data;
  const relit = (it) => ({ ...it, lit: path.has(it.id), dim: !path.has(it.id) });
  const layers = data.layers.map((layer) => ({ ...layer, units: layer.units.map(relit) }));
  return { ...data, layers, edges: data.edges.map(relit), biases: data.biases.map(relit), loss: relit(data.loss), traced: true };
}

const entry = ({ mark, text: words }) =>
  node("li", {}, node("span", { class: `bp-mark bp-mark-${mark}`, "aria-hidden": "true" }), node("span", {}, words));

const same = (a, b) => a[0] === b[0] && a[1] === b[1];

/** All that can be pressed, in the order in which up and down walk; units, their gradients and biases know their place. */
function everything({ layers, edges, biases, loss }) {
  const units = layers.flatMap(({ units }, l) =>
    units.flatMap((it, i) => [
      { id: it.id, it, kind: "unit", at: [l, i] },
      ...(it.gradient ? [{ id: `g:${it.id}`, it, kind: "unit", at: [l, i] }] : []),
      ...biases.filter(({ to }) => same(to, [l, i])).map((bias) => ({ id: bias.id, it: bias, kind: "bias", at: [l, i] })),
    ]),
  );
  const bySource = edges.toSorted((a, b) => a.from[1] - b.from[1] || a.to[1] - b.to[1]);
  return [...units, ...bySource.map((it) => ({ id: it.id, it, kind: "edge" })), { id: loss.id, it: loss, kind: "loss" }];
}

const firstStop = (data) => {
  const all = everything(data);
  return (all.find(({ it }) => it.selected) ?? all.find(({ it }) => it.lit) ?? all[0])?.id;
};

function scene(data, place, net) {
  const { layers, edges, biases, texts } = data;
  const { current, hot } = net;
  const lines = [
    ...edges.map((it) => ({ it, ...curve(place, it.from, it.to), gap: it.from[0] })),
    ...biases.map((it) => ({ it, ...stub(place, it.to), short: true, gap: `bias ${it.to[0]}` })),
  ];
  const strong = lines.filter(({ it }) => it.lit || (it.selected && !it.dim) || it.id === hot);
  const boxes = layers.flatMap(({ units }, l) => units.map((it, i) => ({ it, l, box: place.columns[l].units[i] })));
  const look = ({ it, l, box }) => {
    return { current, maps: data.maps, near: hot === `g:${it.id}`, letter: nameAt(box, l, layers, place), given: l === 0 };
  };
  const group = (key, some, draw) =>
    node("g", { key, "aria-hidden": "true" }, some.map((line) => draw(line.it, line, place.scale)));
  return [
    node("g", { key: "reach" }, lines.map((line) => shape.reach(line.it, line, place.scale, current))),
    group("faint", lines, shape.faint),
    group("strong", strong, shape.strong),
    ...toLoss(data, place),
    ...boxes.map((unit) => shape.unit(unit.it, unit.box, look(unit))),
    ...boxes.filter(({ it }) => it.gradient).map(({ it, box }) => shape.found(it, box, texts, current)),
    ...captions(layers, place),
    shape.loss(data.loss, place.loss, current, place.wide),
    wave(data, place),
    ...labels(lines, boxes, place, hot),
  ];
}

/** Names stand left of the inputs, above a single output, else at the right, clear of the arrow; between close layers in labels. */
function nameAt({ x, y, w, h, low }, l, layers, { wide, gap }) {
  const size = wide ? 15 : 13;
  if (l === 0) return { x: x - 5, y: y + h / 2 + 5, size, anchor: "end" };
  if (l === layers.length - 1 && layers[l].units.length === 1) return { x: x + w / 2, y: y - 9, size: size + 1, anchor: "middle" };
  return gap >= 40 && { x: x + w + 5, y: low ? y + h - 7 : y + Math.min(14, 0.36 * h), size: h < 40 ? 13 : size };
}

function toLoss({ layers, loss, wave, traced }, place) {
  return layers.at(-1).units.map((it, i) => {
    const { x, y, w, h } = place.columns.at(-1).units[i];
    const from = [x + w, y + h / 2];
    const [dx, dy] = [place.loss.x - from[0], place.loss.y - from[1]];
    const near = 1 - (place.loss.r + 1) / Math.hypot(dx, dy);
    const on = traced ? loss.lit && it.lit : loss.lit || (wave === "backward" && it.lit);
    return shape.arrow(from, [from[0] + near * dx, from[1] + near * dy], null, on, `to loss ${i}`);
  });
}

function captions(layers, { columns, gap, wide }) {
  return layers.flatMap(({ caption, more }, l) => {
    const { caption: at, w } = columns[l];
    const words = wide && caption && shape.caption(caption, at.x, at.y, w + gap - 6);
    return [more > 0 && text(`⋮ +${more}`, { x: at.x, y: at.more, size: 13, class: "bp-quiet" }), words].filter(Boolean);
  });
}

function wave({ wave: way, texts }, { wave: at, wide }) {
  const on = way === "backward";
  const end = at.x + (wide ? Math.max(30, at.w - 74) : Math.max(16, at.w - 62));
  const words = { x: end + 6, y: at.y + 5, size: wide ? 14 : 12, anchor: "start", class: "bp-gradient" };
  const arrow = shape.arrow([end, at.y], [at.x, at.y], "bp-back", false, "arrow");
  const look = { key: "wave", class: `bp-wave ${on ? "bp-on" : ""}`, "aria-hidden": on ? null : "true" };
  return node("g", look, arrow, text(texts.gradient, words));
}

const pick = ({ id, selected, lit }) => ({ id, selected, lit });
const card = (one, box) => shape.label({ ...one, ...pick(one.it), lead: one.short && lead(box, one.points[0]) }, box);

/** The numbers of what is selected, of the few edges that are lit, and of what is under the pointer or the keyboard. */
function labels(lines, boxes, place, hot) {
  const edges = lines.map((line) => {
    const { text: whole, gradient, size } = line.it;
    return { ...line, first: shape.letters(whole), gradient, colour: size < 0 ? "bp-negative" : "bp-positive" };
  });
  const units = boxes.filter(({ it }) => it.value || it.gradient).map(({ it, box }) => {
    const gradient = it.gradient && `∂ ${it.gradient}`;
    return { it, box, gap: null, first: { ...it, rest: ` ${it.value}${it.note ?? ""}` }, gradient, gradientId: `g:${it.id}` };
  });
  const wanted = [...edges, ...units].map((one) => ({ ...one, hot: hot === one.it.id || hot === `g:${one.it.id}` }));
  return seats(place, wanted, shape.labelWidth).map(({ box, ...one }) =>
    card(one, { ...box, h: one.gradient ? LABEL.two : LABEL.one }),
  );
}

/** The units' maps on the canvas under the drawing; until the payload has come the ones before stay. */
function paintMaps(net, data, place) {
  const payload = data.maps && recall(data.maps);
  if (data.maps && !payload) return;
  const dots = devicePixelRatio || 1;
  Object.assign(net.canvas, { width: place.width * dots, height: place.height * dots });
  Object.assign(net.canvas.style, { width: `${place.width}px`, height: `${place.height}px` });
  if (!payload) return;
  const { payload: before, colours } = net.painted ?? {};
  if (before !== payload || colours !== net.colours) net.painted = { payload, colours: net.colours, maps: {} };
  const pen = net.canvas.getContext("2d");
  pen.scale(dots, dots);
  pen.imageSmoothingQuality = "high";
  data.layers.forEach(({ units }, l) =>
    units.forEach((it, i) => {
      if (!payload.cells[it.map]) return;
      const { x, y, w, h } = place.columns[l].units[i];
      const map = (net.painted.maps[it.map] ??= shape.mapPicture(payload.cells[it.map], payload.n, net.colours));
      pen.save();
      pen.globalAlpha = it.muted || it.dim || (l > 0 && net.live?.stale) ? 0.4 : 1;
      pen.beginPath();
      pen.roundRect(x + 3, y + 3, w - 6, h - 6, 5);
      pen.clip();
      pen.drawImage(map, x + 3, y + 3, w - 6, h - 6);
      pen.restore();
    }),
  );
}

const idOf = (target) => target?.closest("[data-id]")?.dataset.id ?? null;

function select(net, target) {
  const id = idOf(target);
  if (id) net.component.setTriggerValue("select", id);
}

/** Numbers follow the pointer and the keyboard; where the keyboard is, Tab comes back to. */
function point(net, target, focused = false) {
  const id = idOf(target ?? net.picture.querySelector(":focus-visible"));
  if (focused) net.current = id;
  if (id === net.hot && !focused) return;
  net.hot = id;
  draw(net);
}

/** Enter and Space press. Arrows walk along the network, unless a mouse click brought the focus: then they step in time. */
function press(net, event) {
  const take = () => (event.preventDefault(), event.stopPropagation());
  if (event.key === "Enter" || event.key === " ") {
    take();
    if (!event.repeat) select(net, event.target);
  }
  if (net.mouse || !event.key.startsWith("Arrow") || event.altKey || event.ctrlKey || event.metaKey) return;
  take();
  const to = walk(net.component.data, idOf(event.target), event.key.slice(5));
  if (to) [...net.picture.querySelectorAll("[role=button]")].find((element) => element.dataset.id === to)?.focus();
}

/** The id that an arrow key leads to: up and down among neighbours, left and right from unit to edge to unit. */
function walk(data, id, way) {
  const all = everything(data);
  const here = all.find((one) => one.id === id);
  if (!here) return null;
  const unit = (at) => data.layers[at[0]].units[at[1]].id;
  const last = data.layers.length - 1;
  if (way === "Up" || way === "Down") {
    const layer = ({ kind, it, at }) => (kind === "edge" ? `edges ${it.from[0]}` : at?.[0]);
    const row = all.filter((one) => layer(one) === layer(here));
    return row[row.indexOf(here) + (way === "Up" ? -1 : 1)]?.id;
  }
  if (here.kind === "edge") return unit(way === "Left" ? here.it.from : here.it.to);
  if (here.kind === "loss") return way === "Left" ? unit([last, 0]) : null;
  if (here.kind === "bias") return way === "Right" ? unit(here.at) : null;
  if (way === "Right" && here.at[0] === last) return data.loss.id;
  return data.edges.find((edge) => same(way === "Left" ? edge.to : edge.from, here.at))?.id;
}
