// How the time line looks, and what on the page turns pale while it is dragged: numbers that belong to another moment.
export const CSS = `
.bp-time .bp-curve-box { height: 148px; }
.bp-timeline { cursor: ew-resize; touch-action: pan-y; user-select: none; }
.bp-time .bp-way { pointer-events: none; }
.bp-run.bp-held { stroke-width: 1.6; stroke-dasharray: 5 4; }
.bp-run.bp-pinned { stroke: var(--bp-later-shape); stroke-width: 5; stroke-opacity: 0.4; }
.bp-run.bp-batches { stroke: var(--bp-second); stroke-width: 2.6; stroke-linecap: round; stroke-opacity: 0.3; }
.bp-run.bp-come { stroke: var(--bp-later-shape); }
.bp-chart .bp-time-ends text { fill: var(--bp-second); }
.bp-chart .bp-time-ends .bp-own { fill: var(--bp-value); }
.bp-time-legend .bp-run.bp-batches { stroke-width: 4; stroke-opacity: 0.6; }
.bp-time-legend { display: flex; flex-wrap: wrap; gap: 0 16px; margin: 0; font-size: 13px; color: var(--bp-second); }
.bp-time-legend span { display: inline-flex; align-items: center; gap: 6px; }
.bp-time-here rect { fill-opacity: 0.75; }
[data-bp-scrub] .bp-time-here { visibility: hidden; }
.bp-cursor circle { fill: var(--bp-next); stroke: var(--bp-page); stroke-width: 2; }
.bp-chart .bp-cursor text { font-size: 14px; font-weight: 600; }
.st-key-net_slot, [class*="st-key-now_"], [class*="st-key-tables_"], [class*="st-key-finding_"] { transition: opacity 180ms; }
[data-bp-scrub] :is(.st-key-net_slot, [class*="st-key-now_"], [class*="st-key-tables_"], [class*="st-key-finding_"]) {
  opacity: 0.35; }
@media (prefers-reduced-motion: reduce) {
  .st-key-net_slot, [class*="st-key-now_"], [class*="st-key-tables_"], [class*="st-key-finding_"] { transition: none; }
}
`;
