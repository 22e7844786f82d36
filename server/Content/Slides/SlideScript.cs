namespace BorderInfo.Server.Content.Slides;

/// <summary>
/// The page that lays a text out at the exact pixels of an output. <c>plan(o)</c> cuts it into pages and finds the size, <c>show(n)</c> draws page n.
/// </summary>
/// <remarks>
/// Text goes in by <c>textContent</c> only. Sizes are found by binary search over the real layout; sentences and words come from the browser's ICU, which knows
/// where Chinese, Khmer and Lao may break.
/// </remarks>
internal static class SlideScript
{
    public const string Source = """
        (() => {
          const looks = {
            "normal-1": { back: "linear-gradient(165deg,#0d4590 0%,#072a5e 100%)", ink: "#ffffff", accent: "#ffd54a", bar: "none" },
            "normal-2": { back: "#08131f", ink: "#f2f6fa", accent: "#ffd54a", bar: "none" },
            "normal-3": { back: "#f6f3ea", ink: "#14213d", accent: "#b3121d", bar: "none" },
            "priority-1": { back: "linear-gradient(165deg,#ffc233 0%,#f59e0b 100%)", ink: "#221500", accent: "#7a1500", bar: "#221500" },
            "priority-2": { back: "#1c1608", ink: "#ffc94d", accent: "#ffffff", bar: "#ffb000" },
            "priority-3": { back: "#fff3d1", ink: "#3a2500", accent: "#9a3d00", bar: "#f59e0b" },
            "emergency-1": { back: "linear-gradient(165deg,#d40a1c 0%,#98000f 100%)", ink: "#ffffff", accent: "#ffe45c", bar: "stripes" },
            "emergency-2": { back: "#120405", ink: "#ffffff", accent: "#ff5a4f", bar: "stripes" },
            "emergency-3": { back: "#ffffff", ink: "#a00010", accent: "#a00010", bar: "stripes" }
          };
          let o, look, box, pages, px;
          const make = (name, css, into) => { const e = document.createElement(name); e.style.cssText = css; into.appendChild(e); return e; };

          function frame() {
            document.documentElement.lang = o.lang;
            document.body.replaceChildren();
            look = looks[o.look] || looks["normal-1"];
            document.body.style.cssText = `margin:0;width:${o.w}px;height:${o.h}px;overflow:hidden;position:relative;background:${look.back};color:${look.ink}`;
            const bar = look.bar === "none" ? 0 : Math.max(4, Math.round(Math.min(o.h, o.w) / 22));
            if (bar) {
              const fill = look.bar === "stripes" ? `repeating-linear-gradient(135deg,#ffe45c 0 ${bar * 1.6}px,#1a1a1a ${bar * 1.6}px ${bar * 3.2}px)` : look.bar;
              for (const edge of look.bar === "stripes" ? ["top", "bottom"] : ["top"])
                make("div", `position:absolute;left:0;right:0;${edge}:0;height:${bar}px;background:${fill}`, document.body);
            }
            const side = Math.max(3, Math.round(o.w / 26)), over = bar + Math.max(2, Math.round(o.h / 28));
            const under = (look.bar === "stripes" ? bar : 0) + Math.max(2, Math.round(o.h / 28)) + (o.dots ? Math.max(4, Math.round(o.h / 28)) : 0);
            box = { w: o.w - 2 * side, h: o.h - over - under };
            box.e = make("div", `position:absolute;left:${side}px;top:${over}px;width:${box.w}px;height:${box.h}px;display:flex;flex-direction:column;justify-content:center`, document.body);
            box.bottom = (look.bar === "stripes" ? bar : 0) + Math.max(2, Math.round(o.h / 40));
          }

          function fill(units) {
            box.e.replaceChildren();
            const all = make("div", `font-family:${o.fonts.map(f => `"${f}"`).join(",")};line-height:${o.lineHeight};text-align:center;overflow-wrap:normal;text-wrap:balance;width:100%`, box.e);
            all.lang = o.lang;
            if (o.head) {
              make("div", `font-weight:700;font-size:1.18em;color:${look.accent};padding-bottom:.22em;line-height:${Math.max(1.2, o.lineHeight - .08)}`, all).textContent = o.head;
              make("div", `width:3.2em;height:max(1px,.07em);background:${look.accent};margin:0 auto .38em;opacity:.85`, all);
            }
            let p = null;
            for (const u of units) {
              if (u.below && p && !p.dataset.below) make("div", `width:3.2em;height:max(1px,.07em);background:${look.accent};margin:.4em auto .3em;opacity:.85`, all);
              if (!p || u.first) { p = make("div", `font-weight:${o.weight};${all.childElementCount > (o.head ? 2 : 0) ? "margin-top:.35em" : ""}`, all); p.textContent = ""; }
              if (u.below) { lines(u.text, p); continue; }
              p.textContent += u.text;
            }
            return all;
          }

          // Lines of a notice as they are; no line ends within a window, or between Chinese letters.
          function lines(text, p) {
            p.dataset.below = "1";
            p.style.whiteSpace = "pre-line";
            p.style.wordBreak = "keep-all";
            p.style.fontWeight = 700;
            for (const piece of text.split(/(\d\d:\d\d–\D{0,3}\d\d:\d\d)/)) make("span", piece.includes("–") ? "white-space:nowrap" : "", p).textContent = piece;
          }

          const fits = (all, size) => { all.style.fontSize = size + "px"; return all.offsetHeight <= box.h && all.scrollWidth <= box.w; };

          function largest(units, floor) {
            const all = fill(units);
            if (!fits(all, floor)) return 0;
            let lo = floor, hi = Math.max(floor, Math.min(o.h * .30, o.w * .17));
            if (fits(all, hi)) return hi;
            while (hi - lo >= .5) { const m = (lo + hi) / 2; if (fits(all, m)) lo = m; else hi = m; }
            return Math.floor(lo * 2) / 2;
          }

          function units(text) {
            const cut = new Intl.Segmenter(o.lang, { granularity: "sentence" }), all = [];
            for (const line of text.split("\n").map(l => l.trim()).filter(l => l)) {
              let first = true;
              for (const s of cut.segment(line)) { all.push({ text: s.segment, first }); first = false; }
            }
            return [...all, ...notice()];
          }

          // Windows and zone of a notice in one piece; where no page can hold it, line by line, each with its zone.
          function notice() {
            if (!o.below) return [];
            const whole = [{ text: o.below, first: true, below: true }];
            o.dots = true; frame();
            const fitting = largest(whole, o.smallest);
            o.dots = false; frame();
            return fitting ? whole : o.belowApart.split("\n").map(text => ({ text, first: true, below: true }));
          }

          // Greedy: as much as stands at a comfortable size; one sentence alone may go down to the smallest size.
          function pack(all) {
            const out = [];
            for (let i = 0; i < all.length;) {
              let n = 0;
              while (i + n < all.length && largest(all.slice(i, i + n + 1), o.comfortable)) n++;
              if (n === 0) {
                if (!largest(all.slice(i, i + 1), o.smallest)) return { out, rest: overflow(all[i]) + all.slice(i + 1).map(u => (u.first ? "\n" : "") + u.text).join("") };
                n = 1;
              }
              out.push(all.slice(i, i + n));
              i += n;
            }
            return { out, rest: null };
          }

          function overflow(unit) {
            const words = [...new Intl.Segmenter(o.lang, { granularity: "word" }).segment(unit.text)].map(s => s.segment);
            let lo = 0, hi = words.length;
            while (lo < hi) { const m = (lo + hi + 1) >> 1; if (largest([{ text: words.slice(0, m).join(""), first: true }], o.smallest)) lo = m; else hi = m - 1; }
            return words.slice(lo).join("");
          }

          // The same number of pages, as even as sentences allow.
          function even(all, n) {
            const size = all.map(u => u.text.length), best = Array.from({ length: n + 1 }, () => Array(all.length + 1).fill(Infinity)), from = best.map(r => r.slice());
            best[0][0] = 0;
            for (let k = 1; k <= n; k++)
              for (let i = 1; i <= all.length; i++)
                for (let j = i - 1, sum = 0; j >= 0; j--) {
                  sum += size[j];
                  const worst = Math.max(best[k - 1][j], sum);
                  if (worst < best[k][i]) { best[k][i] = worst; from[k][i] = j; }
                }
            const out = [];
            for (let k = n, i = all.length; k > 0; k--) { out.unshift(all.slice(from[k][i], i)); i = from[k][i]; }
            return out;
          }

          const least = pages => Math.min(...pages.map(p => largest(p, o.smallest)));

          const words = page => page.map((u, n) => (u.below && n ? "\n" : "") + u.text).join("");

          window.plan = options => {
            o = options; o.dots = false; frame();
            const all = units(o.text);
            const whole = largest(all, o.comfortable);
            if (whole) { pages = [all]; px = whole; return { pages: [words(all)], px, rest: null }; }
            o.dots = true; frame();
            const packed = pack(all);
            if (packed.rest !== null) return { pages: [], px: 0, rest: packed.rest };
            pages = packed.out;
            const level = even(all, pages.length);
            if (level.every(p => p.length) && least(level) >= least(pages)) pages = level;
            px = least(pages);
            if (pages.length === 1) { o.dots = false; frame(); px = largest(pages[0], o.smallest); }
            return { pages: pages.map(words), px, rest: null };
          };

          window.show = n => {
            frame();
            fill(pages[n]).style.fontSize = px + "px";
            if (!o.dots) return;
            const dot = Math.max(2, Math.round(o.h / 64));
            const row = make("div", `position:absolute;left:0;right:0;bottom:${box.bottom}px;display:flex;justify-content:center;gap:${dot * 2}px`, document.body);
            pages.forEach((_, i) => make("div", `width:${i === n ? dot * 4 : dot * 2}px;height:${dot}px;background:${i === n ? look.accent : look.ink};opacity:${i === n ? 1 : .45}`, row));
          };
        })()
        """;
}
