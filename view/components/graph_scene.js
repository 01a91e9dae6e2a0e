// A drawing is described as a tree of plain nodes; patch() makes the page match it. Elements with the same key stay the same
// elements, so that the keyboard keeps its place and light fades instead of jumping.
import { svg } from "./common.js";

/** `key` names an element among its siblings; without one its tag and place do. Children are nodes, or one string. */
export function node(tag, { key, ...attributes } = {}, ...children) {
  return { tag, key, attributes, children: children.flat().filter(Boolean) };
}

const keys = new WeakMap();
const dressed = new WeakMap();

export function patch(parent, nodes, make = svg) {
  if (!nodes.length) return parent.replaceChildren();
  if (typeof nodes[0] === "string") {
    if (parent.textContent !== nodes.join("")) parent.textContent = nodes.join("");
    return;
  }
  const wanted = new Map(nodes.map((item, at) => [item.key ?? `${item.tag} ${at}`, item]));
  const there = new Map([...parent.children].map((element) => [keys.get(element), element]));
  for (const [key, element] of there) if (!wanted.has(key)) element.remove(); // first, so that what stays is never moved
  [...wanted].forEach(([key, item], at) => {
    const element = there.get(key) ?? make(item.tag);
    keys.set(element, key);
    dress(element, item.attributes);
    patch(element, item.children, make);
    if (parent.children[at] !== element) parent.insertBefore(element, parent.children[at] ?? null);
  });
}

/** Set what changed, take away what is gone; null and false mean "not there". */
function dress(element, attributes) {
  const before = dressed.get(element) ?? {};
  for (const name of Object.keys(before)) if (!present(attributes[name])) element.removeAttribute(name);
  for (const [name, value] of Object.entries(attributes)) {
    if (present(value) && before[name] !== value) element.setAttribute(name, value);
  }
  dressed.set(element, attributes);
}

const present = (value) => value !== null && value !== undefined && value !== false;
