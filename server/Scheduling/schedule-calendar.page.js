// The calendar of /lich. Without it the list below it remains.
import { Calendar } from "@fullcalendar/core";
import dayGrid from "@fullcalendar/daygrid";
import timeGrid from "@fullcalendar/timegrid";
import list from "@fullcalendar/list";
import interaction from "@fullcalendar/interaction";
import vi from "@fullcalendar/core/locales/vi";
import en from "@fullcalendar/core/locales/en-gb";

const place = document.getElementById("lich");
const note = document.getElementById("lich-note");
const undoButton = note.querySelector("button"), publishLink = note.querySelector("a");
const words = place.dataset;
const phone = matchMedia("(max-width: 575.98px)").matches;

/** Sends a change as JSON; the answer, or the sentence of the refusal. */
async function send(url, body) {
  try {
    const answer = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json", "X-BorderInfo": "1" }, body: JSON.stringify(body) });
    const said = await answer.json();
    return answer.ok ? { done: said } : { why: said.title ?? words.failed };
  } catch {
    return { why: words.failed };
  }
}

function say(text, good, undo, publish) {
  note.hidden = false;
  note.className = `alert ${good ? "alert-info" : "alert-danger"}`;
  note.querySelector("span").textContent = text;
  undoButton.hidden = !undo;
  undoButton.onclick = undo;
  publishLink.hidden = !publish;
  if (publish) publishLink.href = publish;
}

const two = (n) => String(n).padStart(2, "0");
// Times are those of Việt Nam wherever the browser stands: the calendar counts in UTC and is given Việt Nam's clock as if it were UTC.
const day = (d) => `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())}`;
const time = (d) => `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:00`;
const vietnamNow = () => new Date(Date.now() + 7 * 3600000).toISOString().slice(0, 19);
const [today, month, week, oneDay, listed] = words.buttons.split("|");

/** What is shown, as people write it: tháng 11 năm 2026, tuần 16/11 – 22/11/2026, ngày 22/11/2026. */
function title(pattern) {
  if (words.language === "en") return {};
  const date = ({ year, month: m, day: d }, withYear) => `${two(d)}/${two(m + 1)}${withYear ? `/${year}` : ""}`;
  const written = ({ start, end }) => pattern.replace("{m}", start.month + 1).replace("{y}", start.year)
    .replace("{from}", date(start, end && start.year !== end.year)).replace("{to}", date(end ?? start, true));
  return { titleFormat: written };
}

/** With Alt held the event stays and a copy of it, for that one day, is made where it was dropped. */
async function copied(info) {
  const { schedule, window: index } = info.event.extendedProps;
  const { start, end, allDay } = info.event;
  info.revert();
  const { done, why } = await send(`/lich/${schedule}/chep`, { window: index, day: day(start), start: allDay || !end ? null : time(start), end: allDay || !end ? null : time(end) });
  if (why) return say(why, false);
  calendar.refetchEvents();
  say(done.text, true, async () => {
    const undone = await send(`/lich/${done.id}/bo-ban-sao`, {});
    calendar.refetchEvents();
    say(undone.why ?? words.copiedUndo, !undone.why);
  }, `/phat-hanh/xem-truoc?lich=${done.id}`);
}

async function moved(info) {
  if (info.jsEvent?.altKey && !info.endDelta) return copied(info);
  const { schedule, window: index, day: from } = info.event.extendedProps;
  const { start, end, allDay } = info.event;
  const ask = { window: index, from, day: day(start), start: allDay ? "00:00:00" : time(start), end: allDay || !end ? "00:00:00" : time(end) };
  note.hidden = false;
  note.className = "alert alert-info";
  note.querySelector("span").textContent = document.getElementById("bi-going").getAttribute("aria-label");
  const { done, why } = await send(`/lich/${schedule}/doi`, ask);
  if (why) {
    info.revert();
    say(why, false);
    return;
  }
  calendar.refetchEvents();
  say(done.text, true, async () => {
    const undone = await send(`/lich/${schedule}/hoan-tac`, { to: done.undoTo });
    calendar.refetchEvents();
    say(undone.why ?? words.undone, !undone.why);
  }, `/phat-hanh/xem-truoc?lich=${schedule}`);
}

/** What the days are called, by date; kept for every day seen. */
const names = new Map();

function named(days) {
  for (const d of days) names.set(d.date, d);
  for (const cell of place.querySelectorAll(".fc-dayGridMonth-view .fc-daygrid-day[data-date], .fc-col-header-cell[data-date], .fc-list-day[data-date]")) paint(cell);
}

