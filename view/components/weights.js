// All weights and biases as fields to type in, one matrix per layer. What is typed goes to the server when the field is left; until the
// server has answered, and where it refuses, it stays in its field. A long number is shown whole while its field has the focus, and cut
// to a few digits otherwise. Arrow keys and Enter walk through a column, Tab through a row.
import { html, instance, paint, styles } from "./common.js";
import { CSS } from "./weights_style.js";

const WAYS = { ArrowUp: -1, ArrowDown: 1, Enter: 1 };
const LONGEST = 40; // characters of a field
const DIGITS = 4;

const tables = new WeakMap();

export function show(component) {
  const table = instance(tables, component.parentElement, () => new Weights(component.parentElement));
  table.update(component);
  return () => tables.delete(component.parentElement);
}

class Weights {
  constructor(parent) {
    styles("bp-weights-style", CSS);
    const choose = (now) => () => this.choose(now);
    this.starts = html("button", { type: "button", onclick: choose(false) });
    this.nows = html("button", { type: "button", onclick: choose(true) });
    this.switch = html("div", { class: "bp-weights-switch", role: "group" }, this.starts, this.nows);
    this.told = html("div", { class: "bp-weights-told", id: "bp-weights-told", role: "status" });
    this.layers = html("div", { class: "bp-weights-layers" });
    this.root = html("div", { class: "bp-weights" }, this.switch, this.layers, this.told);
    this.root.addEventListener("input", ({ target }) => this.texts.set(target, target.value));
    this.root.addEventListener("change", () => this.send());
    this.root.addEventListener("focusin", ({ target }) => this.whole(target));
    this.root.addEventListener("focusout", ({ target }) => target.dataset.at && this.set(target, this.texts.get(target)));
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("paste", (event) => this.paste(event));
    parent.append(this.root);
    this.now = false;
  }

  update(component) {
    this.component = component;
    paint(this.root, component.parentElement);
    this.data = component.data;
    const { layers, texts, told } = this.data;
    if (JSON.stringify(layers) !== this.shape) this.build();
    this.switch.setAttribute("aria-label", texts.which);
    this.starts.textContent = texts.start;
    this.nows.textContent = texts.now;
    this.told.replaceChildren(...told.map((sentence) => html("p", {}, sentence)));
    if (!this.now) this.take();
    this.choose(this.now);
  }

  /** Fields for another network. */
  build() {
    const { layers, names, texts } = this.data;
    this.shape = JSON.stringify(layers);
    this.now = false;
    this.fields = new Map(); // place -> field
    this.texts = new Map(); // field -> what it says in full
    this.known = new Map(); // place -> what the server last said of it
    this.sent = new Map(); // place -> what is on its way to the server
    const field = (at) => {
      const made = html("input", { type: "text", autocomplete: "off", spellcheck: "false", "aria-label": names[at], "data-at": at });
      this.fields.set(at, made);
      return html("td", {}, made);
    };
    const matrix = ({ caption, from, to, at }) => {
      const corner = html("td", { class: "bp-weights-corner" }, `${texts.to} ↓ ${texts.from} →`);
      const head = html("tr", {}, corner, ...from.map((name) => html("th", { scope: "col" }, name)));
      const line = (places, i) => html("tr", {}, html("th", { scope: "row" }, to[i]), ...places.map(field));
      const table = html("table", {}, html("caption", {}, caption), html("thead", {}, head), html("tbody", {}, ...at.map(line)));
      return html("div", { class: "bp-weights-scroll" }, table);
    };
    this.layers.replaceChildren(...layers.map(matrix));
  }

  /** What a field says in full, of which it shows as much as there is room for. */
  text(field) {
    return this.texts.get(field);
  }

  set(field, text) {
    this.texts.set(field, text);
    field.value = field === document.activeElement ? text : short(text);
    field.title = field.value === text ? "" : text;
  }

