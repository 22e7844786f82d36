// Live parts: every [data-live] listens to its topics and fetches its fragment anew; reading works without this.
import "./fleet.css";

function keep(part) {
  return new Set([...part.querySelectorAll("details[open][id]")].map((d) => d.id));
}

/** What stands on the page is old: say so, a wall that shows yesterday as today is worse than none. */
function stale(part, isStale) {
  document.getElementById("fleet-stale")?.remove();
  if (!isStale) return;
  const note = document.createElement("div");
  note.id = "fleet-stale";
  note.className = "alert alert-warning text-body";
  note.setAttribute("role", "alert");
  note.textContent = part.dataset.stale;
  part.before(note);
}

async function refresh(part) {
  if (part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")) return false;
  const answer = await fetch(part.dataset.fragment).catch(() => null);
  stale(part, !answer?.ok || answer.redirected);
  if (!answer?.ok || answer.redirected) return true;
  const open = keep(part);
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  part.innerHTML = await answer.text();
  for (const id of open) part.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus();
  return true;
}

/** Parts with the same topics listen together: browsers keep few connections to one server. */
const sources = new Map();
function listen(topics) {
  if (!sources.has(topics)) sources.set(topics, new EventSource(`/live?${topics.split(" ").map((t) => `topic=${encodeURIComponent(t)}`).join("&")}`));
  return sources.get(topics);
}

for (const part of document.querySelectorAll("[data-live]")) {
  let due = 0;
  const soon = () => {
    if (due) return;
    due = setTimeout(async () => {
      due = 0;
      if (!(await refresh(part).catch(() => true))) soon();
    }, 400);
  };
  const source = listen(part.dataset.live);
  let broken = false;
  for (const topic of part.dataset.live.split(" ")) source.addEventListener(topic, soon);
  source.addEventListener("error", () => { broken = true; stale(part, true); });
  source.addEventListener("open", () => { if (broken) { broken = false; soon(); } });
  // Times like "2 minutes ago" grow old even when nothing happens.
  if (part.dataset.every) setInterval(soon, Number(part.dataset.every) * 1000);
}
