// The map: canvas, own outlines, no tiles. Everything it shows also stands in the list; without this file the list and its filters still work.
import L from "leaflet";
import "./map.css";

const box = document.getElementById("map");
const form = document.getElementById("map-filter");
const list = document.getElementById("map-list");
const words = box.dataset;
const COUNTRY = [[6.5, 102], [23.6, 117.6]];
const BUBBLES_ABOVE = 200, BUBBLE_PX = 64, COMMUNE_ZOOM = 10, EDGE_ZOOM = 8;

const map = L.map(box, { preferCanvas: true, zoomControl: false, minZoom: 4, maxZoom: 15, zoomSnap: 0.5, maxBounds: [[0, 92], [31, 128]] });
map.attributionControl.setPrefix(false).addAttribution(words.source.replace(/[<>&]/g, ""));
L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
L.control.scale({ imperial: false, position: "topright" }).addTo(map);
map.createPane("names").style.zIndex = 430;
map.createPane("marks").style.zIndex = 450;
map.fitBounds(COUNTRY);
// The box may get its size after this file has come: until somebody moves the map, it shows what it is narrowed to.
let moved = false;
for (const act of ["pointerdown", "wheel", "keydown"]) box.addEventListener(act, () => (moved = true), { once: true, passive: true });
new ResizeObserver(() => {
  map.invalidateSize({ pan: false });
  if (!moved) fitMarks();
}).observe(box);
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

const label = (text, kind, at) =>
  L.marker(at, { pane: "names", interactive: false, keyboard: false, icon: L.divIcon({ className: `geo-label ${kind}`, iconSize: [0, 0], html: span(text) }) });

function span(text) {
  const holder = document.createElement("span");
  text.split("\n").forEach((line, i) => holder.append(...(i ? [document.createElement("br"), line] : [line])));
  return holder;
}

const layers = { country: L.layerGroup().addTo(map), edge: L.layerGroup(), near: L.layerGroup() };
const line = { renderer: below, interactive: false };
const styles = {
  province: { ...line, color: "#5d6b78", weight: 1.3, fillColor: "#fdfcf8", fillOpacity: 1 },
  border: { ...line, color: "#8a6d1f", weight: 0.7, fillColor: "#f3e2b3", fillOpacity: 0.8 },
  other: { ...line, color: "#9aa6b1", weight: 0.6, fill: false },
  dot: { ...line, radius: 2, stroke: false, fillOpacity: 0.6 },
};

async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/** Grid steps to latitude and longitude. */
function unpacked(rings, grid) {
  return rings.map((ring) => {
    const points = new Array(ring.length / 2);
    for (let i = 0, x = 0, y = 0; i < ring.length; i += 2) points[i / 2] = [(y += ring[i + 1]) * grid, (x += ring[i]) * grid];
    return [points];
  });
}

const boundsOf = new Map();
async function draw(url, into) {
  const drawing = await fetched(url);
  for (const p of drawing.provinces ?? []) {
    const shape = L.polygon(unpacked(p.rings, drawing.grid), styles.province).addTo(into);
    if (!boundsOf.has(p.code)) boundsOf.set(p.code, shape.getBounds());
  }
  for (const c of drawing.communes ?? []) L.polygon(unpacked(c.rings, drawing.grid), c.border ? styles.border : styles.other).addTo(into);
  for (const [, name, lat, lon, border] of drawing.points ?? []) {
    L.circleMarker([lat, lon], { ...styles.dot, fillColor: border ? "#8a6d1f" : "#6f8ba3" }).addTo(into);
    pointNames.push({ name, at: L.latLng(lat, lon) });
  }
  return drawing.labels.map(([, name, lat, lon]) => ({ name, at: L.latLng(lat, lon) }));
}

let edge, provinceNames = [];
const near = new Map(), pointNames = [];

async function drawCountry() {
  provinceNames = await draw("/api/v1/geo/shapes/country", layers.country);
}

