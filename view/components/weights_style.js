// How the table of weights looks: small matrices one under the other, each scrolling inside itself, with the rows' names held in place.
// A number too long for its field spreads over its neighbours while it is typed. A weight has the colour of its sign; a field that could not be read has an orange bar.
export const CSS = `
.bp-weights { font: 14px "Source Sans", "Source Sans Pro", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  color: var(--bp-value); font-variant-numeric: tabular-nums; display: flex; flex-direction: column; gap: 8px; min-width: 0; }
.bp-weights [hidden] { display: none; }
.bp-weights-switch { display: flex; }
.bp-weights-switch button { font: inherit; color: inherit; min-height: 44px; padding: 0 14px; cursor: pointer; background: var(--bp-page);
  border: 1px solid var(--bp-line); white-space: nowrap; }
.bp-weights-switch button:first-child { border-radius: 8px 0 0 8px; }
.bp-weights-switch button:last-child { border-radius: 0 8px 8px 0; margin-left: -1px; }
.bp-weights-switch button[aria-pressed=true] { position: relative; border-color: var(--bp-next); color: var(--bp-next); font-weight: 600; }
.bp-weights-switch button:focus-visible, .bp-weights input:focus-visible { outline: 2px solid var(--bp-next); outline-offset: -1px; }
.bp-weights-layers { display: flex; flex-direction: column; gap: 12px; max-height: min(420px, 52vh); overflow-y: auto; }
.bp-weights-scroll { overflow-x: auto; flex: none; }
.bp-weights table { border-collapse: collapse; }
.bp-weights caption { text-align: left; color: var(--bp-second); padding: 0 0 4px; position: sticky; left: 0; width: max-content; }
.bp-weights th, .bp-weights td { padding: 0 4px 4px 0; border: 0; font-weight: 400; white-space: nowrap; }
.bp-weights thead th { text-align: right; padding-right: 14px; }
.bp-weights tbody th, .bp-weights-corner { text-align: left; padding-right: 8px; position: sticky; left: 0; background: var(--bp-page); z-index: 1; }
.bp-weights-corner { color: var(--bp-second); font-size: 12px; }
.bp-weights input { width: 96px; height: 36px; box-sizing: border-box; padding: 0 9px; text-align: right; font: inherit; color: var(--bp-value);
  background: var(--bp-panel); border: 1px solid var(--bp-line); border-radius: 6px; text-overflow: ellipsis; }
.bp-weights input[data-sign="1"] { color: var(--bp-positive); } .bp-weights input[data-sign="-1"] { color: var(--bp-negative); }
.bp-weights input[title]:not([title=""]):focus { position: relative; z-index: 2; width: 184px; margin-left: -88px; }
.bp-weights tbody th + td input[title]:not([title=""]):focus { margin: 0 -88px 0 0; }
.bp-weights input[readonly] { background: none; border-color: transparent; }
.bp-weights input[aria-invalid] { border-left: 4px solid var(--bp-negative); }
.bp-weights-told:not(:empty) { border-left: 4px solid var(--bp-negative); padding-left: 10px; max-height: 120px; overflow-y: auto; }
.bp-weights-told p { margin: 0; font: inherit; line-height: 20px; }
@media (pointer: coarse) { .bp-weights input { height: 44px; } }
@media (max-width: 760px) { .bp-weights input { height: 44px; width: 96px; } }
`;
