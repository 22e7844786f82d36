// Keeps of a big stylesheet only what our pages can name. A rule stays when every class of its selector occurs as a word in a
// .razor, .cs or .js source; `bg-@colour` and `$"bg-{colour}"` keep everything that begins with `bg-`.
// Custom properties that nobody reads go too. Nothing is downloaded or measured: text in, text out.

/** Words and beginnings of words that sources use. */
export function wordsOf(sources) {
  const words = new Set(), beginnings = new Set();
  for (const text of sources) {
    for (const [word] of text.matchAll(/[A-Za-z_][\w-]*/g)) words.add(word);
    for (const [, beginning] of text.matchAll(/(?<![\w-])([a-z][\w-]+-)(?=[@{$])/g)) beginnings.add(beginning);
  }
  return { words, beginnings: [...beginnings] };
}

/** The stylesheet without rules that cannot match. `own` is our other CSS, for the custom properties it reads. */
export function purge(css, { words, beginnings }, own = "") {
  const known = (name) => words.has(name) || beginnings.some((b) => name.startsWith(b));
  const kept = filter(parse(css), known);
  for (let before = -1; before !== count(kept); ) {
    before = count(kept);
    const read = new Set([...`${print(kept)}${own}`.matchAll(/var\(\s*(--[\w-]+)/g)].map((m) => m[1]));
    dropUnread(kept, read);
  }
  const moving = print(kept);
  return print(kept.filter((n) => !n.head.startsWith("@keyframes") || new RegExp(`animation[^;}]*\\b${n.head.slice(11).trim()}\\b`).test(moving)));
}

function parse(css) {
  const nodes = [];
  let start = 0;
  for (let i = 0; i < css.length; i++) {
    if (css.startsWith("/*", i)) {
      i = css.indexOf("*/", i) + 1;
      start = i + 1;
    } else if (css[i] === ";") {
      start = i + 1; // @charset and other statements
    } else if (css[i] === "{") {
      const end = closing(css, i), head = css.slice(start, i).trim(), body = css.slice(i + 1, end);
      const holdsRules = /^@(media|supports|layer|container)/.test(head);
      nodes.push(holdsRules ? { head, nodes: parse(body) } : { head, declarations: head.startsWith("@keyframes") ? [body] : split(body, ";") });
      i = end;
      start = end + 1;
    }
  }
  return nodes;
}

function closing(css, open) {
  for (let i = open, depth = 0; i < css.length; i++) {
    if (css[i] === '"' || css[i] === "'") i = endOfString(css, i);
    else if (css[i] === "{") depth++;
    else if (css[i] === "}" && --depth === 0) return i;
  }
  throw new Error("unbalanced braces in the stylesheet");
}

function endOfString(css, i) {
  for (let j = i + 1; j < css.length; j++) {
    if (css[j] === "\\") j++;
    else if (css[j] === css[i]) return j;
  }
  return css.length;
}

/** Splits at the separator, not inside brackets or strings. */
function split(text, separator) {
  const parts = [];
  let depth = 0, start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"' || c === "'") i = endOfString(text, i);
    else if (c === "(" || c === "[") depth++;
    else if (c === ")" || c === "]") depth--;
    else if (c === separator && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.filter((p) => p.trim());
}

function filter(nodes, known) {
  return nodes.flatMap((node) => {
    if (node.nodes) {
      const inner = filter(node.nodes, known);
      return inner.length ? [{ ...node, nodes: inner }] : [];
    }
    if (node.head.startsWith("@")) return [node];
    const selectors = split(node.head, ",").filter((s) => classesOf(s).every(known));
    return selectors.length ? [{ ...node, head: selectors.join(",") }] : [];
  });
}

function classesOf(selector) {
  const needed = selector.replace(/:(not|is|where|has)\((?:[^()]|\([^()]*\))*\)/g, "").replace(/\[[^\]]*\]/g, "");
  return [...needed.matchAll(/\.((?:[\w-]|\\.)+)/g)].map((m) => m[1].replaceAll("\\", ""));
}

function dropUnread(nodes, read) {
  for (const node of nodes) {
    if (node.nodes) dropUnread(node.nodes, read);
    else if (!node.head.startsWith("@")) node.declarations = node.declarations.filter((d) => !d.startsWith("--") || read.has(d.slice(0, d.indexOf(":")).trim()));
  }
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i];
    const unread = node.head.startsWith("@property") && !read.has(node.head.slice(9).trim());
    if (unread || (node.nodes ?? node.declarations).length === 0) nodes.splice(i, 1);
  }
}

const count = (nodes) => nodes.reduce((n, node) => n + (node.nodes ? count(node.nodes) : node.declarations.length), 0);

const print = (nodes) => nodes.map((n) => `${n.head}{${n.nodes ? print(n.nodes) : n.declarations.join(";")}}`).join("");
