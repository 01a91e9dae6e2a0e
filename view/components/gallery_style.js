// How the gallery looks: value in ink, slope and tangent in the gradient's colour, the point to move in green, flat parts on grey.
export const CSS = `
.bp-gallery-told { min-height: 42px; margin: 4px 0 6px; padding: 0; font-size: 16px; line-height: 21px; color: var(--bp-value); }
.bp-gallery-stage { height: auto; position: relative; }
.bp-gallery-value { display: block; width: 100%; height: 260px; }
.bp-gallery-slope { display: block; width: 100%; height: 150px; }
.bp-gallery-depth { display: block; width: 100%; height: 200px; }
.bp-gallery-range { top: 0; height: 100%; cursor: ew-resize; touch-action: pan-y; }
.bp-gallery-range::-webkit-slider-thumb { height: 410px; }
.bp-gallery-line { fill: none; stroke: var(--bp-gradient); stroke-width: 2.5; }
.bp-gallery .bp-tangent { stroke-width: 2; stroke-dasharray: 7 4; }
.bp-gallery-cursor { fill: none; stroke: var(--bp-next); stroke-width: 1.5; stroke-opacity: 0.6; }
.bp-gallery-zero { fill: none; stroke: var(--bp-later-shape); stroke-width: 1; vector-effect: non-scaling-stroke; }
.bp-gallery-flat { fill: var(--bp-fate-dead); fill-opacity: 0.5; }
.bp-gallery-target { fill: none; stroke: var(--bp-second); stroke-width: 1.5; stroke-dasharray: 2 4; }
.bp-gallery-kink { fill: var(--bp-page); stroke: var(--bp-value); stroke-width: 1.8; }
.bp-chart .bp-point.bp-gallery-slope-point { fill: var(--bp-gradient); stroke: var(--bp-page); stroke-width: 2; }
.bp-chart .bp-point.bp-gallery-open { fill: var(--bp-page); stroke: var(--bp-gradient); stroke-width: 2; }
.bp-chart .bp-point.bp-gallery-ours { fill: var(--bp-gradient); stroke: var(--bp-gradient); stroke-width: 2; }
.bp-gallery-run circle, .bp-gallery-run path { stroke: var(--bp-page); stroke-width: 1; }
.bp-gallery-here circle, .bp-gallery-here path { fill: var(--bp-gradient); }
.bp-gallery-best circle { fill: var(--bp-page); stroke: var(--bp-gradient); stroke-width: 1.6; }
.bp-gallery-best path { fill: var(--bp-page); stroke: var(--bp-gradient); stroke-width: 1.6; }
.bp-chart text.bp-name.bp-gallery-here-name, .bp-chart text.bp-name.bp-gallery-best-name { fill: var(--bp-gradient); }
.bp-chart text.bp-name { font-size: 13px; stroke-linejoin: round; }

.bp-tiles { display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: 8px; margin: 4px 0 8px; }
.bp-tiles button { display: flex; flex-direction: column; gap: 2px; min-width: 0; padding: 6px 6px 4px; font: inherit; font-size: 14px;
  color: var(--bp-value); background: var(--bp-page); border: 1px solid var(--bp-line); border-radius: 8px; cursor: pointer; }
.bp-tiles button:hover { border-color: var(--bp-next); }
.bp-tiles button[aria-pressed="true"] { border-color: var(--bp-next); box-shadow: inset 0 0 0 1px var(--bp-next); color: var(--bp-next);
  font-weight: 600; cursor: default; background: color-mix(in srgb, var(--bp-next) 10%, var(--bp-page)); }
.bp-tiles button:focus-visible { outline: 3px solid var(--bp-next); outline-offset: 2px; }
.bp-tiles svg { display: block; width: 100%; height: 46px; }
.bp-tiles span { line-height: 18px; min-height: 18px; text-align: center; overflow-wrap: anywhere; }
.bp-tile-value, .bp-tile-slope { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; }
.bp-tile-value { stroke: var(--bp-value); } .bp-tile-slope { stroke: var(--bp-gradient); }
[class*="st-key-moving"] { transition: opacity 180ms; }
[data-bp-moving] [class*="st-key-moving"] { opacity: 0.35; }
@media (max-width: 900px) { .bp-tiles { grid-template-columns: repeat(3, minmax(0, 1fr)); } .bp-gallery-told { min-height: 63px; } }
@media (prefers-reduced-motion: reduce) { [class*="st-key-moving"] { transition: none; } }
`;
