// Loaded on every page: partial updates. Pages work without it.
import "htmx.org";
