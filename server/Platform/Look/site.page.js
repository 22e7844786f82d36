// Loaded on every page: partial updates, and small comforts of the shell. Pages work without it.
import "htmx.org";

/** Forms and calls by script carry this header; the server refuses cookie calls that change something without it. */
document.addEventListener("htmx:configRequest", (event) => (event.detail.headers["X-BorderInfo"] = "1"));

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

/** `<button type="button" data-copy="#id" data-copied="Đã chép">`: copies the text of an element and says so. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  const text = "value" in source ? source.value : source.textContent.trim();
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without HTTPS browsers have no clipboard for us: mark the text, the person presses Ctrl+C.
    getSelection().selectAllChildren(source);
    return;
  }
  const label = button.querySelector("[data-label]") ?? button;
  label.textContent = button.dataset.copied;
});

/** `<form data-confirm="Xoá …?">`: asks before sending. */
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
});
