/** The cache in which the service worker finds the language, because it reads no other storage of the page. */
const CACHE = 'natter-language';

/** Tells screen readers, the browser's translation and the service worker the language of the page. */
export function markLanguage(tag: string, dir: string): void {
  document.documentElement.lang = tag;
  document.documentElement.dir = dir;
  // Plain http has no caches, and a private window may refuse them.
  void globalThis.caches
    ?.open(CACHE)
    .then((cache) => cache.put('/language', new Response(tag)))
    .catch(() => undefined);
}