/** Finer outlines where the map is close; the coarser ones go when the finer ones are there. */
async function refine() {
  const zoom = map.getZoom(), view = map.getBounds().pad(0.1);
  let now = layers.country;
  if (words.areas && zoom >= COMMUNE_ZOOM) {
    const inView = [...boundsOf].filter(([, bounds]) => bounds.intersects(view)).map(([code]) => code);
    for (const code of inView) if (!near.has(code)) near.set(code, draw(`/api/v1/geo/shapes/province/${code}`, layers.near));
    await Promise.all(inView.map((code) => near.get(code)));
    now = layers.near;
  } else if (words.areas && zoom >= EDGE_ZOOM) {
    await (edge ??= draw("/api/v1/geo/shapes/edge", layers.edge));
    now = layers.edge;
  }
  if (map.getZoom() !== zoom) return;
  for (const layer of Object.values(layers)) layer === now ? layer.addTo(map) : layer.remove();
  await drawNames();
}

/** Names that do not cover each other: special zones first, then provinces, then communes when close. */
const names = L.layerGroup().addTo(map), taken = [];
async function drawNames() {
  names.clearLayers();
  taken.length = 0;
  for (const unit of islands) {
    label("◆", "geo-label-island", unit.at).addTo(names);
    drawName(unit, "geo-label-island geo-label-below", 110, 70, true);
  }
  for (const p of provinceNames) drawName(p, "", p.name.length * 7 + 6, 16);
  if (map.getZoom() < COMMUNE_ZOOM) return;
  for (const c of [...(await Promise.all(near.values())).flat(), ...pointNames]) drawName(c, "geo-label-commune", c.name.length * 7 + 6, 16);
}

function drawName({ name, at }, kind, width, height, always = false) {
  if (!map.getBounds().contains(at)) return;
  const p = map.latLngToLayerPoint(at);
  const box = [p.x - width / 2, p.y - height / 2, p.x + width / 2, p.y + height / 2];
  if (!always && taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1])) return;
  taken.push(box);
  label(name, kind, at).addTo(names);
}

const islands = [...document.querySelectorAll("#map-islands [data-unit]")].map(({ dataset: u }) => ({ name: `${u.name}\n(${u.under})`, at: L.latLng(+u.lat, +u.lon) }));

/** Border posts, where the reader may see them: small, under the clusters, told by a click. */
for (const { dataset: p } of document.querySelectorAll("#map-posts [data-lat][data-name]")) {
  new Mark([+p.lat, +p.lon], { renderer: above, radius: 6, standing: "Post" }).bindPopup(() => {
    const card = document.createElement("div");
    card.append(Object.assign(document.createElement("strong"), { textContent: p.name }), Object.assign(document.createElement("p"), { textContent: p.under }));
    return card;
  }).addTo(map);
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
  const middle = [5, 6].map((i) => cell.reduce((sum, m) => sum + m[i], 0) / cell.length);
  L.marker(middle, { title: words.many.replace("{0}", cell.length).replace("{1}", wordOf(worst)), keyboard: false, icon: L.divIcon({ className: "geo-bubble", iconSize: [0, 0], html: holder }) })
    .on("click", () => map.fitBounds(bounds.pad(0.2), { maxZoom: 14 })).addTo(drawn);
}

const query = () => new URLSearchParams([...new FormData(form)].filter(([, v]) => v)).toString();

async function fetchMarks() {
  marks = await fetched(`/api/v1/geo/marks${query() ? `?${query()}` : ""}`);
  drawMarks();
  if (form.elements.standing.value) return;
  for (const count of document.querySelectorAll(".geo-legend [data-count]")) count.textContent = marks.filter((m) => m[7] === count.dataset.count).length;
}

async function fetchList(page = "") {
  const answer = await fetch(`/ban-do/danh-sach?${query()}${page}`);
  if (answer.ok) list.innerHTML = await answer.text();
}

function narrowed() {
  history.replaceState(null, "", `/ban-do${query() ? `?${query()}` : ""}`);
  for (const part of [box, list]) part.setAttribute("aria-busy", "true");
  Promise.all([fetchMarks(), fetchList()]).then(fitMarks).catch(failed).finally(() => [box, list].forEach((part) => part.removeAttribute("aria-busy")));
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
  moved = true;
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
