// The loss surface: plotly draws it once per picture and theme, as a 3-D surface or a contour. What moves is an SVG over it, so
// here is also the one function that says on which pixel a point of the surface is seen. It reads plotly's internals.
import { html, svg } from "./common.js";
import { PLOTLY, STOPS } from "./palette.js";

let loading = null;

/** plotly.js, fetched once for all charts. */
function plotly() {
  loading ??= new Promise((resolve, reject) => {
    const failed = () => ((loading = null), reject(new Error("plotly.js could not be loaded")));
    document.head.append(html("script", { src: PLOTLY, onload: () => resolve(window.Plotly), onerror: failed }));
  });
  return loading;
}

const FONT = 12;
const MARGIN = { l: 44, r: 72, t: 8, b: 48 }; // of the contour, in pixels; the 3-D scene takes the whole figure
const EYE = { x: -0.95, y: -1.7, z: 1.05 };

export class Surface {
  /** picked(w1, w2): the contour was clicked; moved(): every pixel may have changed, draw the marks anew. */
  constructor(picked, moved) {
    Object.assign(this, { picked, moved, drawn: {}, view: null, awake: false });
    this.hosts = { "3d": html("div", { class: "bp-plot" }), contour: html("div", { class: "bp-plot bp-pick" }) };
    this.marks = svg("svg", { class: "bp-marks", "aria-hidden": "true" });
    this.upward = html("span", { class: "bp-upward", "aria-hidden": "true" }); // plotly would write it upside down
    const parts = [this.hosts["3d"], this.hosts.contour, this.marks, this.upward];
    this.element = html("div", { class: "bp-surface", role: "img" }, ...parts);
    // The wheel scrolls the page until the picture has been touched; then it zooms, until the pointer leaves.
    this.element.addEventListener("pointerdown", () => (this.awake = true));
    this.element.addEventListener("pointerleave", () => (this.awake = false));
    const wheel = (event) => this.awake || event.stopPropagation();
    this.element.addEventListener("wheel", wheel, { capture: true, passive: true });
  }

  /** Shows this figure in this view; plotly is asked only when the picture or the theme is another one. */
  async draw(figure, hash, view, colours) {
    this.view = view;
    this.upward.textContent = view === "3d" ? `${figure.height} ↑` : "";
    for (const [name, host] of Object.entries(this.hosts)) host.hidden = name !== view;
    const key = `${hash} ${colours.page}`;
    if (this.drawn[view] === key) return;
    const before = this.drawn[view];
    this.drawn[view] = key;
    const Plotly = await plotly();
    if (this.drawn[view] !== key || this.gone) return; // another picture came while plotly.js was on its way
    const { trace, layout } = view === "3d" ? solid(figure["3d"], colours, this.element.clientWidth) : flat(figure.contour, colours);
    Object.assign(trace, figure.grid);
    // In 3-D react would keep the old picture's iso-lines and the old theme's axes, on a contour the place of the old axis.
    const shape = JSON.stringify([layout.xaxis?.range, layout.yaxis?.range]);
    const anew = before && (view === "3d" || shape !== this.shape);
    if (view === "contour") this.shape = shape;
    if (anew) {
      if (view === "3d") layout.scene.camera = this.scene().getCamera();
      Plotly.purge(this.hosts[view]);
    }
    await Plotly.react(this.hosts[view], [trace], layout, { displayModeBar: false, scrollZoom: true, doubleClick: "reset" });
    if (!before || anew) this.listen(view);
    this.moved();
  }

  listen(view) {
    const host = this.hosts[view];
    for (const event of ["plotly_afterplot", "plotly_relayout", "plotly_relayouting"]) host.on(event, () => this.moved());
    if (view === "contour") host.on("plotly_click", ({ xvals, yvals }) => xvals && this.picked(xvals[0], yvals[0]));
    else this.scene().glplot.onrender = () => this.moved();
  }

  scene() {
    return this.hosts["3d"]._fullLayout?.scene?._scene;
  }

  /** What the marks need: at([w1, w2, height]) -> [x, y] in pixels, and two areas [left, top, right, bottom]: the box of the
   *  picture and the room for labels. null as long as nothing is drawn. */
  projection() {
    const layout = this.hosts[this.view]?._fullLayout;
    if (!layout) return null;
    return this.view === "3d" ? solidProjection(layout, this.scene()) : flatProjection(layout);
  }

  resize() {
    const host = this.hosts[this.view];
    const width = this.element.clientWidth;
    if (!host?._fullLayout || !width || width === host._fullLayout.width) return;
    window.Plotly.Plots.resize(host);
    if (this.view === "3d") window.Plotly.relayout(host, { "scene.aspectratio": sceneSize(width) });
  }

  remove() {
    this.gone = true;
    for (const host of Object.values(this.hosts)) if (host._fullLayout) window.Plotly.purge(host);
  }
}

