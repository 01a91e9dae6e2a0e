// How the Learning rate page's pictures stand and look; surface, curves and switch are styled with the chart of the neuron's page.
// Every height is fixed, so that nothing jumps while η is dragged.
export const CSS = `
.bp-rates { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); column-gap: 24px;
  grid-template-areas: "sweep sweep sweep" "paths oracle map"; }
.bp-area-sweep { grid-area: sweep; }
.bp-area-paths { grid-area: paths; }
.bp-area-oracle { grid-area: oracle; }
.bp-area-map { grid-area: map; }
.bp-rates .bp-surface, .bp-picture-box, .bp-rates .bp-oracle, .bp-rates .bp-fates { height: clamp(270px, calc(100vh - 610px), 400px); }
.bp-rates .bp-chart-head span { line-height: 20px; }
.bp-picture-box { position: relative; }
.bp-facts { margin: 0; padding: 2px 0; min-height: 44px; line-height: 20px; color: var(--bp-second); font-size: 14px;
  white-space: pre-line; }
.bp-stale { transition: opacity 180ms; }
.bp-dragging .bp-stale { opacity: 0.35; }

.bp-sweep { position: relative; height: 150px; margin-bottom: 4px; }
.bp-rates .bp-curve-box { height: 112px; }
.bp-sweep-picture { display: block; width: 100%; height: 100%; cursor: ew-resize; touch-action: pan-y; user-select: none; }
.bp-sweep-range { position: absolute; height: 44px; margin: 0; padding: 0; opacity: 0; pointer-events: none; }
.bp-sweep:has(:focus-visible):not(.bp-pointed) { outline: 2px solid var(--bp-next); border-radius: 8px; }
.bp-sweep-dots > * { fill: var(--fill); stroke: color-mix(in srgb, var(--fill) 55%, var(--bp-value)); stroke-width: 1; }
.bp-chart .bp-stretches text { font-size: 13px; paint-order: stroke; stroke: var(--bp-page); stroke-width: 4px; }
.bp-stretches .bp-leader { stroke: var(--bp-later-shape); }
.bp-limit path { stroke: var(--bp-value); stroke-width: 1.5; stroke-dasharray: 5 4; fill: none; }
.bp-limit path.bp-beyond { fill: var(--bp-value); stroke: none; }
.bp-chart .bp-limit text { font-size: 13px; fill: var(--bp-value); paint-order: stroke; stroke: var(--bp-page); stroke-width: 4px; }
.bp-handle path { stroke: var(--bp-next); stroke-width: 2.5; }
.bp-handle .bp-grip { fill: var(--bp-next); stroke: var(--bp-page); stroke-width: 2; }
.bp-chart .bp-handle text { font-size: 15px; font-weight: 600; fill: var(--bp-next); paint-order: stroke; stroke: var(--bp-page);
  stroke-width: 4px; }

.bp-line.bp-ahead { stroke: var(--bp-value); stroke-width: 1.8; }
.bp-rim.bp-ahead { stroke-width: 3.6; stroke: var(--bp-page); stroke-opacity: 0.8; }
.bp-line.bp-ahead-dots { stroke: var(--bp-value); stroke-width: 4.5; }
.bp-rim.bp-ahead-dots { stroke-width: 6; stroke: var(--bp-page); stroke-opacity: 0.8; }
.bp-line.bp-companion { stroke: var(--bp-page); stroke-width: 1.6; }
.bp-rim.bp-companion { stroke: var(--bp-value); stroke-width: 2.6; stroke-opacity: 0.45; }
.bp-line.bp-switch { stroke: var(--bp-value); stroke-width: 1; stroke-opacity: 0.65; }
.bp-rim.bp-switch { stroke: var(--bp-page); stroke-width: 2.6; stroke-opacity: 0.6; }
.bp-line.bp-stem { stroke: var(--bp-value); stroke-width: 1; }
.bp-rim.bp-stem { stroke: var(--bp-page); stroke-width: 2.4; }
.bp-point.bp-end { stroke: var(--bp-value); stroke-width: 1.8; }
.bp-chart .bp-label.bp-ahead text { fill: var(--bp-value); }

.bp-run.bp-tried { stroke: var(--bp-next); stroke-width: 2.5; stroke-linecap: round; stroke-dasharray: 1 5; }
.bp-timeline { cursor: pointer; touch-action: pan-y; }
.bp-through { pointer-events: none; }

@media (max-width: 1100px) {
  .bp-rates { grid-template-columns: repeat(2, minmax(0, 1fr)); grid-template-rows: auto auto 1fr;
    grid-template-areas: "sweep sweep" "paths oracle" "paths map"; }
}
@media (max-width: 760px) {
  .bp-rates { grid-template-columns: minmax(0, 1fr); grid-template-rows: none;
    grid-template-areas: "sweep" "paths" "oracle" "map"; }
  .bp-rates .bp-chart-head span { display: block; }
  .bp-area-sweep .bp-chart-head.bp-low { flex-wrap: wrap; height: auto; row-gap: 0; }
  .bp-sweep { height: 176px; }
  .bp-rates .bp-surface, .bp-picture-box, .bp-rates .bp-oracle, .bp-rates .bp-fates { height: 310px; }
}
@media (prefers-reduced-motion: reduce) { .bp-stale { transition: none; } }
`;
