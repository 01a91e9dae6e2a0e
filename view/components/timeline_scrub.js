// Going through time with the pointer or the keyboard. Every picture that can show a moment of the run hears "bp-scrub" with the
// film's frame nearest to the handle, at most once per frame of the screen; the server hears one number when the handle is let go.
import { recall } from "./payloads.js";

const PATIENCE = 10000; // ms until the pictures go back where the server has not answered
const TENTH = 0.1; // of the axis, for PageUp and PageDown

const tell = (detail) => document.dispatchEvent(new CustomEvent("bp-scrub", { detail }));

export class Scrub {
  /** picture is dragged, way is the range that the keyboard moves. line: {data, at(pixel) -> k, show(k), rest(), go(k)}. */
  constructor(picture, way, line) {
    Object.assign(this, { picture, way, line, k: null, held: null, shown: null });
    const follow = ({ clientX }) => this.want(line.at(clientX - picture.getBoundingClientRect().left));
    picture.addEventListener("pointerdown", (event) => {
      if (event.button || !line.data) return;
      this.held = event.pointerId;
      picture.setPointerCapture(this.held);
      document.addEventListener("keydown", this.cancel, true);
      if (event.pointerType !== "touch") follow(event); // a finger may want to scroll the page
    });
    picture.addEventListener("pointermove", (event) => event.pointerId === this.held && follow(event));
    picture.addEventListener("pointerup", (event) => {
      if (event.pointerId !== this.held) return;
      this.letGo();
      follow(event);
      this.go();
    });
    picture.addEventListener("pointercancel", () => this.end());
    way.addEventListener("input", () => this.want(Number(way.value)));
    way.addEventListener("keydown", (event) => this.key(event));
    way.addEventListener("blur", () => this.answer || this.end());
  }

  cancel = (event) => {
    if (event.key !== "Escape" || this.k === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.end();
  };

  key(event) {
    const page = { PageUp: TENTH, PageDown: -TENTH }[event.key];
    if (event.key === "Enter") this.go();
    else if (event.key === "Escape") this.cancel(event);
    else if (page) {
      const { last } = this.line.data;
      const to = Math.round(Math.expm1(Math.log1p(Number(this.way.value)) + page * Math.log1p(last)));
      this.want(Math.max(0, Math.min(last, to)));
      event.preventDefault();
    }
  }

  /** The handle is wanted at k: with the next picture of the screen all follow. */
  want(k) {
    this.k = k;
    this.next ??= requestAnimationFrame(() => {
      this.next = null;
      this.step();
    });
  }

  step() {
    if (this.k === null) return;
    document.documentElement.toggleAttribute("data-bp-scrub", true);
    this.line.show(this.k);
    const { film: name } = this.line.data;
    const film = recall(name);
    const frame = film && nearest(film.ks, this.k);
    if (frame === undefined || frame === this.shown) return;
    this.shown = frame;
    tell({ film: name, frame });
  }

  /** To where the handle stands; until the server has answered the film goes on showing it. */
  go() {
    if (this.k === null) return;
    this.step();
    if (this.k === this.line.data.k) return this.end();
    clearTimeout(this.answer);
    this.answer = setTimeout(() => this.end(), PATIENCE);
    this.line.go(this.k);
  }

  /** The server has answered: what it says now is what all show. */
  answered() {
    if (this.answer) this.end();
  }

  letGo() {
    this.held = null;
    document.removeEventListener("keydown", this.cancel, true);
  }

  end() {
    if (this.held !== null && this.picture.hasPointerCapture(this.held)) this.picture.releasePointerCapture(this.held);
    this.letGo();
    clearTimeout(this.answer);
    const begun = this.k !== null;
    Object.assign(this, { k: null, shown: null, answer: null });
    this.line.rest();
    if (!begun) return;
    document.documentElement.toggleAttribute("data-bp-scrub", false);
    tell(null);
  }
}

/** The film's frame nearest to k on the logarithmic axis. */
function nearest(ks, k) {
  const away = (i) => Math.abs(Math.log1p(ks[i][0]) - Math.log1p(k));
  return ks.reduce((best, _, i) => (away(i) < away(best) ? i : best), 0);
}
