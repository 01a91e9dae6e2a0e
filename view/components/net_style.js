// How the network looks. Colours are the palette's variables; light fades in 180 ms unless the reader wants no motion.
export const CSS = `
.bp-net { position: relative; width: 100%; color: var(--bp-value); }
.bp-net .bp-net-scroll { outline: none; }
.bp-net .bp-net-scroll.bp-on { overflow-x: auto; overflow-y: hidden; }
.bp-net .bp-net-picture { position: relative; }
.bp-net canvas { position: absolute; left: 0; top: 0; pointer-events: none; }
.bp-net svg { display: block; position: relative; overflow: visible; font-variant-numeric: tabular-nums; }
.bp-net text { fill: var(--bp-value); white-space: pre; pointer-events: none; }
.bp-net .bp-letter { font-family: KaTeX_Math, "Latin Modern Math", "STIX Two Math", "Cambria Math", serif; font-style: italic;
  font-size: 1.12em; font-weight: 400; }
.bp-net .bp-name { paint-order: stroke; stroke: var(--bp-page); stroke-width: 5px; stroke-linejoin: round; }
.bp-net text.bp-quiet { fill: var(--bp-second); }
.bp-net text.bp-gradient { fill: var(--bp-gradient); }
.bp-net text.bp-positive { fill: var(--bp-positive); }
.bp-net text.bp-negative { fill: var(--bp-negative); }

.bp-net .bp-frame { fill: transparent; stroke: var(--bp-later-shape); stroke-width: 1.4; }
.bp-net .bp-frame.bp-positive { fill: color-mix(in srgb, var(--bp-positive) 14%, var(--bp-page)); }
.bp-net .bp-frame.bp-negative { fill: color-mix(in srgb, var(--bp-negative) 14%, var(--bp-page)); }
.bp-net .bp-dull .bp-frame { stroke-dasharray: 4 3; }
.bp-net .bp-dull text { fill: var(--bp-later); }
.bp-net .bp-lamp { fill: none; stroke: var(--bp-now-edge); stroke-width: 3; opacity: 0; }
.bp-net .bp-light { fill: var(--bp-now); stroke: var(--bp-now-edge); stroke-width: 1.6; opacity: 0; }
.bp-net .bp-lamp.bp-on, .bp-net .bp-light.bp-on { opacity: 1; }
.bp-net .bp-circle { fill: var(--bp-page); stroke: var(--bp-value); stroke-width: 1.6; }

.bp-net .bp-edge, .bp-net .bp-halo { pointer-events: none; }
.bp-net .bp-edge { fill: none; stroke: var(--bp-later-shape); }
.bp-net .bp-edge.bp-positive { stroke: var(--bp-positive); }
.bp-net .bp-edge.bp-negative { stroke: var(--bp-negative); }
.bp-net .bp-faint { opacity: 0.26; }
.bp-net .bp-pale .bp-faint { opacity: 0.1; }
.bp-net .bp-pale .bp-frame { stroke: var(--bp-line); }
.bp-net .bp-pale .bp-name { fill: var(--bp-later); }
.bp-net .bp-returned .bp-frame { stroke: var(--bp-gradient); stroke-width: 2; }
.bp-net .bp-thread { fill: none; stroke: var(--bp-gradient); stroke-width: 1; opacity: 0.4; pointer-events: none; }
.bp-net .bp-dim .bp-frame, .bp-net .bp-dim .bp-name { opacity: 0.45; }
.bp-net .bp-dim .bp-faint { opacity: 0.12; }
.bp-net .bp-dim .bp-thread { opacity: 0; }
.bp-net.bp-stale :is(.bp-label .bp-gradient, .bp-made) { opacity: 0.4; }
.bp-net .bp-halo { fill: none; stroke: var(--bp-now-edge); opacity: 0; }
.bp-net .bp-halo.bp-on { opacity: 0.33; }
.bp-net .bp-reach { fill: none; stroke: transparent; pointer-events: stroke; cursor: pointer; }
.bp-net .bp-focus { fill: none; stroke: var(--bp-next); opacity: 0; pointer-events: none; }
.bp-net .bp-arrow { fill: none; stroke: var(--bp-value); stroke-width: 1.8; }
.bp-net .bp-tip { fill: var(--bp-value); }
.bp-net .bp-wave { opacity: 0; }
.bp-net .bp-wave.bp-on { opacity: 1; }
.bp-net .bp-back .bp-arrow { stroke: var(--bp-gradient); stroke-width: 2.2; }
.bp-net .bp-back .bp-tip { fill: var(--bp-gradient); }

.bp-net [role=button] { cursor: pointer; outline: none; }
.bp-net .bp-ring { fill: transparent; stroke: transparent; stroke-width: 1.4; }
.bp-net .bp-ring.bp-near, .bp-net [role=button]:hover > .bp-ring { stroke: var(--bp-later-shape); }
.bp-net .bp-selected > .bp-ring { stroke: var(--bp-value); stroke-width: 1.8; }
.bp-net [role=button]:focus-visible > .bp-ring { stroke: var(--bp-next); stroke-width: 2.5; }
.bp-net [role=button]:focus-visible > .bp-focus { opacity: 0.7; }

.bp-net .bp-label { cursor: pointer; }
.bp-net .bp-card { fill: var(--bp-page); stroke: var(--bp-line); stroke-width: 1.2; }
.bp-net .bp-label.bp-now .bp-card { fill: var(--bp-now); stroke: var(--bp-now-edge); stroke-width: 1.8; }
.bp-net .bp-label.bp-chosen .bp-card { stroke: var(--bp-value); }
.bp-net .bp-lead { fill: none; stroke: var(--bp-second); stroke-width: 1; pointer-events: none; }
.bp-net .bp-clear { fill: transparent; }

@starting-style { .bp-net .bp-number, .bp-net .bp-strong, .bp-net .bp-label, .bp-net .bp-found { opacity: 0; } }
.bp-net text, .bp-net .bp-lamp, .bp-net .bp-light, .bp-net .bp-halo, .bp-net .bp-strong, .bp-net .bp-label, .bp-net .bp-found,
.bp-net .bp-ring, .bp-net .bp-wave, .bp-net .bp-card {
  transition: opacity 180ms ease-out, fill 180ms ease-out, stroke 180ms ease-out; }
@media (prefers-reduced-motion: reduce) { .bp-net * { transition: none !important; } }
@media (forced-colors: active) { .bp-net svg { forced-color-adjust: none; } }

.bp-net .bp-net-legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 8px 0 0; padding: 0; list-style: none;
  font-size: 14px; line-height: 20px; color: var(--bp-second); }
.bp-net .bp-net-legend li { display: flex; align-items: center; gap: 6px; margin: 0; padding: 0; font-size: 14px; }
.bp-net .bp-mark { flex: none; width: 13px; height: 13px; border-radius: 2px; box-sizing: border-box; }
.bp-net .bp-mark-value { background: var(--bp-value); }
.bp-net .bp-mark-gradient { background: var(--bp-gradient); }
.bp-net .bp-mark-plus { width: 26px; height: 4px; background: var(--bp-positive); }
.bp-net .bp-mark-minus { width: 26px; height: 4px; border-radius: 0;
  background: repeating-linear-gradient(90deg, var(--bp-negative) 0 7px, transparent 7px 9.5px); }
.bp-net .bp-mark-now { background: var(--bp-now); border: 1.2px solid var(--bp-now-edge); border-radius: 4px; }
.bp-net .bp-mark-output { background: linear-gradient(90deg, var(--bp-negative) 50%, var(--bp-positive) 50%); }
@media (max-width: 760px) { .bp-net .bp-net-legend { gap: 2px 14px; } }
`;
