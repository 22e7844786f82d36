// Communes by name: suggestions while typing; with [data-chosen] every commune picked becomes a ticked line. Without it the code is typed.
const api = "/api/v1/geo/";
const ask = async (url) => (await fetch(api + url, { headers: { Accept: "application/json" } })).json();
let provinces;

async function suggestions(words, province) {
  provinces ??= ask("provinces").then((all) => new Map(all.map((p) => [p.code, p.name])));
  const found = await ask(`communes?q=${encodeURIComponent(words)}${province ? `&province=${province}` : ""}`);
  const names = await provinces;
  return found.slice(0, 12).map((c) => `${c.kind} ${c.name}, ${names.get(c.provinceCode) ?? ""} (${c.code})`);
}

function tick(chosen, text, code) {
  if (chosen.querySelector(`[value="c:${code}"]`)) return;
  const label = document.createElement("label"), box = document.createElement("input"), name = document.createElement("span");
  label.className = "form-check mb-1";
  Object.assign(box, { type: "checkbox", name: "areas", value: `c:${code}`, checked: true, className: "form-check-input" });
  Object.assign(name, { className: "form-check-label", textContent: text.replace(/ \(\d{5}\)$/, "") });
  label.append(box, name);
  chosen.append(label);
}

for (const field of document.querySelectorAll("[data-communes]")) {
  const list = document.getElementById(field.getAttribute("list"));
  const chosen = document.getElementById(field.dataset.chosen ?? "");
  const province = document.getElementById(field.dataset.province ?? "");
  let soon = 0, newest = 0;
  field.addEventListener("input", () => {
    clearTimeout(soon);
    const picked = /\((\d{5})\)$/.exec(field.value.trim());
    if (picked && chosen) {
      tick(chosen, field.value.trim(), picked[1]);
      field.value = "";
      list.replaceChildren();
    }
    if (picked || field.value.trim().length < 2) return;
    soon = setTimeout(async () => {
      const mine = ++newest;
      const found = await suggestions(field.value.trim(), province?.value).catch(() => []);
      if (mine === newest) list.replaceChildren(...found.map((text) => Object.assign(document.createElement("option"), { value: text })));
    }, 200);
  });
}
