// Keeps parts of a page fresh: listens to the topics of [data-live] and fetches each [data-live-part] anew when one is told.
const places = [...document.querySelectorAll("[data-live]")];
const topics = new Set(places.flatMap((place) => place.dataset.live.split(" ")));

async function fetchParts() {
  for (const part of document.querySelectorAll("[data-live-part]")) {
    try {
      const answer = await fetch(part.dataset.livePart, { headers: { "X-BorderInfo": "1" } });
      if (answer.ok && !part.contains(document.activeElement)) part.innerHTML = await answer.text();
    } catch {
      // The link is gone; the event source comes back by itself and asks again.
    }
  }
}

/** News are told a moment before they are committed, and come in bursts: one question per half second, the last one always. */
let waiting = 0;
function soon() {
  if (waiting) return;
  waiting = setTimeout(() => {
    waiting = 0;
    fetchParts();
  }, 500);
}

if (topics.size) {
  const news = new EventSource(`/live?${[...topics].map((t) => `topic=${encodeURIComponent(t)}`).join("&")}`);
  for (const topic of topics) news.addEventListener(topic, soon);
  let broken = false;
  news.onerror = () => (broken = true);
  news.addEventListener("alive", () => {
    if (broken) soon();
    broken = false;
  });
}