  whole(field) {
    const text = this.texts.get(field);
    if (text === undefined || field.value === text) return;
    field.value = text;
    field.select();
  }

  said(at) {
    return this.data.wrong[at] ?? this.data.start[at];
  }

  /** The server's numbers, but where the reader is typing or an answer is still to come. */
  take() {
    for (const [at, field] of this.fields) {
      const [said, sent] = [this.said(at), this.sent.get(at)];
      const answered = sent !== undefined && same(sent, said);
      if (answered) this.sent.delete(at);
      const typing = this.known.has(at) && this.text(field) !== (answered ? sent : this.known.get(at));
      this.known.set(at, said);
      if (!typing) this.set(field, said);
    }
  }

  /** The numbers of the start, to be typed, or those of now, to be read. */
  choose(now) {
    if (now && !this.now) this.typed = new Map([...this.fields].map(([at, field]) => [at, this.text(field)]));
    if (!now && this.now) {
      for (const [at, field] of this.fields) this.set(field, this.typed.get(at));
      this.take();
    }
    this.now = now;
    this.starts.setAttribute("aria-pressed", String(!now));
    this.nows.setAttribute("aria-pressed", String(now));
    for (const [at, field] of this.fields) {
      if (now) this.set(field, this.data.now[at]);
      field.readOnly = now;
      const wrong = !now && at in this.data.wrong;
      for (const [name, to] of [["aria-invalid", "true"], ["aria-describedby", "bp-weights-told"]]) {
        if (wrong) field.setAttribute(name, to);
        else field.removeAttribute(name);
      }
      field.dataset.sign = wrong ? "" : Math.sign(value(this.text(field))) || "";
    }
    this.told.hidden = now;
  }

  /** All fields that say something else than the server, if any of it is new to it. */
  send(beyond = 0) {
    if (this.now) return;
    const cells = [...this.fields].map(([at, field]) => [at, this.text(field)]).filter(([at, text]) => text !== this.known.get(at));
    if (!beyond && cells.every(([at, text]) => this.sent.get(at) === text)) return;
    this.sent = new Map(cells);
    this.component.setTriggerValue("typed", { cells: Object.fromEntries(cells), beyond });
  }

  /** The layer, row and column of a field. */
  spot(field) {
    const place = Number(field.dataset.at);
    for (const { at } of this.data.layers) {
      const row = at.findIndex((places) => places.includes(place));
      if (row >= 0) return { at, row, column: at[row].indexOf(place) };
    }
    return null;
  }

  key(event) {
    const way = WAYS[event.key];
    if (!way || !(event.target instanceof HTMLInputElement) || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    const { at, row, column } = this.spot(event.target);
    const next = this.fields.get(at[row + (event.key === "Enter" && event.shiftKey ? -1 : way)]?.[column]);
    next?.focus();
    next?.select();
    this.send();
  }

  /** A block of a spreadsheet: tabs between its columns, line ends between its rows. */
  paste(event) {
    const block = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    if (!(event.target instanceof HTMLInputElement) || this.now || !/[\t\n]/.test(block)) return;
    event.preventDefault();
    const { at, row, column } = this.spot(event.target);
    let beyond = 0;
    block.split("\n").forEach((line, i) =>
      line.split("\t").forEach((text, j) => {
        const field = this.fields.get(at[row + i]?.[column + j]);
        if (field) this.set(field, text.trim().slice(0, LONGEST));
        else beyond += 1;
      }),
    );
    this.send(beyond);
  }
}

const value = (text) => Number(text.trim().replace("−", "-"));

/** A decimal of more digits than there is room for is rounded, and says so; anything else stays as it is. */
function short(text) {
  if (!/^[-−]?\d*\.\d{5,}$/.test(text.trim())) return text;
  const rounded = Number(value(text).toPrecision(DIGITS));
  return rounded === value(text) ? String(rounded) : `≈ ${rounded}`;
}

const same = (a, b) => a === b || (a.trim() !== "" && value(a) === value(b));
