// The repair path: one card for each program, in the order of the changes, with the share of the seeds that learn and why. A button
// makes it the program that the page shows, and leads up to where it is shown.
import { calm, html, instance, paint, styles } from "./common.js";
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
  const take = (key) => {
    setTriggerValue("take", key);
    parentElement.closest("[data-testid=stMain]")?.scrollTo({ top: 0, behavior: calm() ? "instant" : "smooth" });
  };
  const had = root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  root.replaceChildren(...data.cards.map((card) => draw(card, data.texts, () => take(card.key))));
  if (had) root.querySelector(`[data-key="${had}"]`)?.focus({ preventScroll: true });
}

function draw({ key, taken, name, rate, share, counted, others, fates, says }, texts, take) {
  const parts = fates.map(({ name: fate, part }) => html("i", { class: `bp-fill-${fate}`, style: `width:${100 * part}%` }));
  const attributes = { type: "button", "data-key": key, "aria-disabled": taken, "aria-label": `${taken ? texts.taken : texts.take}: ${name}` };
  const button = html("button", { ...attributes, disabled: taken, onclick: take }, taken ? texts.taken : texts.take);
  return html(
    "li",
    { "aria-current": taken ? "step" : null },
    html("h3", {}, name),
    html("p", { class: "bp-quiet" }, rate),
    html("strong", {}, share),
    html("div", { class: "bp-path-bar", "aria-hidden": "true" }, ...parts),
    html("p", { class: "bp-quiet" }, counted, html("br"), others),
    html("p", {}, says),
    button,
  );
}
