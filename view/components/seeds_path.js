// The repair path: one card for each program, in the order of the changes, with the share of the seeds that learn and why. A button
// makes it the program that the page shows.
import { html, instance, paint, styles } from "./common.js";
import { CSS } from "./seeds_style.js";

const places = new WeakMap();

export function show({ data, parentElement, setTriggerValue }) {
  styles("bp-seeds-style", CSS);
  const root = instance(places, parentElement, () => {
    const made = html("ol", { class: "bp-path" });
    parentElement.replaceChildren(made);
    return made;
  });
  paint(root, parentElement);
  const had = root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  root.replaceChildren(...data.cards.map((card) => draw(card, data.texts, () => setTriggerValue("take", card.key))));
  if (had) root.querySelector(`[data-key="${had}"]`)?.focus({ preventScroll: true });
}

function draw({ key, taken, name, rate, share, counted, fates, alt, says }, texts, take) {
  const parts = fates.map(({ name: fate, part }) => html("i", { class: `bp-fill-${fate}`, style: `width:${100 * part}%` }));
  const attributes = { type: "button", "data-key": key, "aria-disabled": taken, "aria-label": `${taken ? texts.taken : texts.take}: ${name}` };
  const button = html("button", { ...attributes, disabled: taken, onclick: take }, taken ? texts.taken : texts.take);
  return html(
    "li",
    { "aria-current": taken ? "step" : null },
    html("h3", {}, name),
    html("p", { class: "bp-quiet" }, rate),
    html("strong", {}, share),
    html("div", { class: "bp-path-bar", role: "img", "aria-label": alt }, ...parts),
    html("p", { class: "bp-quiet" }, counted),
    html("p", {}, says),
    button,
  );
}
