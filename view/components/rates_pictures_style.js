// How the oracle and the map of fates look. Points, axes and arrow heads look as on the other charts; colours are the palette's.
export const CSS = `
.bp-oracle, .bp-fates { position: relative; height: 330px; min-width: 0; color: var(--bp-value); font-size: 14px;
  line-height: 1.3; font-variant-numeric: tabular-nums; }
.bp-oracle svg, .bp-fates svg { display: block; }
.bp-oracle > svg, .bp-fates > svg { position: absolute; inset: 0; width: 100%; height: 100%; }
.bp-oracle text, .bp-fates text { font-size: 12px; fill: var(--bp-second); }
.bp-fates [hidden] { display: none; }

.bp-oracle path { fill: none; stroke-linejoin: round; }
.bp-oracle-exact { stroke: var(--bp-value); stroke-width: 3.2; }
.bp-oracle-first { stroke: var(--bp-gradient); stroke-width: 2.5; stroke-dasharray: 2.5 3.5; }
.bp-oracle-quadratic { stroke: var(--bp-second); stroke-width: 1.8; stroke-dasharray: 9 7; }
.bp-oracle-limit { stroke: var(--bp-value); stroke-width: 1.2; stroke-dasharray: 6 5; }
.bp-oracle-level { stroke: var(--bp-later-shape); stroke-width: 1.2; stroke-dasharray: 2 3; }
.bp-oracle path.bp-oracle-mark { stroke: var(--bp-page); stroke-width: 1.5; fill: var(--bp-value); paint-order: stroke; }
.bp-oracle path.bp-off, .bp-oracle path.bp-dead { stroke: var(--bp-value); stroke-width: 2; }
.bp-oracle path.bp-head { fill: var(--bp-value); }
.bp-oracle path.bp-head.bp-hollow { fill: var(--bp-next); }
.bp-oracle path.bp-oracle-leader { stroke: var(--bp-later-shape); stroke-width: 1; }
.bp-oracle path.bp-oracle-leader.bp-first { stroke: var(--bp-gradient); }
.bp-oracle text.bp-oracle-name { font-size: 13px; fill: var(--bp-value); text-anchor: middle; dominant-baseline: central;
  paint-order: stroke; stroke: var(--bp-page); stroke-width: 5px; stroke-linejoin: round; }
.bp-oracle text.bp-first { fill: var(--bp-gradient); }
.bp-oracle text.bp-quadratic { fill: var(--bp-second); }
.bp-oracle text.bp-hollow { fill: var(--bp-next); font-weight: 600; }
.bp-oracle-sub { font-size: 11px; }

.bp-fates > svg { pointer-events: none; }
.bp-fates-box { position: absolute; cursor: crosshair; background: var(--bp-page); }
.bp-fates-box:focus-visible { outline: 2px solid var(--bp-next); outline-offset: 2px; }
.bp-fates canvas { display: block; width: 100%; height: 100%; image-rendering: pixelated; }
.bp-fates-patches pattern path { stroke: var(--bp-value); stroke-opacity: 0.35; stroke-width: 1.2; }
.bp-fates-edge { fill: var(--bp-page); stroke: var(--bp-later-shape); stroke-width: 2.4; paint-order: stroke;
  shape-rendering: crispEdges; }
.bp-fates-label rect { fill: var(--bp-page); fill-opacity: 0.9; }
.bp-fates-labels path { stroke: var(--bp-value); stroke-width: 1; }
.bp-fates .bp-fates-over text { font-size: 13px; fill: var(--bp-value); text-anchor: middle; dominant-baseline: central; }
.bp-fates .bp-fates-over .bp-hollow text { fill: var(--bp-next); font-weight: 600; }
.bp-fates canvas, .bp-fates-labels, .bp-fates-patches { transition: opacity 180ms ease-out; }
.bp-dim canvas, .bp-dim .bp-fates-labels, .bp-dim .bp-fates-patches { opacity: 0.35; }
.bp-fates-path { fill: none; stroke: var(--bp-value); stroke-width: 1.5; stroke-linejoin: round; }
.bp-fates-path.bp-rim { stroke: var(--bp-page); stroke-width: 3.5; }
.bp-fates .bp-start { stroke-width: 2.5; }
.bp-fates .bp-halo { fill: var(--bp-page); stroke: none; }
.bp-fates-cross path { fill: none; stroke: var(--bp-value); stroke-width: 1.5; }
.bp-fates-cross path.bp-rim { stroke: var(--bp-page); stroke-width: 4; }
.bp-fates-note { position: absolute; top: calc(var(--top) + 6px); margin: 0 6px; padding: 4px 8px; border-radius: 4px;
  background: var(--bp-page); border: 1px solid var(--bp-line); font-size: 12px; color: var(--bp-second);
  pointer-events: none; visibility: hidden; }
.bp-fates-note.bp-low { top: auto; bottom: calc(var(--bottom) + 6px); }
.bp-fates-box:focus-visible ~ .bp-fates-note, .bp-fates-note.bp-on { visibility: visible; }
.bp-fates-note output { display: block; font-size: 14px; color: var(--bp-value); }
.bp-fates-box:not(:focus-visible) ~ .bp-fates-note span { display: none; }
.bp-fates-note output:empty { display: none; }
.bp-fates-waiting { position: absolute; inset: 8px 12px 38px 52px; margin: 0; display: flex; align-items: center;
  justify-content: center; padding: 16px; text-align: center; background: var(--bp-panel); border: 1px solid var(--bp-line);
  border-radius: 8px; color: var(--bp-second); }
@media (prefers-reduced-motion: reduce) { .bp-fates canvas, .bp-fates-labels, .bp-fates-patches { transition: none; } }
`;
