// How the graph looks. Colours are the palette's variables; light and values fade in 180 ms unless the reader wants no motion.
export const CSS = `
.bp-graph { position: relative; width: 100%; color: var(--bp-value); }
.bp-graph svg { display: block; overflow: visible; font-variant-numeric: tabular-nums; }
.bp-graph text { fill: var(--bp-value); white-space: pre; }
.bp-graph .bp-letter { font-family: KaTeX_Math, "Latin Modern Math", "STIX Two Math", "Cambria Math", serif; font-style: italic;
  font-size: 1.12em; }
.bp-graph .bp-sub { font-family: KaTeX_Main, "Latin Modern Math", "STIX Two Math", "Cambria Math", serif; font-size: 0.76em; }
.bp-graph .bp-quiet { fill: var(--bp-second); }
.bp-graph .bp-gradient { fill: var(--bp-gradient); }
.bp-graph .bp-bar { fill: var(--bp-later-shape); }
.bp-graph .bp-positive { fill: var(--bp-positive); }
.bp-graph .bp-negative { fill: var(--bp-negative); }
.bp-graph .bp-muted { fill: var(--bp-second); }

.bp-graph .bp-box { fill: var(--bp-panel); stroke: var(--bp-line); stroke-width: 1.2; }
.bp-graph .bp-card { fill: var(--bp-page); stroke: var(--bp-line); stroke-width: 1.2; }
.bp-graph .bp-light { fill: var(--bp-now); stroke: var(--bp-now-edge); stroke-width: 1.2; opacity: 0; }
.bp-graph .bp-light.bp-on { opacity: 1; }
.bp-graph .bp-stripe { fill: var(--bp-value); opacity: 0; pointer-events: none; }
.bp-graph .bp-stripe.bp-on { opacity: 0.06; }
.bp-graph .bp-arrow { fill: none; stroke: var(--bp-later-shape); stroke-width: 2; }
.bp-graph .bp-tip { fill: var(--bp-later-shape); }
.bp-graph .bp-back { opacity: 0; }
.bp-graph .bp-back.bp-on { opacity: 1; }
.bp-graph .bp-back .bp-arrow { stroke: var(--bp-gradient); }
.bp-graph .bp-back .bp-tip, .bp-graph .bp-back text { fill: var(--bp-gradient); }

.bp-graph .bp-edge { fill: none; stroke: var(--bp-later-shape); }
.bp-graph .bp-edge.bp-positive { fill: none; stroke: var(--bp-positive); }
.bp-graph .bp-edge.bp-negative { fill: none; stroke: var(--bp-negative); }
.bp-graph .bp-halo { fill: none; stroke: var(--bp-now-edge); opacity: 0; }
.bp-graph .bp-halo.bp-on { opacity: 0.33; }
.bp-graph .bp-reach { fill: none; stroke: transparent; pointer-events: stroke; cursor: pointer; }
.bp-graph .bp-source { fill: var(--bp-page); stroke: var(--bp-later-shape); stroke-width: 1.2; }

.bp-graph [role=button] { cursor: pointer; outline: none; }
@starting-style { .bp-graph .bp-number { opacity: 0; } }
.bp-graph .bp-clear { fill: transparent; }
.bp-graph .bp-ring { fill: transparent; stroke: transparent; stroke-width: 1.4; }
.bp-graph [role=button]:hover > .bp-ring, .bp-graph .bp-near > .bp-ring { stroke: var(--bp-later-shape); }
.bp-graph .bp-selected > .bp-ring, .bp-graph .bp-selected:hover > .bp-ring { stroke: var(--bp-value); }
.bp-graph [role=button]:focus-visible > .bp-ring { stroke: var(--bp-next); stroke-width: 2.5; }
.bp-graph .bp-circle { fill: var(--bp-page); stroke: var(--bp-value); stroke-width: 1.6; }
.bp-graph .bp-zero { stroke: var(--bp-later-shape); stroke-width: 1; }

.bp-graph text, .bp-graph .bp-light, .bp-graph .bp-halo, .bp-graph .bp-ring, .bp-graph .bp-stripe, .bp-graph .bp-back {
  transition: opacity 180ms ease-out, fill 180ms ease-out, stroke 180ms ease-out; }
@media (prefers-reduced-motion: reduce) { .bp-graph * { transition: none !important; } }
@media (forced-colors: active) { .bp-graph svg { forced-color-adjust: none; } }

.bp-graph .bp-graph-legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 8px 0 0; padding: 0; list-style: none;
  font-size: 14px; line-height: 20px; color: var(--bp-second); }
.bp-graph .bp-graph-legend li { display: flex; align-items: center; gap: 6px; margin: 0; padding: 0; font-size: 14px; }
.bp-graph .bp-mark { flex: none; width: 13px; height: 13px; border-radius: 2px; box-sizing: border-box; }
.bp-graph .bp-mark-value { background: var(--bp-value); }
.bp-graph .bp-mark-gradient { background: var(--bp-gradient); }
.bp-graph .bp-mark-plus { width: 26px; height: 4px; background: var(--bp-positive); }
.bp-graph .bp-mark-minus { width: 26px; height: 4px; border-radius: 0;
  background: repeating-linear-gradient(90deg, var(--bp-negative) 0 7px, transparent 7px 9.5px); }
.bp-graph .bp-mark-now { background: var(--bp-now); border: 1.2px solid var(--bp-now-edge); border-radius: 4px; }
.bp-graph .bp-mark-next { border: 3px solid var(--bp-next); border-radius: 50%; }
`;
