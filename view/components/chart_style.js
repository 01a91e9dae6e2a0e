// How the chart looks. Every height is fixed, so that nothing jumps from moment to moment; every colour is the palette's.
export const CSS = `
.bp-chart { color: var(--bp-value); font-size: 14px; line-height: 1.3; font-variant-numeric: tabular-nums; min-width: 0; }
.bp-chart [hidden] { display: none !important; }
.bp-chart text { font-size: 12px; fill: var(--bp-second); }

.bp-rate { position: relative; height: 52px; }
.bp-rate-label { position: absolute; left: 0; top: 0; }
.bp-bubble { position: absolute; top: 0; left: clamp(116px, calc(8px + (100% - 16px) * var(--at)), calc(100% - 24px));
  transform: translateX(-50%); color: var(--bp-next); font-weight: 600; white-space: nowrap; }
.bp-range { position: absolute; left: 0; top: 14px; width: 100%; height: 28px; margin: 0; padding: 0; appearance: none;
  background: none; cursor: pointer; }
.bp-range::-webkit-slider-runnable-track { height: 4px; border-radius: 2px; background: linear-gradient(to right,
  var(--bp-next) calc(8px + (100% - 16px) * var(--at)), var(--bp-line) 0); }
.bp-range::-moz-range-track { height: 4px; border-radius: 2px; background: var(--bp-line); }
.bp-range::-moz-range-progress { height: 4px; border-radius: 2px; background: var(--bp-next); }
.bp-range::-webkit-slider-thumb { appearance: none; width: 16px; height: 16px; margin-top: -6px; border-radius: 50%;
  background: var(--bp-next); border: 0; }
.bp-range::-moz-range-thumb { width: 16px; height: 16px; border-radius: 50%; background: var(--bp-next); border: 0; }
.bp-range:focus-visible { outline: 2px solid var(--bp-next); outline-offset: 0; border-radius: 8px; }
.bp-rate-marks span { position: absolute; top: 37px; left: calc(8px + (100% - 16px) * var(--at)); transform: translateX(-50%);
  font-size: 12px; color: var(--bp-second); }
.bp-rate-marks span::before { content: ""; position: absolute; left: 50%; top: -5px; height: 4px; border-left: 1px solid
  var(--bp-later-shape); }
.bp-rate-marks span:first-child { left: 0; transform: none; }
.bp-rate-marks span:first-child::before { left: 8px; }
.bp-rate-marks span:last-child { left: auto; right: 0; transform: none; }
.bp-rate-marks span:last-child::before { left: auto; right: 8px; }
@media (pointer: coarse) { .bp-range { top: 6px; height: 44px; } }

.bp-chart-head { display: flex; align-items: center; gap: 12px; height: 44px; }
.bp-chart-head.bp-low { height: 24px; margin-top: 8px; }
.bp-chart-head h2 { margin: 0; padding: 0; font-size: 16px; font-weight: 600; line-height: 1.3; color: var(--bp-value);
  letter-spacing: 0; white-space: nowrap; }
.bp-chart-head span { color: var(--bp-second); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; min-width: 0; }
.bp-switch { display: flex; margin-left: auto; flex: none; }
.bp-switch button { position: relative; height: 44px; padding: 0 12px; font: inherit; color: var(--bp-value); cursor: pointer;
  background: var(--bp-page); border: 1px solid var(--bp-line); }
.bp-switch button:first-child { border-radius: 8px 0 0 8px; }
.bp-switch button:last-child { border-radius: 0 8px 8px 0; margin-left: -1px; }
.bp-switch button[aria-pressed="true"] { color: var(--bp-next); border-color: var(--bp-next); font-weight: 600; z-index: 1;
  background: color-mix(in srgb, var(--bp-next) 10%, var(--bp-page)); }
.bp-switch button:focus-visible { outline: 2px solid var(--bp-next); outline-offset: 2px; z-index: 2; }
.bp-switch button::after { content: ""; position: absolute; inset: -5px 0; }

.bp-surface { position: relative; height: 300px; overflow: hidden; }
.bp-plot { position: absolute; inset: 0; }
.bp-upward { position: absolute; left: 4px; top: 8px; font-size: 13px; color: var(--bp-second); pointer-events: none; }
.bp-pick .nsewdrag { cursor: crosshair; }
.bp-marks { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; }
.bp-caption { display: flex; align-items: center; gap: 6px; height: 24px; margin: 0; color: var(--bp-next); white-space: nowrap;
  overflow: hidden; text-overflow: ellipsis; font-size: 14px; }
.bp-caption::before { content: ""; flex: none; width: 8px; height: 8px; border: 2px solid var(--bp-next); border-radius: 50%; }
.bp-caption:empty::before { border-color: transparent; }
.bp-curve-box { position: relative; height: 130px; }
.bp-curve, .bp-nudge-picture { display: block; width: 100%; height: 100%; }
.bp-nudge-box { height: 150px; }
.bp-nudge-sentence { height: 24px; margin: 4px 0 0; color: var(--bp-value); }
.bp-way { position: absolute; margin: 0; padding: 0; appearance: none; background: none; cursor: pointer; opacity: 0;
  min-height: 24px; }
.bp-way::-webkit-slider-thumb { appearance: none; width: 24px; height: 40px; }
.bp-way::-moz-range-thumb { width: 24px; height: 40px; border: 0; }
.bp-curve-box:focus-within { outline: 2px solid var(--bp-next); outline-offset: 0; border-radius: 8px; }
.bp-curve-box:focus-within:not(:has(.bp-way:focus-visible)) { outline: none; }

.bp-grid path { stroke: var(--bp-line); stroke-width: 1; fill: none; }
.bp-grid .bp-axis { stroke: var(--bp-later-shape); }
.bp-run { fill: none; stroke: var(--bp-value); stroke-width: 2.5; stroke-linejoin: round; }
.bp-run.bp-ghost { stroke: var(--bp-later-shape); stroke-width: 2; }
.bp-tangent { fill: none; stroke: var(--bp-gradient); stroke-width: 2; }
.bp-chart text.bp-name { fill: var(--bp-second); paint-order: stroke; stroke: var(--bp-page); stroke-width: 4px; }
.bp-chart text.bp-name.bp-gradient { fill: var(--bp-gradient); }
.bp-cursor path { stroke: var(--bp-next); stroke-width: 1.5; }
.bp-chart .bp-cursor text { fill: var(--bp-next); paint-order: stroke; stroke: var(--bp-page); stroke-width: 4px; }

.bp-line { fill: none; stroke-linecap: round; stroke-linejoin: round; }
.bp-line.bp-path { stroke: var(--bp-value); stroke-width: 4; }
.bp-line.bp-dots { stroke: var(--bp-value); stroke-width: 6; }
.bp-line.bp-ghost { stroke: var(--bp-later-shape); stroke-width: 2.5; }
.bp-line.bp-arrow { stroke: var(--bp-gradient); stroke-width: 4; }
.bp-line.bp-reach { stroke: var(--bp-next); stroke-width: 2; stroke-dasharray: 1 4.5; }
.bp-line.bp-rim { stroke: var(--bp-page); }
.bp-rim.bp-path { stroke-width: 6; }
.bp-rim.bp-dots { stroke-width: 8; }
.bp-rim.bp-ghost { stroke-width: 4.5; }
.bp-rim.bp-arrow { stroke-width: 6; }
.bp-rim.bp-reach { stroke-width: 4; stroke-dasharray: none; stroke-opacity: 0.55; }
.bp-point { fill: var(--bp-value); stroke: var(--bp-page); stroke-width: 1.5; }
.bp-point.bp-hollow { fill: var(--bp-page); stroke: var(--bp-next); stroke-width: 3.5; }
.bp-head { fill: var(--bp-value); stroke: var(--bp-page); stroke-width: 1; }
.bp-head.bp-gradient { fill: var(--bp-gradient); }
.bp-head.bp-hollow { fill: var(--bp-next); }
.bp-label rect { fill: var(--bp-page); fill-opacity: 0.9; }
.bp-chart .bp-label text { font-size: 13px; fill: var(--bp-value); text-anchor: middle; }
.bp-chart .bp-label.bp-gradient text { fill: var(--bp-gradient); }
.bp-chart .bp-label.bp-hollow text { fill: var(--bp-next); }
.bp-leader { stroke: var(--bp-value); stroke-width: 1; }
@media (max-width: 760px) { .bp-chart-head:not(.bp-low) span { display: none; } }
`;
