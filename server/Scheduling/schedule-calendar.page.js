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
const day = (d) => `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
const time = (d) => `${two(d.getHours())}:${two(d.getMinutes())}:00`;

async function moved(info) {
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

let first = words.first ? JSON.parse(words.first) : null;

/** The week that came with the page is not asked for again; every later question is. */
async function shownWeek({ start, end }) {
  const [week, from] = [first, day(start)];
  first = null;
  if (week?.from === from && end - start < 8 * 86400000) return week.bars;
  place.setAttribute("aria-busy", "true");
  const answer = await fetch(`/lich/su-kien?start=${from}&end=${day(end)}`).finally(() => place.removeAttribute("aria-busy"));
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

place.hidden = false;
const calendar = new Calendar(place, {
  plugins: [dayGrid, timeGrid, list, interaction],
  locale: words.language === "en" ? en : vi,
  initialView: phone ? "listWeek" : "timeGridWeek",
  initialDate: words.today,
  headerToolbar: { start: "prev,next today", center: "title", end: phone ? "listWeek,dayGridMonth" : "dayGridMonth,timeGridWeek,timeGridDay,listWeek" },
  buttonIcons: false, buttonText: { prev: "‹", next: "›", list: words.list },
  height: "auto",
  slotMinTime: "00:00", slotMaxTime: "24:00", slotDuration: "01:00", snapDuration: "00:05", slotLabelInterval: "03:00",
  eventTimeFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
  slotLabelFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
  firstDay: 1, nowIndicator: true, dayMaxEvents: 4, eventDisplay: "block",
  timeZone: "local",
  slotEventOverlap: false,
  events: shownWeek,
  eventDrop: moved,
  eventResize: moved,
  eventDidMount: ({ event, el }) => (el.title = `${event.title} · ${event.extendedProps.tier} · ${event.extendedProps.standing}`),
});
calendar.render();
