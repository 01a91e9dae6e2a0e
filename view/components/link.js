// Copy link: the whole recipe of this moment, with the view the reader has chosen in the browser, onto the clipboard. There is no button
// where the address would be too long.
import { html, instance, paint, styles } from "./common.js";

const CSS = `
.bp-link button { font: 14px "Source Sans", "Source Sans Pro", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  min-height: 44px; padding: 0 14px; border-radius: 8px; border: 1px solid var(--bp-line); background: var(--bp-page); color: var(--bp-value);
  cursor: pointer; white-space: nowrap; width: 100%; }
.bp-link button:hover { border-color: var(--bp-next); } .bp-link button:focus-visible { outline: 3px solid var(--bp-next); outline-offset: 2px; }`;

const places = new WeakMap();

export function show({ data, parentElement }) {
  styles("bp-link-css", CSS);
  const button = instance(places, parentElement, () => {
    const made = html("button", { type: "button", "aria-live": "polite" });
    const root = html("div", { class: "bp-link" }, made);
    parentElement.replaceChildren(root);
    return made;
  });
  paint(button.parentElement, parentElement);
  setTimeout(openable, 100);
  button.textContent = data.texts.copy;
  button.hidden = !data.query;
  button.onclick = async () => {
    const copied = await copy(address(data.query));
    button.textContent = copied ? data.texts.copied : data.texts.failed;
    clearTimeout(button.timer);
    button.timer = setTimeout(() => (button.textContent = data.texts.copy), 2000);
  };
  return () => clearTimeout(button.timer);
}

/** Streamlit writes the first page's address without its path; opened in a new tab it would lead to the page one is on. */
function openable() {
  const root = new URL("../../", document.querySelector('script[type=module][src*="static/js/"]').src);
  for (const link of document.querySelectorAll('[class*=st-key-navigation] a[href^="?"]')) {
    link.setAttribute("href", root.pathname + link.getAttribute("href"));
  }
}

function address(query) {
  const view = document.querySelector(".bp-chart")?.dataset.view;
  const words = new URLSearchParams(view ? { ...query, view } : query);
  return `${location.origin}${location.pathname}?${words}`;
}

/** The clipboard needs https or localhost; in a classroom over plain http a selected field does the same. */
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => byField(text));
  return byField(text);
}

function byField(text) {
  const field = html("textarea", { readonly: true, style: "position:fixed;opacity:0" });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
