// The map: canvas, own outlines, no tiles. Everything it shows also stands in the list; without this file the list and its filters still work.
import L from "leaflet";
import "./map.css";

const box = document.getElementById("map");
const form = document.getElementById("map-filter");
const list = document.getElementById("map-list");
const words = box.dataset;
const COUNTRY = [[6.5, 102], [23.6, 117.6]];
const BUBBLES_ABOVE = 200, BUBBLE_PX = 56, COMMUNE_ZOOM = 10, EDGE_ZOOM = 8;

const map = L.map(box, { preferCanvas: true, zoomControl: false, minZoom: 4, maxZoom: 17, zoomSnap: 0.5, maxBounds: [[0, 92], [31, 128]] });
map.attributionControl.setPrefix(false).addAttribution(words.source.replace(/[<>&]/g, ""));
L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
L.control.scale({ imperial: false }).addTo(map);
map.createPane("marks").style.zIndex = 450;
map.fitBounds(COUNTRY);
const below = L.canvas({ padding: 0.3 }), above = L.canvas({ padding: 0.3, pane: "marks", tolerance: 6 });

/** Outline, colour and rank of each standing, read from the legend so that there is one source. */
const looks = new Map([...document.querySelectorAll(".geo-legend [data-standing]")].map((svg, rank) => {
  const path = svg.querySelector("path");
  return [svg.dataset.standing, { rank, svg: svg.outerHTML, colour: path.getAttribute("fill"), path: new Path2D(path.getAttribute("d")) }];
}));

const Mark = L.CircleMarker.extend({
  _updatePath() {
    const ctx = this._renderer._ctx;
    if (!this._renderer._drawing || this._empty() || !ctx) return;
    const look = looks.get(this.options.standing) ?? looks.get("Printed");
    const size = (this._radius * 2) / 24;
    ctx.save();
    ctx.translate(this._point.x - 12 * size, this._point.y - 12 * size);
    ctx.scale(size, size);
    ctx.lineWidth = 4;
    ctx.lineJoin = "round";
    ctx.strokeStyle = "#fff";
    ctx.stroke(look.path);
    ctx.fillStyle = look.colour;
    ctx.fill(look.path, "evenodd");
    ctx.restore();
  },
});

const label = (text, kind, at, pane = "markerPane") =>
  L.marker(at, { pane, interactive: false, keyboard: false, icon: L.divIcon({ className: `geo-label ${kind}`, iconSize: [0, 0], html: span(text) }) });

function span(text) {
  const holder = document.createElement("span");
  text.split("\n").forEach((line, i) => holder.append(...(i ? [document.createElement("br"), line] : [line])));
  return holder;
}

const outlines = { country: L.layerGroup().addTo(map), edge: L.layerGroup(), communes: L.layerGroup() };
const styles = {
  province: { renderer: below, interactive: false, color: "#5d6b78", weight: 1.2, fillColor: "#fbfaf5", fillOpacity: 1 },
  edge: { renderer: below, interactive: false, color: "#8a6d1f", weight: 0.7, fillColor: "#f3e2b3", fillOpacity: 0.75 },
  coast: { renderer: below, interactive: false, color: "#7b93a8", weight: 0.5, fill: false },
  commune: { renderer: below, interactive: false, color: "#9aa6b1", weight: 0.6, fill: false },
  dot: { renderer: below, interactive: false, radius: 2, stroke: false, fillColor: "#8a6d1f", fillOpacity: 0.6 },
};

