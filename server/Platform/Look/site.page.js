// Loaded on every page: answers at once that something is under way, and small comforts of the shell. Pages work without it.

// From now on the server may answer a form with the page itself instead of a redirect to it; the page then tells its address (at.page.js).
document.cookie = "bi-js=1; path=/; max-age=31536000; samesite=lax";

const menu = document.getElementById("menu-switch");
const userMenu = document.querySelector(".bi-user");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (menu) menu.checked = false;
  userMenu?.removeAttribute("open");
});
document.addEventListener("click", (event) => {
  if (userMenu?.open && !userMenu.contains(event.target)) userMenu.removeAttribute("open");
});

const going = document.getElementById("bi-going");
let pressed = null, sent = null, forget = 0;

/** A bar at the top, and the pressed button turns: on a slow link the answer needs a moment, the person must not press again. */
function busy(button, form) {
  going.hidden = false;
  pressed = button;
  sent = form;
  pressed?.setAttribute("aria-busy", "true");
  clearTimeout(forget);
  forget = setTimeout(calm, 20000);
}

function calm() {
  going.hidden = true;
  pressed?.removeAttribute("aria-busy");
  sent?.removeAttribute("data-sent");
  pressed = sent = null;
}
addEventListener("pageshow", calm);

/** `data-confirm="Xóa …?"` on a form or its button asks before sending; a form is sent once, however often it is pressed. */
document.addEventListener("submit", (event) => {
  const form = event.target, button = event.submitter;
  const question = button?.dataset.confirm ?? form.dataset.confirm;
  if (form.dataset.sent || (question && !confirm(question))) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  // After everybody who may keep the form from being sent.
  setTimeout(() => {
    if (event.defaultPrevented || form.getAttribute("target")) return;
    form.dataset.sent = "1";
    busy(button, form);
  });
}, true);

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const samePage = link.pathname === location.pathname && link.search === location.search;
  if (link.origin !== location.origin || link.target || link.download || samePage || /^\/api\/|\/xuat\./.test(link.pathname)) return;
  busy(null, null);
});

/** `<button type="button" data-copy="#id" data-copied="Đã chép">`: copies the text of an element and says so. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
  } catch {
    // Without HTTPS browsers have no clipboard for us: the older way works while the press lasts.
    getSelection().selectAllChildren(source);
    if (!document.execCommand("copy")) return;
  }
  const label = button.querySelector("[data-label]") ?? button;
  label.textContent = button.dataset.copied;
});
