/** The path below which the page is, such as `/chat`; empty for `/`. The server writes it into the page. */
export const BASE = (globalThis as { document?: Document }).document?.documentElement.dataset['base'] ?? '';
