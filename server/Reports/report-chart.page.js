// Hours a day as bars. Without it the same numbers stand in the table below the chart.
import uPlot from "uplot";

const box = document.getElementById("theo-ngay");
if (box) {
  const days = JSON.parse(box.dataset.days);
  // Days as noon UTC, so that no time zone of the reader moves them.
  const at = days.map(([day]) => Date.parse(`${day}T12:00:00Z`) / 1000);
  const two = (n) => String(n).padStart(2, "0");
  const label = (s) => { const d = new Date(s * 1000); return `${two(d.getUTCDate())}/${two(d.getUTCMonth() + 1)}/${d.getUTCFullYear()}`; };
  const language = document.documentElement.lang;
  const clock = (hours) => { const minutes = Math.round(hours * 60); return `${Math.floor(minutes / 60)}:${two(minutes % 60)}`; };
  const short = (s) => label(s).slice(0, 5);
  const width = () => Math.max(260, box.clientWidth);
  const plot = new uPlot(
    {
      width: width(), height: 180,
      scales: { x: { time: false, range: (u, min, max) => [min - 43200, max + 43200] }, y: { range: (u, min, max) => [0, Math.max(1, max * 1.05)] } },
      axes: [{ values: (u, all) => all.map(short), incrs: [1, 2, 7, 14, 30, 61, 122].map((n) => n * 86400), space: 48 }, { size: 44, values: (u, all) => all.map((v) => v.toLocaleString(language)) }],
      series: [
        { label: box.dataset.day, value: (u, v) => (v == null ? "" : label(v)) },
        { label: box.dataset.hours, value: (u, v) => (v == null ? "--" : clock(v)), stroke: "#0b3d6e", fill: "#8fb0d1", paths: uPlot.paths.bars({ size: [0.8, 40] }), points: { show: false } },
        { label: box.dataset.plays, value: (u, v) => (v == null ? "--" : v.toLocaleString(language)), show: true, stroke: "transparent", points: { show: false }, scale: "plays" },
      ],
    },
    [at, days.map((d) => d[2]), days.map((d) => d[1])], box);
  // With no pointer over the bars, the legend tells the newest day.
  const rest = () => plot.setLegend({ idx: at.length - 1 });
  setTimeout(rest);
  plot.over.addEventListener("mouseleave", () => setTimeout(rest));
  addEventListener("resize", () => plot.setSize({ width: width(), height: 180 }));
}

// A day typed by hand means days of one's own, whatever period was chosen before.
const period = document.getElementById("r-ky");
for (const id of ["r-tu", "r-den"]) document.getElementById(id)?.addEventListener("input", () => (period.value = "chon"));
