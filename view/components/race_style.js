// How the race looks. Lanes differ by their dashes and their number, never by hue: colours have meanings here. Ink is what a run
// has done, green what its next update would do, purple the gradient. Heights are fixed, so that nothing jumps from update to update.
export const CSS = `
.bp-race { container: bp-race / inline-size; }
.bp-race-grid { display: grid; gap: 0 32px; grid-template-columns: minmax(0, 11fr) minmax(0, 10fr); grid-template-rows: auto 1fr;
  grid-template-areas: "surface names" "surface curve"; }
.bp-race-names { grid-area: names; }
.bp-race-surface { grid-area: surface; }
.bp-race-curve { grid-area: curve; display: flex; flex-direction: column; }
.bp-race .bp-surface { height: 420px; }
.bp-race .bp-curve-box { flex: 1 1 150px; min-height: 150px; }
.bp-race .bp-curve { position: absolute; inset: 0; }

.bp-race-names { container: bp-names / inline-size; }
.bp-race-legend { list-style: none; margin: 6px 0 0; padding: 0; font-size: 14px; }
.bp-race-legend li { margin: 0; padding: 0; font-size: 14px; }
.bp-race-legend li + li { border-top: 1px solid var(--bp-line); }
.bp-race-legend button { display: grid; grid-template-columns: 70px minmax(0, 1fr) 92px 108px; align-items: center; gap: 0 12px;
  width: 100%; height: 34px; margin: 0; padding: 0 8px; font: inherit; color: var(--bp-value); text-align: left; cursor: pointer;
  background: none; border: 0; border-radius: 6px; font-variant-numeric: tabular-nums; }
.bp-race-legend button > span { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
.bp-race-legend b { font-weight: 600; }
.bp-race-legend button:hover { background: var(--bp-panel); }
.bp-race-legend button[aria-pressed="true"] { background: color-mix(in srgb, var(--bp-next) 10%, var(--bp-page)); }
.bp-race-legend button:focus-visible { outline: 2px solid var(--bp-next); outline-offset: -2px; }
.bp-race-state { color: var(--bp-second); }
.bp-race-loss { text-align: right; }
.bp-race-legend .bp-pale :is(b, span) { color: var(--bp-second); }
.bp-race .bp-unseen { position: absolute; width: 1px; height: 1px; clip-path: inset(50%); }

.bp-chart .bp-lane { fill: none; stroke: var(--bp-value); stroke-width: 2.4; stroke-linecap: butt; stroke-linejoin: round; }
.bp-lane-1 { stroke-dasharray: none; }
.bp-lane-2 { stroke-dasharray: 10 4; }
.bp-lane-3 { stroke-dasharray: 2.5 2.5; }
.bp-lane-4 { stroke-dasharray: 12 3 2.5 3; }
.bp-lane-5 { stroke-dasharray: 5 3; }
.bp-lane-6 { stroke-dasharray: 9 3 2.5 3 2.5 3; }
.bp-chart .bp-lit .bp-lane { stroke-width: 3.6; }
.bp-chart .bp-pale .bp-lane { stroke: var(--bp-second); stroke-width: 1.5; }
.bp-chart .bp-lane.bp-later { stroke: var(--bp-later-shape); stroke-width: 1.5; }
.bp-chart .bp-rim.bp-lane { stroke: var(--bp-page); stroke-width: 4.6; stroke-dasharray: none; stroke-opacity: 0.8; }
.bp-chart .bp-lit .bp-rim.bp-lane { stroke-width: 6.5; stroke-opacity: 1; }
.bp-chart .bp-pale .bp-rim.bp-lane { stroke-width: 3; stroke-opacity: 0.6; }
.bp-race .bp-line.bp-dots { stroke-width: 6; }
.bp-race .bp-rim.bp-dots { stroke-width: 7; }
.bp-race .bp-pale .bp-reach { stroke-opacity: 0.55; }
.bp-race .bp-pale .bp-point.bp-hollow { r: 3.5px; stroke-width: 2.5; }
.bp-race .bp-lit .bp-point.bp-hollow { r: 6px; }
.bp-line.bp-aside { stroke: var(--bp-value); stroke-width: 1.2; }
.bp-rim.bp-aside { stroke: var(--bp-page); stroke-width: 3; }

.bp-badge circle { fill: var(--bp-value); stroke: var(--bp-page); stroke-width: 1.5; }
.bp-chart .bp-badge text { font-size: 12px; font-weight: 600; fill: var(--bp-page); text-anchor: middle; }
.bp-pale .bp-badge circle { fill: var(--bp-second); }
.bp-pale .bp-point:not(.bp-hollow), .bp-pale .bp-head:not(.bp-hollow) { fill: var(--bp-second); }
.bp-badge.bp-hollow circle { fill: var(--bp-page); stroke: var(--bp-next); stroke-width: 3; }
.bp-chart .bp-badge.bp-hollow text { fill: var(--bp-value); }
.bp-pale .bp-badge.bp-hollow circle { fill: var(--bp-page); stroke-width: 1.5; }
.bp-chart .bp-pale .bp-badge.bp-hollow text { fill: var(--bp-second); font-weight: 400; }

.bp-race-sweep-box { height: 320px; }
.bp-race-diamond { fill: var(--bp-value); stroke: var(--bp-page); stroke-width: 1.2; }
.bp-pale .bp-race-diamond { fill: var(--bp-second); }
.bp-race-best { display: flex; align-items: center; gap: 6px; height: 24px; margin: 0; color: var(--bp-second);
  font-size: 14px; }
.bp-race-limit path { fill: none; stroke: var(--bp-value); stroke-width: 1.2; stroke-dasharray: 6 5; }
.bp-race-now path { fill: none; stroke: var(--bp-next); stroke-width: 2; }
.bp-chart :is(.bp-race-limit, .bp-race-now) > text { font-size: 13px; fill: var(--bp-value); paint-order: stroke;
  stroke: var(--bp-page); stroke-width: 4px; }
.bp-chart .bp-race-limit.bp-pale > text { fill: var(--bp-second); }
.bp-race-limit.bp-pale path { stroke: var(--bp-later-shape); }
.bp-chart .bp-race-now > text { fill: var(--bp-next); font-weight: 600; }

@container bp-race (max-width: 899px) {
  .bp-race-grid { grid-template-columns: minmax(0, 1fr); grid-template-rows: none; grid-template-areas: "names" "surface" "curve"; }
  .bp-race-legend { margin-bottom: 8px; }
  .bp-race .bp-curve-box { flex: none; height: 230px; }
}
@container bp-race (max-width: 560px) {
  .bp-race .bp-surface { height: 340px; }
}
@container bp-names (max-width: 540px) {
  .bp-race-legend button { height: 44px; line-height: 19px; align-content: center; padding: 0 4px;
    grid-template-columns: 70px minmax(0, 1fr) auto; }
  .bp-race-legend svg { grid-row: 1 / 3; }
  .bp-race-legend .bp-race-name { grid-column: 2 / 4; }
  .bp-race-eta { grid-column: 2; }
  .bp-race-loss { grid-column: 3; }
}
`;
