// The stepper's track where a whole update is one step: the run so far as a slider, from its start to some updates ahead. It sends
// the update it is let go at, like every other part of the stepper.
import { html } from "./common.js";

/** Draws the slider into `track`, once, and sets it to update k. run: {label, last}; go(k): the reader let go there. */
export function drawRun(track, run, k, go) {
  let slider = track.querySelector("input");
  if (!slider) {
    slider = html("input", { type: "range", min: 0, step: 1, class: "bp-run-range" });
    const marks = html("div", { class: "bp-run-marks", "aria-hidden": "true" }, html("span", {}, "0"), html("span"));
    slider.addEventListener("change", () => go(Number(slider.value)));
    track.replaceChildren(html("span", { class: "bp-run-label" }), slider, marks);
    delete track.dataset.shape; // the dots, if there were any, are gone
  }
  const [said, , marks] = track.children;
  said.textContent = run.label;
  marks.lastChild.textContent = run.last;
  slider.max = run.last;
  slider.setAttribute("aria-label", run.label);
  if (!slider.matches(":active")) slider.value = k;
}
