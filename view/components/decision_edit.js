// The reader's hand on the points of their own data: drag one to move it, Alt-click or Delete to take it away. By keyboard, Page up
// and down walk from point to point, Enter takes one up and puts it down under the cross. Held-out points stay where they are.
import { svg } from "./common.js";
import { mark, outline, pixel, radiusOf, spotOf } from "./decision_style.js";
import { filled } from "./payloads.js";

const REACH = { mouse: 10, pen: 12, touch: 16 }; // px around a point's middle that belong to it
const STILL = 3; // px: less is a click

export class Hand {
  /** picture: the Decision whose box is listened to. */
  constructor(picture) {
    Object.assign(this, { picture, chosen: null, taken: false, held: null, swallow: false });
    this.group = svg("g", { class: "bp-hand" });
    const { box } = picture;
    box.addEventListener("pointerdown", (event) => this.down(event));
    box.addEventListener("pointermove", (event) => this.move(event));
    box.addEventListener("pointerup", (event) => this.up(event));
    box.addEventListener("pointercancel", () => this.forget());
    box.addEventListener("touchstart", (event) => this.held && event.preventDefault(), { passive: false }); // it moves a point
  }

  get points() {
    const { data } = this.picture;
    return data?.editable ? data.points.filter(({ held }) => !held) : [];
  }

  spot(n) {
    const { data, frame } = this.picture;
    return spotOf(this.points[n], data.kind, frame).at;
  }

  /** Where the pointer is, in the picture's own pixels, never outside its axes. */
  at({ clientX, clientY }) {
    const { over, frame } = this.picture;
    const { left, top } = over.getBoundingClientRect();
    const within = (value, low, high) => Math.max(low, Math.min(high, value));
    return [within(clientX - left, frame.left, frame.right), within(clientY - top, frame.top, frame.bottom)];
  }

  /** The point under the pointer, or null. */
  hit(event) {
    const [x, y] = this.at(event);
    const away = this.points.map((_, n) => Math.hypot(this.spot(n)[0] - x, this.spot(n)[1] - y));
    const nearest = away.indexOf(Math.min(...away));
    return away[nearest] <= (REACH[event.pointerType] ?? REACH.mouse) ? nearest : null;
  }

  down(event) {
    const n = event.button || event.altKey ? null : this.hit(event);
    this.swallow = false;
    if (n === null) return;
    this.held = { n, id: event.pointerId, from: this.at(event), to: null };
    this.picture.box.setPointerCapture(event.pointerId);
  }

  move(event) {
    if (event.pointerId !== this.held?.id) return;
    const to = this.at(event);
    const { from } = this.held;
    if (!this.held.to && Math.hypot(to[0] - from[0], to[1] - from[1]) < STILL) return;
    Object.assign(this.held, { to });
    this.draw();
  }

  up(event) {
    if (event.pointerId !== this.held?.id) return;
    const { n, to } = this.held;
    this.held = null;
    this.swallow = Boolean(to);
    if (to) this.send("move", n, this.shares(to));
  }

  shares([x, y]) {
    const { left, right, top, bottom } = this.picture.frame;
    return [(x - left) / (right - left), (bottom - y) / (bottom - top)];
  }

  send(name, n, shares) {
    this.forget();
    this.picture.send(name, { n, ...(shares ? this.picture.named(shares) : {}) });
  }

  /** Whether a click was the hand's own: the end of a drag, or on a point, which it chooses or takes away. */
  click(event) {
    const n = this.hit(event);
    if (this.swallow) this.swallow = false;
    else if (n === null) {
      if (this.chosen !== null) this.picture.point(null);
      return this.drop();
    } else if (event.altKey) this.send("remove", n);
    else this.choose(n);
    return true;
  }

  /** The point that Delete and Enter mean; the cross goes there. */
  choose(n) {
    Object.assign(this, { chosen: n, taken: false });
    const { cells } = this.picture;
    this.picture.point(this.shares(this.spot(n)).map((share) => Math.max(0, Math.min(cells - 1, Math.floor(share * cells)))));
  }

  /** Whether a key was the hand's own. */
  key({ key }) {
    const { picture, chosen, taken, points } = this;
    const step = { PageDown: 1, PageUp: -1 }[key];
    const next = chosen === null ? Math.min(step, 0) : chosen + step; // from the first on, or from the last back
    if (step && points.length && !taken) this.choose((next + points.length) % points.length);
    else if (chosen === null) return false;
    else if (key === "Delete" || key === "Backspace") this.send("remove", chosen);
    else if (key === "Enter" && !taken) this.taken = true;
    else if (key === "Enter") this.send("move", chosen, picture.centre(picture.cell));
    else if (key === "Escape" && taken) this.choose(chosen);
    else return !taken && key.startsWith("Arrow") && this.drop(); // the cross walks on without the point
    this.draw();
    return true;
  }

  /** Nothing is chosen any more; always false. */
  drop() {
    Object.assign(this, { chosen: null, taken: false });
    return false;
  }

  forget() {
    this.held = null;
    this.drop();
    this.draw();
  }

  /** What the cross stands on, in words. */
  name() {
    return this.chosen === null ? "" : filled(this.picture.data.texts.point, [this.chosen + 1]);
  }

  /** A ring around the point chosen, and the point again where it would go. */
  draw() {
    const { picture, held, taken } = this;
    const n = held?.to ? held.n : this.chosen;
    this.group.replaceChildren();
    if (n === null || !this.points[n] || !picture.frame) return;
    const { data, frame, cell } = picture;
    const radius = radiusOf(data.points);
    const to = held?.to ?? (taken && cell ? pixel(picture.centre(cell), frame) : null);
    const ring = svg("path", { class: "bp-decision-ring", d: outline(1, to ?? this.spot(n), radius + 4) });
    this.group.append(...(to ? mark({ ...this.points[n], right: true }, data.kind, to, radius) : []), ring);
  }
}
