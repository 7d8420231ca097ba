// Draws trends: a line a series with its interval as a band, gaps where there are too few answers. The table below holds the same numbers.
// <div class="drawing trend" data-chart='{"unit": …, "starts": [...], "lines": [{"name", "points": [{value, low, high, text, interval, open}|null], "counts", "links"}]}'></div>
const dashes = ["solid", "dashed", [8, 3, 2, 3], "dotted"];
const shapes = ["circle", "rect", "triangle", "diamond"];
const drawn = new Set();

function token(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function day(start, interval) {
  const shape = interval === "month" ? { month: "short", year: "2-digit" } : { day: "numeric", month: "short" };
  return new Intl.DateTimeFormat("en-GB", { ...shape, timeZone: "UTC" }).format(new Date(start + "T00:00:00Z"));
}

function series(line, at, chart, colours, room) {
  const colour = colours[at];
  const banded = chart.lines.length <= 2;
  const shown = [];
  if (banded) {
    // The band is two stacked lines: an unseen one at the lower end, and the height between both ends filled above it.
    const low = line.points.map((point) => point?.low ?? null);
    const height = line.points.map((point) => (point?.high == null ? null : point.high - point.low));
    const unseen = { type: "line", stack: "band" + at, stackStrategy: "all", symbol: "none", silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false }, animation: false };
    shown.push({ ...unseen, data: low }, { ...unseen, data: height, areaStyle: { color: colour, opacity: 0.16 } });
  }
  shown.push({
    type: "line", name: line.name, color: colour, data: line.points.map((point) => point?.value ?? null),
    symbol: shapes[at], symbolSize: chart.starts.length > 70 ? 3 : 6, lineStyle: { width: 2.5, type: dashes[at] }, animation: false, labelLayout: { moveOverlap: "shiftY" },
    endLabel: room > 0 ? { show: true, formatter: () => line.name, color: colour, fontWeight: 600, distance: 8 } : undefined,
  });
  return shown;
}

function tooltip(chart) {
  return (shown) => {
    const at = shown[0].dataIndex;
    const lines = chart.lines.map((line) => {
      const point = line.points[at];
      return (chart.compared ? line.name + "  " : "") + (point ? `${point.text}  (${point.interval})  n ${line.counts[at]}` : `${chart.few} (${line.counts[at]})`);
    });
    return [day(chart.starts[at], chart.interval), ...lines].join("\n");
  };
}

// The steps of the axis: few, round, and the ends on one of them.
function axis(chart) {
  const banded = chart.lines.length <= 2;
  const seen = chart.lines.flatMap((line) => line.points.filter(Boolean).flatMap((point) => [point.value, ...(banded ? [point.low ?? point.value, point.high ?? point.value] : [])]));
  // Without a value that is sure enough the axis has its ends all the same.
  const low = seen.length ? Math.min(...seen) : chart.lowest, high = seen.length ? Math.max(...seen) : chart.highest;
  const steps = { points: [10, 20, 25, 50], percent: [2, 5, 10, 20, 25] }[chart.unit] ?? [0.25, 0.5, 1];
  const step = steps.find((one) => (high - low) / one <= 6) ?? steps.at(-1);
  const min = Math.max(chart.lowest, Math.floor(low / step) * step), max = Math.min(chart.highest, Math.ceil(high / step) * step);
  // Where all are the same there is an axis too, a step around them.
  return min < max ? { min, max, interval: step } : { min: Math.max(chart.lowest, min - step), max: Math.min(chart.highest, max + step), interval: step };
}

function option(chart) {
  const muted = token("--muted");
  const colours = [1, 2, 3, 4].map((at) => token("--series-" + at));
  // The names of a few lines stand behind them; of many, or where the screen is narrow, above.
  const narrow = innerWidth < 720;
  const above = chart.compared && (narrow || chart.lines.length > 3);
  const room = chart.compared && !above ? 24 + 7 * Math.max(0, ...chart.lines.map((line) => line.name.length)) : 0;
  const text = { color: muted, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 };
  return {
    textStyle: text,
    grid: { left: 8, right: 16 + room, top: above ? (narrow ? 12 + 24 * chart.lines.length : 44) : 16, bottom: 8, containLabel: true },
    legend: above ? { top: 0, left: 0, orient: narrow ? "vertical" : "horizontal", itemWidth: 32, itemGap: narrow ? 8 : 20, selectedMode: false, textStyle: { ...text, color: token("--ink"), fontSize: 13 }, data: chart.lines.map((line) => line.name) } : undefined,
    tooltip: {
      trigger: "axis", renderMode: "richText", formatter: tooltip(chart), confine: true,
      backgroundColor: token("--surface"), borderColor: token("--rule"), textStyle: { ...text, color: token("--ink"), fontSize: 13, lineHeight: 20 },
      axisPointer: { lineStyle: { color: muted, type: "dashed" } },
    },
    xAxis: { type: "category", boundaryGap: false, data: chart.starts.map((start) => day(start, chart.interval)), axisLine: { lineStyle: { color: token("--rule") } }, axisTick: { show: false }, axisLabel: { ...text, hideOverlap: true, margin: 12 } },
    yAxis: { type: "value", ...axis(chart), axisLabel: { ...text, formatter: chart.unit === "percent" ? "{value}%" : undefined }, splitLine: { lineStyle: { color: token("--rule") } } },
    series: chart.lines.flatMap((line, at) => series(line, at, chart, colours, room)),
  };
}

function draw(place) {
  const chart = JSON.parse(place.dataset.chart);
  if (chart.compared && innerWidth < 720) {
    // The names above take their own room, not the drawing's.
    place.style.height = place.clientHeight + 24 * chart.lines.length + "px";
  }
  const drawing = echarts.init(place, null, { renderer: "svg" });
  drawing.setOption(option(chart));
  drawing.on("click", (event) => {
    const line = chart.lines.find((one) => one.name === event.seriesName);
    const link = line?.links[event.dataIndex];
    if (link) {
      location.assign(link);
    }
  });
  drawn.add({ place, drawing, chart });
}

function drawAll(root) {
  for (const one of drawn) {
    if (!one.place.isConnected) {
      one.drawing.dispose();
      drawn.delete(one);
    }
  }
  root.querySelectorAll("[data-chart]").forEach((place) => {
    if (![...drawn].some((one) => one.place === place)) {
      draw(place);
    }
  });
}

drawAll(document);
document.addEventListener("htmx:load", (event) => drawAll(event.target));
addEventListener("resize", () => drawn.forEach((one) => one.drawing.resize()));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawn.forEach((one) => one.drawing.setOption(option(one.chart))));
