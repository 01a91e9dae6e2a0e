// The stepper: back, next, play, the track of moments and the update number. It always sends the absolute moment it wants
// ("4.2"), never "one further", so fast clicks and held keys lose no step; and it says each moment's sentence to a screen reader.
import { html, instance, onBack, paint, reachable, styles, theme } from "./common.js";
import { drawRun } from "./stepper_run.js";
import { CSS } from "./stepper_style.js";

const places = new WeakMap();
const MANY = 12; // moments; beyond that only the current one has its name on the track
const parse = (at) => at.split(".").map(Number);

export function show(component) {
  const stepper = instance(places, component.parentElement, () => new Stepper(component.parentElement));
  stepper.update(component.data, component.setTriggerValue);
  return () => stepper.close();
}

class Stepper {
  constructor(parent) {
    styles("bp-stepper-css", CSS);
    this.sent = []; // moments asked for and not yet drawn, oldest first
    this.playing = false;
    this.root = html("div", { class: "bp-stepper", role: "group" });
    parent.replaceChildren(this.root);
    this.onkey = (event) => this.key(event);
    document.addEventListener("keydown", this.onkey);
    this.onclick = (event) => (this.answered = event.detail === 0 && event.target.closest(".st-key-slot"));
    document.addEventListener("click", this.onclick, true);
    this.leave = onBack(() => this.rest());
    this.push = history.pushState;
    history.pushState = (...args) => this.remember(...args);
  }

  close() {
    clearTimeout(this.timer);
    this.leave();
    document.removeEventListener("keydown", this.onkey);
    document.removeEventListener("click", this.onclick, true);
    history.pushState = this.push;
    places.delete(this.root.parentElement);
  }

  /** While playing, the address follows without leaving a trail: only the first step of a play can be gone back to. */
  remember(state, title, url) {
    const here = url === undefined || new URL(url, location.href).pathname === location.pathname;
    if (here && this.playing && this.trailed) history.replaceState(state, title, url);
    else this.push.call(history, state, title, url);
    if (this.playing) this.trailed = true;
  }

  update(data, send) {
    this.data = data;
    this.send = send;
    const caught = this.sent.indexOf(data.at);
    if (caught >= 0) this.sent.splice(0, caught + 1);
    else this.sent = []; // not ours: the browser's Back, a click in the graph, another choice
    if (!this.sent.length) this.at = data.at;
    document.documentElement.lang = data.lang;
    const colours = paint(this.root, this.root.parentElement);
    this.root.style.setProperty("--bp-primary", colours.next === "#28C79C" ? "#0B7F61" : colours.next);
    this.follow(theme(this.root.parentElement));
    setTimeout(reachable, 100);
    this.draw();
    if (this.live.textContent !== data.sentence) this.live.textContent = data.sentence;
    if (this.playing && !this.sent.length) this.wait();
    if (this.answered && document.activeElement === document.body) this.parts.next.focus({ preventScroll: true }); // its button is gone
  }

  /** Where the server says, whatever has been asked since. */
  rest() {
    if (!this.sent.length) return;
    Object.assign(this, { sent: [], at: this.data.at });
    this.draw();
  }

  /** The reader switched between light and dark: equations are coloured by the server, so it is asked to write them anew. */
  follow(now) {
    if (now === this.data.theme || now === this.asked) return;
    this.asked = now;
    this.send("theme", now);
  }

  stops(k) {
    return k === 0 ? this.data.stops.first : this.data.stops.later;
  }

  next([k, m] = parse(this.at)) {
    const stop = this.stops(k).find((s) => s.m > m);
    if (stop) return k < this.data.last || stop.m < this.data.moments.length ? [k, stop.m] : null;
    return k < this.data.last ? [k + 1, this.stops(k + 1)[0].m] : null;
  }

  previous([k, m] = parse(this.at)) {
    const stop = this.stops(k).findLast((s) => s.m < m);
    if (stop) return [k, stop.m];
    return k > 0 ? [k - 1, this.data.moments.length] : m > 1 ? [0, 1] : null;
  }

  go(target, play = false) {
    if (!target) return this.pause();
    if (!play && this.playing) this.halt();
    const at = target.join(".");
    if (at === this.at && !play) return;
    this.at = at;
    this.sent.push(at);
    this.send("go", { at, play });
    this.draw();
  }