async function fetched(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/** Grid steps to latitude and longitude. */
function unpacked(rings, grid) {
  return rings.map((ring) => {
    const points = new Array(ring.length / 2);
    for (let i = 0, x = 0, y = 0; i < ring.length; i += 2) points[i / 2] = [(y += ring[i + 1]) * grid, (x += ring[i]) * grid];
    return points;
  });
}

const boundsOf = new Map();
async function drawCountry() {
  const drawing = await fetched("/api/v1/geo/shapes/country");
  for (const p of drawing.provinces ?? []) {
    const shape = L.polygon(unpacked(p.rings, drawing.grid).map((r) => [r]), styles.province).addTo(outlines.country);
    boundsOf.set(p.code, shape.getBounds());
  }
  for (const [, name, lat, lon, border] of drawing.points ?? []) {
    L.circleMarker([lat, lon], { ...styles.dot, fillColor: border ? "#8a6d1f" : "#6f8ba3" }).addTo(outlines.country);
    pointNames.push({ name, at: L.latLng(lat, lon) });
  }
  for (const [, name, lat, lon] of drawing.labels) label(name, "", [lat, lon]).addTo(map);
}

let edge;
const provinces = new Map(), pointNames = [], shownNames = L.layerGroup().addTo(map);
async function refine() {
  const zoom = map.getZoom(), view = map.getBounds();
  if (words.areas) {
    if (zoom >= EDGE_ZOOM && zoom < COMMUNE_ZOOM) edge ??= drawShapes("/api/v1/geo/shapes/edge", outlines.edge);
    toggle(outlines.edge, zoom >= EDGE_ZOOM && zoom < COMMUNE_ZOOM);
    toggle(outlines.communes, zoom >= COMMUNE_ZOOM);
    if (zoom >= COMMUNE_ZOOM) {
      for (const [code, bounds] of boundsOf) {
        if (bounds.intersects(view) && !provinces.has(code)) provinces.set(code, drawShapes(`/api/v1/geo/shapes/province/${code}`, outlines.communes));
      }
    }
  }
  const names = zoom >= COMMUNE_ZOOM ? [...(await Promise.all(provinces.values())).flat(), ...pointNames].filter((n) => map.getBounds().contains(n.at)).slice(0, 120) : [];
  shownNames.clearLayers();
  for (const n of names) label(n.name, "geo-label-commune", n.at).addTo(shownNames);
}

const toggle = (layer, on) => (on ? layer.addTo(map) : layer.remove());

async function drawShapes(url, into) {
  const drawing = await fetched(url);
  for (const c of drawing.communes) {
    const rings = unpacked(c.rings, drawing.grid).map((r) => [r]);
    L.polygon(rings, c.border ? styles.edge : into === outlines.edge ? styles.coast : styles.commune).addTo(into);
  }
  return drawing.labels.map(([, name, lat, lon]) => ({ name, at: L.latLng(lat, lon) }));
}

for (const unit of document.querySelectorAll("#map-islands [data-unit]")) {
  label(`◆\n${unit.dataset.name}\n(${unit.dataset.under})`, "geo-label-island", [+unit.dataset.lat, +unit.dataset.lon]).addTo(map);
}

let marks = [];
const drawn = L.layerGroup().addTo(map), byId = new Map();

function popup([, name, url, site, place, , , standing]) {
  const card = document.createElement("div");
  const link = Object.assign(document.createElement("a"), { href: url, textContent: words.open });
  const title = Object.assign(document.createElement("strong"), { textContent: name });
  const state = document.createElement("p");
  state.innerHTML = looks.get(standing)?.svg ?? "";
  state.append(` ${wordOf(standing)}${site ? ` · ${site}` : ""}`);
  card.append(title, state, Object.assign(document.createElement("p"), { textContent: place }), link);
  return card;
}

const wordOf = (standing) => form.elements.standing.querySelector(`option[value="${CSS.escape(standing)}"]`)?.textContent.replace(/ \(\d+\)$/, "") ?? standing;

function drawMarks() {
  drawn.clearLayers();
  byId.clear();
  for (const cell of marks.length > BUBBLES_ABOVE ? cells() : marks.map((m) => [m])) cell.length === 1 || map.getZoom() >= 13 ? cell.forEach(drawOne) : drawBubble(cell);
}

function drawOne(m) {
  byId.set(String(m[0]), new Mark([m[5], m[6]], { renderer: above, radius: 9, standing: m[7] }).bindPopup(() => popup(m)).addTo(drawn));
}

/** Marks that stand close together at this zoom. */
function cells() {
  const found = new Map();
  for (const m of marks) {
    const p = map.project([m[5], m[6]]);
    const key = `${Math.floor(p.x / BUBBLE_PX)} ${Math.floor(p.y / BUBBLE_PX)}`;
    found.get(key)?.push(m) ?? found.set(key, [m]);
  }
  return found.values();
}

/** A number, and the shape of the worst standing inside that calls for somebody. */
function drawBubble(cell) {
  const order = ["Fault", "Offline", "Warning", "NotEnrolled", "Good", "Printed"];
  const worst = order.find((s) => cell.some((m) => m[7] === s)) ?? "Printed";
  const holder = span(String(cell.length));
  holder.style.color = looks.get(worst).colour;
  const number = Object.assign(document.createElement("b"), { textContent: cell.length });
  number.style.color = "#fff";
  holder.replaceChildren(number);
  holder.insertAdjacentHTML("beforeend", looks.get(worst).svg);
  holder.lastElementChild.style.cssText = "background:#fff;border-radius:50%;padding:1px";
  const bounds = L.latLngBounds(cell.map((m) => [m[5], m[6]]));
  L.marker(bounds.getCenter(), { title: words.many.replace("{0}", cell.length).replace("{1}", wordOf(worst)), keyboard: false, icon: L.divIcon({ className: "geo-bubble", iconSize: [0, 0], html: holder }) })
    .on("click", () => map.fitBounds(bounds.pad(0.2), { maxZoom: 14 })).addTo(drawn);
}

const query = () => new URLSearchParams([...new FormData(form)].filter(([, v]) => v)).toString();

async function fetchMarks() {
  marks = await fetched(`/api/v1/geo/marks?${query()}`);
  drawMarks();
}

async function fetchList(page = "") {
  const answer = await fetch(`/ban-do/danh-sach?${query()}${page}`);
  if (answer.ok) list.innerHTML = await answer.text();
}

function narrowed() {
  history.replaceState(null, "", `/ban-do${query() ? `?${query()}` : ""}`);
  Promise.all([fetchMarks(), fetchList()]).then(fitMarks).catch(failed);
}

function fitMarks() {
  const narrowedDown = form.elements.province.value || form.elements.sector.value || form.elements.q.value;
  if (narrowedDown && marks.length) map.fitBounds(L.latLngBounds(marks.map((m) => [m[5], m[6]])).pad(0.15), { maxZoom: 12 });
  else if (!narrowedDown) map.fitBounds(COUNTRY);
}

function failed(error) {
  console.warn(error);
  if (!document.getElementById("map-failed")) box.insertAdjacentElement("afterend", Object.assign(document.createElement("p"), { id: "map-failed", className: "geo-note", role: "alert", textContent: words.failed }));
}

form.addEventListener("submit", (event) => (event.preventDefault(), narrowed()));
form.addEventListener("change", narrowed);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".geo-show");
  if (!button) return;
  map.setView([+button.dataset.lat, +button.dataset.lon], +(button.dataset.zoom ?? 13), { animate: false });
  box.scrollIntoView({ block: "nearest" });
  byId.get(button.dataset.id)?.openPopup();
});
map.on("zoomend", () => marks.length > BUBBLES_ABOVE && drawMarks());
map.on("moveend", () => refine().catch(failed));

const page = () => (/[?&]page=(\d+)/.test(location.search) ? `&page=${RegExp.$1}` : "");
let soon;
function changed() {
  clearTimeout(soon);
  soon = setTimeout(() => document.hidden || Promise.all([fetchMarks(), fetchList(page())]).catch(failed), 1500);
}
const live = new EventSource("/live?topic=sites");
live.addEventListener("sites", changed);
document.addEventListener("visibilitychange", () => document.hidden || changed());

await Promise.all([drawCountry(), fetchMarks()]).then(() => (fitMarks(), refine())).catch(failed);
box.dataset.ready = Math.round(performance.now());