function flatProjection({ xaxis, yaxis, width }) {
  const [left, top] = [xaxis._offset, yaxis._offset];
  const box = [left, top, left + xaxis._length, top + yaxis._length];
  return { at: ([w1, w2]) => [left + xaxis.c2p(w1), top + yaxis.c2p(w2)], box, room: [left, top, width - MARGIN.r, box[3]] };
}

function solidProjection({ scene: { domain }, _size: { l, t, w, h } }, scene) {
  const camera = scene?.glplot?.cameraParams;
  if (!camera?.model) return null;
  const left = l + w * domain.x[0];
  const top = t + h * (1 - domain.y[1]);
  const [width, height] = [w * (domain.x[1] - domain.x[0]), h * (domain.y[1] - domain.y[0])];
  const seen = (point) => [camera.model, camera.view, camera.projection].reduce(times, [...point, 1]);
  return {
    at: (point) => {
      const [x, y, , depth] = seen(scene.dataScale.map((scale, i) => scale * point[i]));
      return [left + (width * (1 + x / depth)) / 2, top + (height * (1 - y / depth)) / 2];
    },
    box: [left, top, left + width, top + height],
    room: [left, top, left + width, top + height],
  };
}

/** A 4×4 matrix, column by column, times a vector. */
const times = (v, m) => [0, 1, 2, 3].map((row) => v.reduce((sum, x, column) => sum + m[4 * column + row] * x, 0));

const scale = ({ surface }) => STOPS.map((stop, i) => [stop, surface[i]]);

const number = (colour) => parseInt(colour.slice(1), 16);

/** The lightest colour of the surface: iso-lines are thin and light in both themes. */
const isoLine = ({ surface }) => surface.reduce((a, b) => (number(b) > number(a) ? b : a));

const axis = (own, colours) => ({
  ...own,
  title: { ...own.title, font: { size: 14, color: colours.value } },
  tickfont: { size: FONT, color: colours.second },
  zeroline: false,
  fixedrange: false,
});

const page = (colours) => ({
  paper_bgcolor: colours.page,
  plot_bgcolor: colours.page,
  font: { family: '"Source Sans", "Source Sans 3", sans-serif', color: colours.value },
  showlegend: false,
  hovermode: "closest",
  uirevision: "keep", // camera and zoom are the reader's
});

/** The scene's size; in a narrow figure it is smaller, so that its ticks are not cut off. */
function sceneSize(width) {
  const size = Math.min(1, width / 440);
  return { x: 1.62 * size, y: 1.62 * size, z: 0.92 * size };
}

function solid({ trace, layout }, colours, width) {
  const bare = { showbackground: false, showspikes: false, gridcolor: colours.line, showline: false };
  const { xaxis, yaxis, zaxis } = layout.scene;
  return {
    trace: {
      ...trace,
      colorscale: scale(colours),
      lighting: { ambient: 0.92, diffuse: 0.14, specular: 0, roughness: 1, fresnel: 0 },
      contours: { z: { ...trace.contours.z, color: isoLine(colours), highlight: false } },
    },
    layout: {
      ...page(colours),
      margin: { l: 0, r: 0, t: 0, b: 0 },
      scene: {
        xaxis: { ...axis(xaxis, colours), ...bare },
        yaxis: { ...axis(yaxis, colours), ...bare },
        zaxis: { ...axis(zaxis, colours), ...bare },
        aspectmode: "manual",
        aspectratio: sceneSize(width),
        camera: { eye: EYE, center: { x: 0, y: 0, z: -0.04 }, projection: { type: "orthographic" } },
        uirevision: "keep",
        hovermode: false,
        dragmode: "turntable",
      },
    },
  };
}

function flat({ trace, layout }, colours) {
  const side = { constrain: "domain", showgrid: false, ticks: "outside", tickcolor: colours.line };
  const small = { size: FONT, color: colours.second };
  const bar = { thickness: 10, len: 1, x: 1, xpad: 8, ypad: 0, outlinewidth: 0, tickfont: small };
  const coarse = matchMedia("(pointer: coarse)").matches; // a finger scrolls the page; a mouse draws a box to zoom in
  return {
    trace: {
      ...trace,
      colorscale: scale(colours),
      contours: { ...trace.contours, coloring: "heatmap" },
      colorbar: { ...trace.colorbar, ...bar, title: { ...trace.colorbar.title, side: "right", font: small } },
      line: { width: 0.7, color: isoLine(colours), smoothing: 0.6 },
    },
    layout: {
      ...page(colours),
      margin: MARGIN,
      dragmode: coarse ? false : "zoom",
      clickanywhere: true,
      xaxis: { ...axis(layout.xaxis, colours), ...side },
      yaxis: { ...axis(layout.yaxis, colours), ...side, scaleanchor: "x" },
    },
  };
}
