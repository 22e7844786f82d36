// For pages that fetch parts of themselves (hx-get, hx-post). Such pages work without it.
import htmx from "htmx.org";

Object.assign(htmx.config, { includeIndicatorStyles: false, allowEval: false, selfRequestsOnly: true });

/** Calls by script carry this header; the server refuses cookie calls that change something without it. */
document.addEventListener("htmx:configRequest", (event) => (event.detail.headers["X-BorderInfo"] = "1"));
