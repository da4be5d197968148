// Charts: the data stand beside each image as JSON; Vega-Lite draws what the reader chooses. The image stays without it.
"use strict";
const SHAPES = { s: "square", o: "circle", "^": "triangle-up", D: "diamond", v: "triangle-down", P: "cross", X: "cross",
  "<": "triangle-left", ">": "triangle-right", p: "square", h: "circle", d: "diamond", "*": "triangle-up" };
const LABELS = { s: "datum.value == 0 ? '0' : format(datum.value, '~s') + 's'", "%": "format(datum.value, '~g') + ' %'",
  times: "format(datum.value, ',~g') + '×'", "": "format(datum.value, ',~g')" };
const DASHES = [[], [6, 3], [2, 2], [8, 2, 2, 2], [4, 1], [1, 3], [9, 4], [3, 1, 1, 1]];
const ALL = "all, side by side";
const number = (value) => value >= 1000 ? Math.round(value).toLocaleString("en") : Number(value.toPrecision(3)).toString();
const written = (value, unit) => value === null ? "" : unit === "s"
  ? (value >= 1 ? `${number(value)} s` : value >= 1e-3 ? `${number(value * 1e3)} ms` : `${number(value * 1e6)} µs`)
  : number(value) + (unit === "times" ? " times" : unit && ` ${unit}`);

// The library that draws stands on the page compressed: a page is 0.5 MB smaller.
async function run(packed) {
  const bytes = Uint8Array.from(atob(packed.textContent), (letter) => letter.charCodeAt(0));
  const program = document.createElement("script");
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  program.textContent = await new Response(stream).text();
  document.body.append(program);
}
const library = "DecompressionStream" in window && run(document.getElementById("charts-library"));

class Chart {
  constructor(figure) {
    this.figure = figure;
    this.data = JSON.parse(figure.querySelector("script").textContent);
    this.image = figure.querySelector(".drawing");
    this.caption = figure.querySelector("figcaption");
    this.plot = document.createElement("div");
    this.plot.className = "plot";
    this.form = document.createElement("form");
    this.form.className = "choices";
    this.image.before(this.form, this.plot);
    this.image.hidden = true;
    this.state = { choices: this.data.figures[0].choices.slice(), panel: ALL, hidden: [], scale: this.data.scale };
    this.restore();
    this.ready = this.draw();
  }

  // The choice is the address: figure.id?data=...&panel=...
  get address() {
    const words = new URLSearchParams();
    this.data.headings.forEach((heading, place) => words.set(heading, this.state.choices[place]));
    if (this.state.panel !== ALL) words.set("panel", this.state.panel);
    if (this.state.hidden.length) words.set("without", this.state.hidden.join("|"));
    if (this.state.scale !== this.data.scale) words.set("scale", this.state.scale);
    return `#${this.figure.id}?${words}`;
  }

  restore() {
    const [id, words] = decodeURI(location.hash.slice(1)).split("?");
    if (id !== this.figure.id || !words) return;
    const read = new URLSearchParams(words);
    this.state.choices = this.data.headings.map((heading, place) => read.get(heading) ?? this.state.choices[place]);
    this.state.panel = read.get("panel") ?? ALL;
    this.state.hidden = read.get("without")?.split("|") ?? [];
    this.state.scale = read.get("scale") ?? this.data.scale;
  }

  choose(place, value) {
    // What was chosen before stays; what comes after follows if it must.
    const fits = (figure, until) => figure.choices.slice(0, until).every((one, at) => one === this.state.choices[at]);
    this.state.choices[place] = value;
    for (let at = place + 1; at < this.state.choices.length; at++) {
      const possible = this.data.figures.filter((figure) => fits(figure, at)).map((figure) => figure.choices[at]);
      if (!possible.includes(this.state.choices[at])) this.state.choices[at] = possible[0];
    }
    this.draw(true);
  }

  get shown() {
    const same = (figure) => figure.choices.every((one, place) => one === this.state.choices[place]);
    return this.data.figures.find(same) ?? this.data.figures[0];
  }

  select(label, values, chosen, change) {
    if (values.length < 2) return;
    const [frame, select] = [document.createElement("label"), document.createElement("select")];
    frame.append(`${label} `, select);
    select.append(...values.map((value) => new Option(value, value, false, value === chosen)));
    select.addEventListener("change", () => change(select.value));
    this.form.append(frame);
  }

