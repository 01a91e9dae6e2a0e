// A small table of a reader's own data. Names and numbers are set as text, so whatever a column is called, it is only shown.
import { html, instance, paint, styles } from "./common.js";

const CSS = `
.bp-sheet { font: 14px "Source Sans", "Source Sans Pro", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: var(--bp-value);
  font-variant-numeric: tabular-nums; overflow-x: auto; }
.bp-sheet table { border-collapse: collapse; }
.bp-sheet caption { text-align: left; color: var(--bp-second); padding-bottom: 4px; white-space: nowrap; }
.bp-sheet th, .bp-sheet td { padding: 2px 12px 2px 0; text-align: right; white-space: nowrap; font-weight: 400; border: 0;
  border-bottom: 1px solid var(--bp-line); }
.bp-sheet thead tr:first-child th { text-align: left; color: var(--bp-second); border: 0; }
.bp-sheet th { unicode-bidi: isolate; max-width: 160px; overflow: hidden; text-overflow: ellipsis; }
.bp-sheet p { margin: 4px 0 0; font: inherit; color: var(--bp-second); }`;

const places = new WeakMap();

export function show({ data, parentElement }) {
  styles("bp-sheet-style", CSS);
  const root = instance(places, parentElement, () => {
    const made = html("div", { class: "bp-sheet", tabindex: 0, role: "region" });
    parentElement.append(made);
    return made;
  });
  paint(root, parentElement);
  const line = (kind, texts, how = () => ({})) => html("tr", {}, ...texts.map((text, i) => html(kind, how(text, i), text)));
  const groups = html("tr", {}, ...data.groups.map(([name, span]) => html("th", { colspan: span, scope: "colgroup" }, name)));
  const names = line("th", data.names, (name) => ({ scope: "col", title: name }));
  const head = html("thead", {}, groups, names);
  const body = html("tbody", {}, ...data.rows.map((cells) => line("td", cells)));
  root.setAttribute("aria-label", data.caption);
  const table = html("table", {}, html("caption", {}, data.caption), head, body);
  root.replaceChildren(table, ...(data.more ? [html("p", {}, data.more)] : []));
  return () => places.delete(parentElement);
}
