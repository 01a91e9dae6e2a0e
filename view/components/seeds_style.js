// How the thousand seeds and the repair path look. A fate has its colour from the map of fates and a shape of its own: a filled
// square is solved, a ring is stuck, a crossed grey square is dead.
export const CSS = `
.bp-seeds-stage { position: relative; margin-top: 4px; }
.bp-seeds-stage > svg { display: block; width: 100%; height: 100%; pointer-events: none; }
.bp-seeds-box { position: absolute; inset: 0; cursor: pointer; border-radius: 4px; }
.bp-seeds-box:focus-visible { outline: 2px solid var(--bp-next); outline-offset: 3px; }
.bp-seeds .bp-scale { font-size: 12px; fill: var(--bp-second); text-anchor: end; dominant-baseline: central; }
.bp-seeds-dead { fill: var(--bp-fate-dead); }
.bp-seeds-cross { fill: none; stroke: var(--bp-second); stroke-width: 1.3; stroke-linecap: round; }
.bp-seeds-stuck { fill: var(--bp-fate-basin2); stroke: var(--bp-fate-valley3); stroke-width: 1.5; }
.bp-seeds-solved { fill: var(--bp-fate-right); }
.bp-seeds-shown { fill: var(--bp-now); stroke: var(--bp-now-edge); stroke-width: 2.5; }
.bp-seeds-cursor { fill: none; stroke: var(--bp-next); stroke-width: 2.5; }
.bp-seeds-cursor.bp-rim { stroke: var(--bp-page); stroke-width: 5; }
.bp-seeds-told { min-height: 46px; margin: 6px 0 4px; color: var(--bp-value); }
.bp-seeds-told output { display: block; } .bp-seeds-told .bp-quiet { color: var(--bp-second); }
.bp-seeds-told .bp-keys { font-size: 12px; color: var(--bp-second); }
.bp-seeds-stage:not(:has(:focus-visible)) + .bp-seeds-told .bp-keys { display: none; }
.bp-seeds-waiting { display: flex; align-items: center; justify-content: center; min-height: 240px; margin: 0; padding: 16px;
  background: var(--bp-panel); border: 1px solid var(--bp-line); border-radius: 8px; color: var(--bp-second); }
.bp-seeds-legend { display: grid; grid-template-columns: 20px max-content 1fr max-content max-content; gap: 4px 10px; align-items: center;
  margin: 0; padding: 0 0 8px; list-style: none; }
.bp-seeds .bp-seeds-legend li { display: contents; font-size: 14px; }
.bp-seeds-legend svg { display: block; }
.bp-seeds-legend b { font-weight: 600; text-align: right; }
.bp-seeds-legend span:last-child { text-align: right; color: var(--bp-second); min-width: 56px; }
.bp-seeds-bar { height: 12px; border-radius: 3px; background: var(--bp-panel); box-shadow: inset 0 0 0 1px var(--bp-line); overflow: hidden; }
.bp-seeds-bar i { display: block; height: 100%; }
.bp-fill-dead { background: repeating-linear-gradient(45deg, var(--bp-fate-dead) 0 4px, var(--bp-later-shape) 4px 5.5px); }
.bp-fill-stuck { background: var(--bp-fate-basin); } .bp-fill-solved { background: var(--bp-fate-right); }

.bp-path { display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: 12px; margin: 4px 0; padding: 0; list-style: none;
  color: var(--bp-value); font-size: 14px; line-height: 1.4; font-variant-numeric: tabular-nums; }
.bp-path li { display: flex; flex-direction: column; gap: 8px; margin: 0; padding: 12px; border: 1px solid var(--bp-line); border-radius: 8px;
  min-width: 0; }
.bp-path li[aria-current] { border-color: var(--bp-now-edge); box-shadow: inset 0 4px 0 var(--bp-now-edge); }
.bp-path h3 { margin: 0; padding: 0; font-size: 15px; font-weight: 600; line-height: 1.3; min-height: 2.6em; color: var(--bp-value);
  letter-spacing: 0; }
.bp-path strong { font-size: 24px; font-weight: 680; line-height: 1; }
.bp-path p { margin: 0; padding: 0; font-size: 14px; } .bp-path .bp-quiet { color: var(--bp-second); }
.bp-path-bar { display: flex; height: 14px; border-radius: 3px; overflow: hidden; box-shadow: inset 0 0 0 1px var(--bp-line); }
.bp-path-bar i { height: 100%; }
.bp-path button { margin-top: auto; min-height: 44px; padding: 0 10px; font: inherit; color: var(--bp-next); background: var(--bp-page);
  border: 1px solid var(--bp-line); border-radius: 8px; cursor: pointer; }
.bp-path button:hover:enabled { border-color: var(--bp-next); }
.bp-path button:focus-visible { outline: 3px solid var(--bp-next); outline-offset: 2px; }
.bp-path button:disabled { color: var(--bp-second); background: var(--bp-panel); cursor: default; }
@media (max-width: 1100px) { .bp-path { grid-template-columns: repeat(3, minmax(0, 1fr)); } }
@media (max-width: 760px) {
  .bp-path { grid-template-columns: minmax(0, 1fr); } .bp-path h3 { min-height: 0; }
  .bp-seeds .bp-chart-head span { display: none; }
}
`;