  controls(points) {
    const focus = [...this.form.elements].indexOf(document.activeElement);
    this.form.replaceChildren();
    this.data.headings.forEach((heading, place) => {
      const before = (figure) => figure.choices.slice(0, place).every((one, at) => one === this.state.choices[at]);
      const values = [...new Set(this.data.figures.filter(before).map((figure) => figure.choices[place]))];
      this.select(heading, values, this.state.choices[place], (value) => this.choose(place, value));
    });
    const panels = [...new Set(points.map((point) => point.panel))];
    if (!panels.includes(this.state.panel)) this.state.panel = ALL;
    if (panels.length > 1) {
      this.select("panel", [ALL, ...panels], this.state.panel, (value) => { this.state.panel = value; this.draw(true); });
    }
    const scales = { logarithmic: this.data.scale === "symlog" ? "symlog" : "log", linear: "linear" };
    const chosen = this.state.scale === "linear" ? "linear" : "logarithmic";
    this.select("scale", Object.keys(scales), chosen, (value) => { this.state.scale = scales[value]; this.draw(true); });
    const names = [...new Set(points.map((point) => point.implementation))];
    if (names.length > 1) {
      const group = document.createElement("span");
      group.className = "boxes";
      for (const name of names) {
        const [frame, box] = [document.createElement("label"), document.createElement("input")];
        box.type = "checkbox";
        box.checked = !this.state.hidden.includes(name);
        box.addEventListener("change", () => {
          const others = this.state.hidden.filter((one) => one !== name);
          this.state.hidden = box.checked ? others : [...others, name];
          this.draw(true);
        });
        frame.append(box, ` ${name}`);
        group.append(frame);
      }
      this.form.append(group);
    }
    if (focus >= 0) this.form.elements[focus]?.focus();
  }

  draw(chosen = false) {
    const figure = this.shown;
    const points = figure.points.map((line) => Object.fromEntries(this.data.fields.map((name, at) => [name, line[at]])));
    this.controls(points);
    this.caption.firstElementChild.textContent = figure.caption;
    const link = this.caption.querySelector("a");
    [link.href, link.firstElementChild.textContent] = [figure.file, figure.file];
    if (chosen) history.replaceState(null, "", this.address);
    const visible = points.filter((point) => (this.state.panel === ALL || point.panel === this.state.panel)
      && !this.state.hidden.includes(point.implementation));
    return library.then(() => vegaEmbed(this.plot, this.spec(visible), { renderer: "svg", tooltip: { theme: "custom" },
      actions: { export: true, source: false, compiled: false, editor: false } })).then(({ view }) => {
      this.plot.querySelector("summary").setAttribute("aria-label", "save this chart as an image");
      view.addEventListener("click", (event, item) => item?.datum?.algorithm && this.lines(item.datum));
    });
  }

  // A click on a point leads to its lines in the first table of the study that has them.
  lines(point) {
    const words = [this.state.choices[0], point.algorithm, point.implementation];
    if (this.data.x.endsWith("k")) words.push(`k=${point.x}`);
    for (const table of this.figure.closest("section").querySelectorAll("table.sortable")) {
      const found = words.filter((word) => word.includes("=") || table.tBodies[0].textContent.includes(word));
      if (found.includes(point.algorithm) && found.length > 2 && table.find?.(found.join("; "))) return;
    }
  }

