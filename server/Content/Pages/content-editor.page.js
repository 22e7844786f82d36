// The composer: language tabs, counters, uploads with progress. Without it all panels stand open and the forms go the plain way.

const tabs = document.querySelector("[data-tabs]");
const panels = [...document.querySelectorAll("[data-panel]")];

function open(id) {
  for (const panel of panels) panel.hidden = panel.id !== id;
  for (const link of tabs.querySelectorAll("a")) {
    const here = link.hash === "#" + id;
    link.classList.toggle("active", here);
    link.setAttribute("aria-current", here ? "true" : "false");
  }
}

if (tabs && panels.length) {
  const wrong = panels.find((panel) => panel.querySelector(".is-invalid"));
  open((wrong ?? panels.find((panel) => !panel.hidden) ?? panels[0]).id);
  tabs.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    open(link.hash.slice(1));
  });
  const more = document.querySelector("[data-more-languages]");
  more?.addEventListener("change", () => {
    if (!more.value) return;
    const id = "chu-" + more.value;
    const link = document.createElement("a");
    link.className = "nav-link py-1 px-2";
    link.href = "#" + id;
    link.textContent = more.selectedOptions[0].textContent;
    tabs.append(link);
    more.selectedOptions[0].remove();
    more.value = "";
    open(id);
    document.querySelector(`#${CSS.escape(id)} textarea`).focus();
  });
}

// Counted as a reader counts: a letter with its marks is one.
const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
for (const field of document.querySelectorAll("[data-count]")) {
  const told = document.querySelector(`[data-count-for="${CSS.escape(field.id)}"]`);
  const limit = Number(field.dataset.count);
  const count = () => {
    const length = [...letters.segment(field.value.normalize("NFC"))].length;
    told.textContent = `${length} / ${limit}`;
    told.classList.toggle("text-danger", length > limit);
  };
  field.addEventListener("input", count);
  if (told) count();
}

const editor = document.querySelector("[data-editor]");

function typed() {
  const data = new FormData(editor);
  data.delete("stamp");
  return new URLSearchParams(data).toString();
}

const asLoaded = editor ? typed() : "";

// Leaving, or submitting for approval, would lose what is typed and not saved: the browser asks.
let saving = false;
editor?.addEventListener("submit", () => (saving = true));
addEventListener("beforeunload", (event) => {
  if (editor && !saving && typed() !== asLoaded) event.preventDefault();
});

/** Shows the page anew; what is typed and not saved yet stays where it is. */
async function showAnew() {
  if (!editor || typed() === asLoaded) {
    location.reload();
    return;
  }
  const answer = await fetch(location.pathname);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of ["#dau-trang", "#tep", "#xem-truoc", "#ngon-ngu-cum", "#cac-ban", "[data-editor] [name=stamp]"]) {
    const [now, then] = [document.querySelector(part), fresh.querySelector(part)];
    if (now && then) now.replaceWith(then);
  }
  watch();
  if (document.querySelector("#xem-truoc[hx-get]")) setTimeout(showAnew, 2000);
}

async function refreshFiles() {
  const card = document.querySelector("[data-files]");
  const answer = await fetch(card.dataset.files, { headers: { "X-BorderInfo": "1" } });
  if (answer.ok) {
    card.outerHTML = await answer.text();
    watch();
  }
}

/** Follows the uploads that the server is working on. */
function watch() {
  const waiting = [...document.querySelectorAll("[data-upload]")].filter((row) => row.dataset.upload);
  if (!waiting.length) return;
  const news = new EventSource("/live?" + waiting.map((row) => "topic=" + encodeURIComponent("upload:" + row.dataset.upload)).join("&"));
  for (const row of waiting) {
    news.addEventListener("upload:" + row.dataset.upload, (event) => {
      if (event.data === "done") {
        news.close();
        showAnew();
      } else if (event.data === "refused") {
        news.close();
        refreshFiles();
      } else {
        const bar = row.querySelector(".progress-bar");
        bar?.classList.remove("progress-bar-indeterminate");
        if (bar) bar.style.width = event.data + "%";
      }
    });
  }
  // What happened between the page and the first news.
  setTimeout(async () => {
    for (const row of waiting) {
      const state = await fetch("/api/v1/uploads/" + row.dataset.upload).then((a) => (a.ok ? a.json() : null));
      if (state?.state === "Done") {
        news.close();
        showAnew();
        return;
      }
      if (state?.state === "Refused") refreshFiles();
    }
  }, 1500);
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-upload-form]");
  if (!form) return;
  event.preventDefault();
  const file = form.elements.file.files[0];
  const said = form.querySelector("[data-said]");
  const progress = form.querySelector("[data-progress]");
  const button = form.querySelector("button");
  if (file.size > Number(form.dataset.max)) {
    said.textContent = form.dataset.tooBig;
    return;
  }
  const body = new FormData();
  body.append("language", form.elements.language.value);
  body.append("file", file, file.name);
  const request = new XMLHttpRequest();
  request.open("POST", form.dataset.api);
  request.setRequestHeader("X-BorderInfo", "1");
  request.responseType = "json";
  request.upload.addEventListener("progress", (sent) => {
    if (!sent.lengthComputable) return;
    const percent = Math.round((sent.loaded / sent.total) * 100);
    progress.hidden = false;
    progress.firstElementChild.style.width = percent + "%";
    said.textContent = percent < 100 ? `${form.dataset.sending} ${percent} %` : form.dataset.checking;
  });
  request.addEventListener("load", () => {
    button.disabled = false;
    if (request.status === 200) refreshFiles();
    else said.textContent = request.response?.title ?? form.dataset.failed;
  });
  request.addEventListener("error", () => {
    button.disabled = false;
    said.textContent = form.dataset.failed;
  });
  button.disabled = true;
  request.send(body);
});

watch();
