// How the slider into saturation looks. The fused gradient is a broad pale line, so that the thin one found in two steps is seen on
// it where both agree; what is lost lies on grey, as everything dead does.
export const CSS = `
.bp-sat-told { min-height: 42px; margin: 4px 0 8px; padding: 0; font-size: 16px; line-height: 21px; color: var(--bp-value); }
.bp-sat-both { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); column-gap: 24px; align-items: start; }
.bp-sat-stage { position: relative; height: 268px; }
.bp-sat-stage > svg { display: block; width: 100%; height: 100%; }
.bp-sat-lost { fill: var(--bp-fate-dead); fill-opacity: 0.6; }
.bp-sat-broken { fill: var(--bp-negative); fill-opacity: 0.55; }
.bp-sat-fused { fill: none; stroke: var(--bp-gradient); stroke-width: 7; stroke-opacity: 0.35; }
.bp-sat-clipped { fill: none; stroke: var(--bp-gradient); stroke-width: 2; }
.bp-chart .bp-point.bp-sat-fused { fill: var(--bp-page); stroke: var(--bp-gradient); stroke-width: 3; stroke-opacity: 1; }
.bp-chart .bp-point.bp-sat-clipped { fill: var(--bp-gradient); stroke: var(--bp-page); stroke-width: 1; }
.bp-chart .bp-sat-name { font-size: 13px; paint-order: stroke; stroke: var(--bp-page); stroke-width: 4px; stroke-linejoin: round; }
.bp-chart .bp-sat-of-fused, .bp-chart .bp-sat-of-clipped { fill: var(--bp-gradient); }
.bp-chart .bp-sat-of-lost { fill: var(--bp-value); }
.bp-chart .bp-sat-of-broken { fill: var(--bp-negative); }
.bp-chart .bp-sat .bp-cursor text, .bp-sat .bp-cursor text { font-size: 14px; font-weight: 600; }
.bp-sat-range { height: 44px; top: auto; touch-action: pan-y; }
.bp-sat-range::-webkit-slider-runnable-track { background: none; }
.bp-sat-range::-moz-range-track, .bp-sat-range::-moz-range-progress { background: none; }
.bp-sat-range::-webkit-slider-thumb { width: 24px; height: 24px; margin-top: -10px; border: 4px solid var(--bp-page); }
.bp-sat-range::-moz-range-thumb { width: 16px; height: 16px; border: 4px solid var(--bp-page); }
.bp-sat-numbers { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 14px; font-variant-numeric: tabular-nums; }
.bp-sat-numbers th, .bp-sat-numbers td { padding: 6px 8px 6px 0; border: 0; border-bottom: 1px solid var(--bp-line); text-align: right;
  font-weight: 400; color: var(--bp-value); line-height: 18px; vertical-align: bottom; overflow-wrap: break-word; }
.bp-sat-numbers thead th { color: var(--bp-second); }
.bp-sat-numbers tr > :first-child { text-align: left; width: 31%; color: var(--bp-second); }
.bp-sat-numbers .bp-sat-row-once td { text-align: center; }
.bp-sat-numbers :is(.bp-sat-row-error, .bp-sat-row-gradient) td { color: var(--bp-gradient); }
.bp-sat-numbers .bp-sat-row-gradient td { font-weight: 600; }
.bp-sat-numbers td.bp-sat-wrong { box-shadow: inset 0 -3px 0 var(--bp-negative); }
[class*="st-key-saturating_"] { transition: opacity 180ms; }
[data-bp-saturating="saturating_softmax"] [class*="st-key-saturating_softmax"],
[data-bp-saturating="saturating_sigmoid"] [class*="st-key-saturating_sigmoid"] { opacity: 0.35; }
@media (pointer: coarse) { .bp-range.bp-sat-range { height: 44px; } }
@media (max-width: 900px) { .bp-sat-both { grid-template-columns: minmax(0, 1fr); row-gap: 8px; } .bp-sat-told { min-height: 84px; } }
@media (prefers-reduced-motion: reduce) { [class*="st-key-saturating_"] { transition: none; } }
`;