  play() {
    if (!this.next()) return;
    this.playing = true;
    this.trailed = false;
    this.go(this.next(), true);
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.playing && this.go(this.next(), true), 1000 / this.data.speed);
  }

  halt() {
    clearTimeout(this.timer);
    this.playing = false;
  }

  pause() {
    if (!this.playing) return;
    this.halt();
    this.sent.push(this.at);
    this.send("go", { at: this.at, play: false });
    this.draw();
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    const on = event.target;
    const slider = on.matches("input[type=range], [role=slider]");
    const typing = !slider && on.matches("input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox], [role=option]");
    if (typing) return;
    const arrows = !slider && !on.matches("[role=radio], [role=tab], [role=radiogroup] *, p[tabindex]");
    const idle = on === document.body || on.matches("[tabindex='-1'], main, section");
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const [k] = parse(this.at);
    if (name === "n" || (name === "ArrowRight" && arrows)) this.go(this.next());
    else if (name === "p" || (name === "ArrowLeft" && arrows)) this.go(this.previous());
    else if (name === " " && idle) this.playing ? this.pause() : this.play();
    else if (name === "Home" && !slider) this.go([this.data.run ? 0 : k, 1]);
    else if (name === "End" && !slider) this.go(this.data.run ? [Math.min(this.data.run.last, this.data.last), 1] : this.end(k));
    else return;
    event.preventDefault();
  }

  end(k) {
    const last = this.data.moments.length;
    return [k, k < this.data.last ? last : Math.max(1, last - 1)];
  }

  draw() {
    const { texts, moments } = this.data;
    const [k, m] = parse(this.at);
    const to = this.next();
    const label = to ? this.stops(to[0]).find((s) => s.m === to[1]).label : texts.end;
    if (!this.parts) this.build();
    const { back, next, play, first, last, updates } = this.parts;
    this.root.setAttribute("aria-label", texts.stepper);
    back.disabled = !this.previous();
    next.disabled = !to;
    first.disabled = m === 1;
    last.disabled = m >= this.end(k)[1];
    play.disabled = !to && !this.playing;
    back.firstChild.data = texts.back;
    next.firstChild.data = to ? texts.next + label : label;
    first.setAttribute("aria-label", texts.first);
    last.setAttribute("aria-label", texts.last);
    play.firstChild.data = this.playing ? "❚❚ " : "▷ ";
    play.lastChild.textContent = this.playing ? texts.pause : texts.play;
    play.setAttribute("aria-label", this.playing ? texts.pause : texts.play);
    updates.previousSibling.data = texts.updates;
    updates.max = this.data.last;
    if (document.activeElement !== updates) updates.value = k;
    this.root.toggleAttribute("data-run", Boolean(this.data.run));
    this.root.toggleAttribute("data-many", moments.length > MANY);
    if (this.data.run) return drawRun(this.parts.track, this.data.run, k, (to) => this.go([Math.min(to, this.data.last), 1]));
    this.parts.where.firstChild.textContent = `${texts.phases[moments[m - 1].phase]} · ${moments[m - 1].label}`;
    this.parts.where.lastChild.textContent = `${m} / ${moments.length}`;
    this.track(m);
  }

  build() {
    const button = (name, act, ...inside) => html("button", { type: "button", class: name, onclick: act }, ...inside);
    const kbd = (key) => html("kbd", { "aria-hidden": "true" }, key);
    const live = html("div", { class: "bp-live", "aria-live": "polite" });
    const updates = html("input", { type: "number", min: 0, step: 1, inputmode: "numeric", onchange: (e) => this.jump(e.target) });
    this.live = live;
    this.parts = {
      back: button("bp-back", () => this.go(this.previous()), "", kbd("←")),
      next: button("bp-next", () => this.go(this.next()), "", kbd("→")),
      play: button("bp-play", () => (this.playing ? this.pause() : this.play()), "", html("span")),
      first: button("bp-edge", () => this.go([parse(this.at)[0], 1]), "⇤"),
      last: button("bp-edge", () => this.go(this.end(parse(this.at)[0])), "⇥"),
      track: html("div", { class: "bp-track" }),
      where: html("div", { class: "bp-where" }, html("span"), html("span")),
      updates,
    };
    const { back, next, play, first, last, track, where } = this.parts;
    const box = html("label", { class: "bp-updates" }, "", updates);
    this.root.replaceChildren(where, back, next, play, first, track, last, box, live);
  }

  jump(input) {
    const k = Math.round(Number(input.value));
    if (Number.isFinite(k) && input.value !== "") this.go([Math.min(Math.max(k, 0), this.data.last), 1]);
    input.value = parse(this.at)[0];
  }

  track(m) {
    const { moments, texts } = this.data;
    const { track } = this.parts;
    const shape = moments.map((x) => x.phase + x.label).join();
    if (track.dataset.shape !== shape + this.data.lang) {
      track.dataset.shape = shape + this.data.lang;
      const numbered = moments.map((x, at) => ({ ...x, m: at + 1 }));
      track.replaceChildren(
        ...Object.entries(texts.phases).map(([phase, name]) => {
          const dots = numbered.filter((x) => x.phase === phase).map((x) => this.dot(x));
          const attributes = { class: "bp-group", "data-phase": phase, style: `--bp-count:${dots.length}` };
          return html("div", attributes, html("span", {}, name), html("div", { class: "bp-dots" }, ...dots));
        }),
      );
    }
    const [k] = parse(this.at);
    for (const dot of track.querySelectorAll(".bp-dot")) {
      const at = Number(dot.dataset.m);
      dot.dataset.state = at < m ? "done" : at === m ? "now" : "later";
      dot.disabled = at > this.end(k)[1];
      if (at === m) dot.setAttribute("aria-current", "step");
      else dot.removeAttribute("aria-current");
    }
    const phase = moments[m - 1].phase;
    for (const group of track.children) group.toggleAttribute("data-now", group.dataset.phase === phase);
  }

  dot({ m, label, long, phase }) {
    const go = () => this.go([parse(this.at)[0], m]);
    const attributes = { type: "button", class: "bp-dot", "data-m": m, "data-phase": phase, "aria-label": long, title: long, onclick: go };
    return html("button", attributes, html("i"), html("b", {}, label));
  }
}
