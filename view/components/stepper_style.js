// How the stepper looks: buttons that never change width within a phase, a track of dots, and a bar of segments on a phone.
export const CSS = `
.bp-stepper { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; font: 14px "Source Sans", "Source Sans Pro",
  "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: var(--bp-value); font-variant-numeric: tabular-nums; }
.bp-stepper button { font: inherit; color: inherit; cursor: pointer; background: var(--bp-page); border: 1px solid var(--bp-line);
  border-radius: 8px; min-height: 44px; min-width: 44px; padding: 0 14px; white-space: nowrap; }
.bp-stepper button:hover:not(:disabled) { border-color: var(--bp-next); }
.bp-stepper button:focus-visible, .bp-stepper input:focus-visible { outline: 3px solid var(--bp-next); outline-offset: 2px; }
.bp-stepper button:disabled { color: var(--bp-later); cursor: default; }
.bp-stepper kbd { font: 12px monospace; border: 1px solid currentColor; border-radius: 4px; padding: 0 4px; margin-left: 8px; opacity: .8; }
.bp-stepper .bp-next { background: var(--bp-primary); border-color: var(--bp-primary); color: #fff; font-weight: 600; min-width: 230px; }
.bp-stepper .bp-next:disabled { background: var(--bp-panel); border-color: var(--bp-line); color: var(--bp-later); }
.bp-stepper .bp-play { min-width: 96px; }
.bp-track { display: flex; flex: 1 1 360px; gap: 20px; min-width: 0; }
.bp-group { flex: var(--bp-count) 1 0; min-width: 0; }
.bp-group > span { display: block; font-size: 13px; color: var(--bp-second); }
.bp-group[data-now] > span { font-weight: 700; color: var(--bp-value); }
.bp-dots { display: flex; position: relative; }
.bp-dots::before { content: ""; position: absolute; left: 4px; right: 4px; top: 11px; height: 3px; background: var(--bp-line); }
.bp-stepper .bp-dot { position: relative; flex: 1 1 0; min-width: 24px; min-height: 44px; padding: 0; border: 0; border-radius: 6px; background: none;
  display: flex; flex-direction: column; align-items: center; gap: 3px; font-size: 13px; color: var(--bp-later); }
.bp-dot i { width: 11px; height: 11px; margin-top: 6px; border-radius: 50%; border: 2px solid var(--bp-later-shape); background: var(--bp-page); }
.bp-dot[data-state=done] { color: var(--bp-value); } .bp-dot[data-state=done] i { background: var(--bp-value); border-color: var(--bp-value); }
.bp-dot[data-phase=backward][data-state=done], .bp-dot[data-phase=backward][data-state=now] { color: var(--bp-gradient); }
.bp-dot[data-state=now] { color: var(--bp-value); font-weight: 700; }
.bp-dot[data-state=now] i { background: var(--bp-now-edge); border-color: var(--bp-now-edge); box-shadow: 0 0 0 3px var(--bp-now); }
.bp-dot[data-state=now] b { background: var(--bp-now); border-radius: 4px; padding: 0 6px; } .bp-dot b { font-weight: inherit; white-space: nowrap; }
.bp-where { display: none; flex: 1 1 auto; gap: 12px; align-items: center; font-size: 14px; }
.bp-updates { display: flex; flex-direction: column; font-size: 13px; color: var(--bp-second); }
.bp-updates input { font: 15px inherit; font-family: inherit; width: 92px; min-height: 44px; box-sizing: border-box; color: var(--bp-value);
  background: var(--bp-panel); border: 1px solid var(--bp-line); border-radius: 8px; padding: 0 10px; }
.bp-stepper[data-run] .bp-edge, .bp-stepper[data-run] .bp-where { display: none; }
.bp-stepper[data-run] .bp-track { flex-direction: column; gap: 2px; font-size: 13px; color: var(--bp-second); }
.bp-run-range { width: 100%; height: 24px; margin: 0; accent-color: var(--bp-value); cursor: pointer; }
.bp-run-marks { display: flex; justify-content: space-between; font-size: 12px; line-height: 12px; }
.bp-live { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 1100px) { .bp-stepper kbd { display: none; } .bp-track { order: -1; flex-basis: 100%; } .bp-stepper .bp-next { flex: 1; min-width: 0; } }
@media (max-width: 760px) {
  .bp-where { display: flex; order: -3; } .bp-updates { order: -2; } .bp-group > span, .bp-dot b, .bp-stepper .bp-edge { display: none; }
  .bp-run-label, .bp-run-marks { display: none; }
  .bp-track, .bp-dots { gap: 3px; } .bp-dots::before { display: none; } .bp-track { gap: 8px; }
  .bp-stepper .bp-dot { min-height: 24px; min-width: 0; align-items: stretch; }
  .bp-dot i { width: auto; height: 6px; border: 0; border-radius: 3px; margin-top: 9px; background: var(--bp-line); }
  .bp-stepper .bp-play { min-width: 48px; } .bp-play span { display: none; } .bp-stepper button:not(.bp-dot) { min-height: 48px; }
  .bp-updates { flex-direction: row; align-items: center; gap: 6px; } .bp-updates input { width: 76px; }
}
@media (max-height: 560px) { .bp-stepper .bp-track, .bp-stepper .bp-where, .bp-stepper .bp-edge { display: none; } }
@media (min-width: 761px) {
  .bp-stepper[data-many] .bp-dot { min-width: 0; } .bp-stepper[data-many] .bp-dot b { width: 0; display: flex; justify-content: center; }
  .bp-stepper[data-many] .bp-dot:not([data-state=now]) b { visibility: hidden; }
  .bp-stepper[data-many] .bp-dot[data-state=now] b { width: auto; margin: 0 -40px; z-index: 1; }
  .bp-stepper[data-many] .bp-group { min-width: min-content; } .bp-stepper[data-many] .bp-group > span { white-space: nowrap; }
  .bp-stepper[data-many] .bp-group:first-child .bp-dot:first-child b { align-self: flex-start; margin-left: 0; }
  .bp-stepper[data-many] .bp-group:last-child .bp-dot:last-child b { align-self: flex-end; margin-right: 0; }
}
`;
