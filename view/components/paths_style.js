// How the table of paths and the strip of votes look. Colours are the palette's variables.
export const CSS = `
.bp-paths { width: 100%; color: var(--bp-value); font-variant-numeric: tabular-nums; }
.bp-paths-scroll { overflow-x: auto; }
.bp-paths table { width: 100%; border-collapse: collapse; font-size: 13.5px; line-height: 20px; margin: 0; }
.bp-paths caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.bp-paths th, .bp-paths td { padding: 5px 8px; text-align: right; white-space: nowrap; border: 0;
  border-bottom: 1px solid var(--bp-line); font-weight: 400; color: inherit; }
.bp-paths thead th { color: var(--bp-second); white-space: normal; vertical-align: bottom;
  min-width: 46px; }
.bp-paths thead .bp-axis { padding-bottom: 5px; white-space: pre; }
.bp-paths .bp-words, .bp-paths tr:is(.bp-rest, .bp-sum) th { text-align: left; }
.bp-paths .bp-axis { width: 112px; padding: 0 0 0 8px; text-align: center; white-space: pre; color: var(--bp-second); }
.bp-paths .bp-axis svg { display: block; width: 100%; height: 14px; }
.bp-paths .bp-axis path { stroke: var(--bp-later-shape); stroke-width: 1; fill: none; vector-effect: non-scaling-stroke; }
.bp-paths td.bp-positive { color: var(--bp-positive); font-weight: 600; }
.bp-paths td.bp-negative { color: var(--bp-negative); font-weight: 600; }
.bp-paths rect.bp-positive, .bp-votes .bp-positive { fill: var(--bp-positive); }
.bp-paths rect.bp-negative, .bp-votes .bp-negative { fill: var(--bp-negative); }
.bp-paths tr.bp-silent { color: var(--bp-later); }
.bp-paths tr.bp-rest, .bp-paths tr.bp-sum { color: var(--bp-second); }
.bp-paths tr.bp-sum td { color: var(--bp-gradient); font-weight: 700; }
.bp-paths tr.bp-sum th, .bp-paths tr.bp-sum td { border-bottom: 0; }
.bp-paths tr[data-ids] { outline: none; }
.bp-paths tr.bp-near { background: var(--bp-now); box-shadow: inset 4px 0 var(--bp-now-edge); }
.bp-paths tr[data-ids]:focus-visible { outline: 2px solid var(--bp-next); outline-offset: -2px; }
.bp-votes-head { display: flex; align-items: center; gap: 12px; margin: 10px 0 2px; font-size: 13.5px; color: var(--bp-second); }
.bp-paths .bp-votes-head h3 { font-size: 13.5px; font-weight: 600; margin: 0; padding: 0; color: var(--bp-value); }
.bp-votes-note { flex: 1; }
.bp-paths .bp-votes-head button { font: inherit; color: var(--bp-next); background: var(--bp-page); cursor: pointer;
  border: 1px solid var(--bp-line); border-radius: 8px; padding: 0 12px; min-height: 32px; }
.bp-paths .bp-votes-head button[aria-pressed=true] { border-color: var(--bp-next); }
.bp-paths .bp-votes-head button:focus-visible { outline: 2px solid var(--bp-next); }
.bp-votes { display: block; width: 100%; }
.bp-votes .bp-zero-line { stroke: var(--bp-later-shape); stroke-width: 1; }
@media (max-width: 760px) { .bp-paths .bp-votes-head button { min-height: 44px; }
  .bp-paths table { font-size: 13px; } .bp-paths th, .bp-paths td { padding: 5px 4px; } .bp-paths .bp-axis { width: 56px; } }
`;