/** Writes lunar date, branch and holidays into a cell; again when they come later than the cell. */
function paint(cell) {
  const d = names.get(cell.dataset.date);
  cell.querySelectorAll(".lich-lunar, .lich-holiday").forEach((old) => old.remove());
  if (!d?.lunar || (cell.classList.contains("fc-daygrid-day") && cell.closest(".fc-timegrid, .fc-dayGridWeek-view"))) return;
  const at = cell.querySelector(".fc-daygrid-day-top, .fc-col-header-cell-cushion, .fc-list-day-cushion") ?? cell;
  const lunar = document.createElement("span");
  lunar.className = `lich-lunar${d.strong ? " lich-lunar-strong" : ""}`;
  lunar.title = d.words;
  lunar.append(words.lunar.replace("{0}", d.lunar), " ");
  const branch = document.createElement("span");
  branch.className = "lich-branch";
  branch.textContent = d.branch;
  lunar.append(branch);
  at.append(lunar);
  for (const name of d.holidays) {
    const holiday = document.createElement("span");
    holiday.className = `lich-holiday${d.dayOff ? " lich-off" : ""}`;
    holiday.textContent = holiday.title = `★ ${name}`;
    // Below the events of a month's cell: above them it would push the cell's own events off those of its row.
    (cell.querySelector(".fc-daygrid-day-events") ?? at).after(holiday);
  }
  // A reader who hears the cell is told all of it, not only the number of the day.
  cell.removeAttribute("aria-labelledby");
}

let first = words.first ? JSON.parse(words.first) : null;

/** The week that came with the page is not asked for again; every later question is. */
async function shownWeek({ start, end }) {
  const [week, from] = [first, day(start)];
  first = null;
  if (week?.from === from && end - start < 8 * 86400000) {
    queueMicrotask(() => named(week.days));
    return week.bars;
  }
  place.setAttribute("aria-busy", "true");
  const answer = await fetch(`/lich/su-kien?start=${from}&end=${day(end)}`).finally(() => place.removeAttribute("aria-busy"));
  if (!answer.ok) throw new Error(`${answer.status}`);
  const said = await answer.json();
  named(said.days);
  return said.bars;
}

const calendar = new Calendar(place, {
  plugins: [dayGrid, timeGrid, list, interaction],
  locale: words.language === "en" ? en : vi,
  initialView: words.view || "dayGridWeek",
  initialDate: words.shown,
  headerToolbar: { start: "prev,next today", center: "title", end: "dayGridMonth,dayGridWeek,timeGridDay,listWeek" },
  buttonIcons: false, buttonText: { prev: "‹", next: "›", today, month, week, day: oneDay, list: listed },
  // A week lists its bars, each as wide as its day: many that run beside each other would be too narrow to be read in a grid of hours.
  views: {
    dayGridMonth: title(words.titleMonth),
    dayGridWeek: { ...title(words.titleWeek), dayMaxEvents: false, displayEventEnd: true },
    timeGridDay: title(words.titleDay),
    listWeek: title(words.titleWeek),
  },
  height: "auto",
  slotMinTime: "00:00", slotMaxTime: "24:00", slotDuration: "01:00", snapDuration: "00:05", slotLabelInterval: "03:00",
  eventTimeFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
  slotLabelFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
  firstDay: 1, nowIndicator: true, dayMaxEvents: 4, eventDisplay: "block",
  timeZone: "UTC",
  now: vietnamNow,
  defaultRangeSeparator: "–",
  slotEventOverlap: false, eventMinHeight: 22, eventShortHeight: 48,
  events: shownWeek,
  eventDrop: moved,
  eventResize: moved,
  dayCellDidMount: ({ el }) => paint(el),
  dayHeaderDidMount: ({ el }) => paint(el),
  moreLinkDidMount: ({ el }) => el.setAttribute("role", "button"),
  eventDidMount: ({ event, el }) => (el.title = `${event.title} · ${event.allDay || !event.end ? "" : `${time(event.start).slice(0, 5)}–${time(event.end).slice(0, 5)} · `}${event.extendedProps.tier} · ${event.extendedProps.standing}`),
});
if (!phone) {
  place.hidden = false;
  document.getElementById("lich-help").hidden = false;
  document.getElementById("lich-ngay").hidden = true;
  calendar.render();
}