  spec(points) {
    const { data, state } = this;
    const panels = [...new Set(points.map((point) => point.panel))];
    const names = Object.keys(data.looks).filter((name) => points.some((point) => point.algorithm === name));
    const owners = [...new Set(points.map((point) => point.implementation))];
    const room = this.figure.clientWidth - 90;
    const columns = room / panels.length > 250 ? panels.length : 1;
    const width = Math.max(180, room / columns - 24);
    const log = state.scale === "log";
    const values = points.map((point) => this.described(point)).filter((point) => !log || point.at > 0);
    const y = { field: "at", type: "quantitative", axis: { labelExpr: LABELS[data.unit], title: data.y, ...ticks(values, state.scale) },
      scale: log ? { type: "log", nice: false, padding: 8 } : state.scale === "symlog" ? { type: "symlog", constant: 0.01 } : {} };
    const ks = [...new Set(points.map((point) => point.x))].sort((a, b) => a - b);
    const x = { field: "x", type: "quantitative", scale: { type: "log", nice: false, padding: 14 }, axis: { title: data.x,
      labelExpr: LABELS[data.x_unit], labelOverlap: true, ...(data.x_unit ? ticks(values.map(({ x }) => ({ at: x })), "log") : { values: ks }) } };
    const colours = names.map((name) => data.looks[name][0] === "#000000" ? "currentColor" : data.looks[name][0]);
    const colour = { field: "algorithm", type: "nominal", title: null, scale: { domain: names, range: colours } };
    const shapes = names.map((name) => SHAPES[data.looks[name][1]] ?? "circle");
    const shape = { ...colour, scale: { domain: names, range: shapes } };
    const rests = data.fields.filter((name) => ["pairs", "series", "starts", "runs"].includes(name));
    const tooltip = [{ field: "algorithm" }, { field: "implementation" }, { field: "along", title: data.x },
      { field: "value", title: data.y }, { field: "interval", title: "95 % interval" }, ...rests.map((field) => ({ field }))];
    const base = { x, y, color: colour, opacity: { condition: { param: "legend", value: 1 }, value: 0.12 } };
    const dash = owners.length > 1 && data.joined
      && { strokeDash: { field: "implementation", type: "nominal", title: null, scale: { domain: owners, range: DASHES } } };
    const click = [{ name: "legend", select: { type: "point", fields: ["algorithm"] }, bind: "legend" }];
    const layer = [
      { mark: { type: "point", filled: true, size: 55, cursor: "pointer" }, params: click, encoding: { ...base, shape, tooltip },
        transform: [{ filter: "isValid(datum.y)" }] },
    ];
    if (data.joined) {
      layer.unshift({ mark: { type: "line", strokeWidth: 1.6 }, encoding: { ...base, ...dash, detail: { field: "implementation" } },
        transform: [{ filter: "isValid(datum.y)" }] });
    }
    if (values.some((point) => point.low > 0)) {
      layer.unshift({ mark: "rule", encoding: { ...base, y: { ...y, field: "low" }, y2: { field: "high" } },
        transform: [{ filter: log ? "datum.low > 0" : "isValid(datum.low)" }] });
    }
    if (values.some((point) => point.y === null)) {
      layer.push({ mark: { type: "text", text: "↑", fontSize: 15, baseline: "bottom" }, encoding: { ...base, tooltip },
        transform: [{ filter: "!isValid(datum.y)" }] });
    }
    if (data.unit === "times" && ks.length > 1) {
      const ends = [ks[0], ks[ks.length - 1]].map((k) => ({ x: k, at: k }));
      layer.unshift({ data: { values: ends }, mark: { type: "line", color: "#888", strokeDash: [3, 3] }, encoding: { x, y } });
    }
    if (this.shown.printed.length) {
      const printed = this.shown.printed.map(([algorithm, x, at]) => ({ algorithm, x, at, words: "printed in the papers" }));
      layer.push({ data: { values: printed }, mark: { type: "point", shape: "M-.4-.4L.4.4M-.4.4L.4-.4", size: 420, strokeWidth: 2.2 },
        encoding: { x, y, color: colour, tooltip: [{ field: "algorithm" }, { field: "at", title: "printed in the papers" }] } });
    }
    const soft = { labelColor: "currentColor", titleColor: "currentColor", labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" };
    return {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      data: { values },
      facet: { field: "panel", type: "nominal", title: null, sort: panels, header: { labelFontSize: 13, labelColor: "currentColor" } },
      columns,
      spec: { width, height: Math.min(340, Math.max(220, width * 0.62)), layer },
      resolve: { scale: { x: data.x_unit ? "independent" : "shared" }, axis: { x: "independent" } },
      config: { background: "transparent", font: "sans-serif", view: { stroke: null },
        axis: { ...soft, gridColor: "#88888840", domainColor: "#888", tickColor: "#888" },
        legend: { ...soft, orient: "bottom", columns: Math.max(1, Math.floor(room / 165)), symbolSize: 80, columnPadding: 18 } },
    };
  }

  described(point) {
    const { unit, x_unit } = this.data;
    return { ...point, at: point.y ?? point.bound, along: written(point.x, x_unit),
      value: point.y === null ? `more than ${written(point.bound, unit)}` : written(point.y, unit),
      interval: point.low == null ? "none" : `${written(point.low, unit)} to ${written(point.high, unit)}` };
  }
}

// Ticks at 1, 2 and 5 times the powers of ten, or at the powers alone where these are many.
function ticks(values, scale) {
  if (scale === "linear") return {};
  const positive = values.map((point) => point.at).filter((value) => value > 0);
  const [low, high] = [Math.min(...positive), Math.max(...positive)];
  const powers = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) powers.push(power);
  const steps = powers.length > 5 || scale === "symlog" ? [1] : [1, 2, 5];
  const all = powers.flatMap((power) => steps.map((step) => Number((step * 10 ** power).toPrecision(3))));
  const within = all.filter((value) => scale === "symlog" ? value >= 0.01 : value >= low / 1.3 && value <= high * 1.3);
  return { values: scale === "symlog" ? [0, ...within] : within };
}

// A browser of before 2023 cannot decompress, and keeps the images.
const figures = "DecompressionStream" in window ? [...document.querySelectorAll("figure.chart")] : [];
const charts = new Map();
const chart = (figure) => charts.get(figure) ?? charts.set(figure, new Chart(figure)).get(figure);

// Only what comes into view is drawn: a page has dozens.
const nearby = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) chart(target);
}, { rootMargin: "600px" });
figures.forEach((figure) => nearby.observe(figure));

// A chart is not as high as its image. So those above the target of a link are drawn before the page goes there.
async function visit() {
  const target = document.getElementById(decodeURI(location.hash.slice(1)).split("?")[0]);
  if (!target) return;
  const above = figures.filter((figure) => figure === target
    || figure.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING);
  await Promise.all(above.map((figure) => chart(figure).ready));
  target.scrollIntoView({ behavior: "instant" });
}
addEventListener("hashchange", visit);
visit();

let width = innerWidth;
addEventListener("resize", () => {
  if (innerWidth !== width) charts.forEach((one) => one.draw());
  width = innerWidth;
});
