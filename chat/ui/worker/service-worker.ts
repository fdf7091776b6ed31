/**
 * The service worker: it opens the page without a network, and shows push messages while the page is closed. The build
 * writes it to `/sw.js`.
 */
import { noticeOf, readNotice } from './push-notice';
import { pushTexts } from './push-texts';
import { type Shell, ShellCache, strategy } from './shell-cache';

declare const self: ServiceWorkerGlobalScope;
/** The build replaces it; see `vite.config.ts`. */
declare const __SHELL__: Omit<Shell, 'base'>;

const base = self.location.pathname.replace(/\/sw\.js$/, '');
const shell: Shell = { ...__SHELL__, base };
const cache = new ShellCache(caches, shell, (request) => fetch(request));

self.addEventListener('install', (event) => {
  // The new page must be there for the next reload: a server that was updated may not understand the old one.
  event.waitUntil(cache.fill().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([cache.clean(), self.clients.claim()]));
});

self.addEventListener('fetch', (event) => {
  const way = strategy(event.request, self.location.origin, shell);
  if (way === 'page') event.respondWith(cache.page(event.request));
  else if (way === 'file') event.respondWith(cache.file(event.request));
});

self.addEventListener('push', (event) => {
  const show = async () => {
    const texts = await pushTexts(caches, self.navigator.languages);
    const { title, options } = noticeOf(readNotice(event.data, texts), texts, base);
    await self.registration.showNotification(title, options);
  };
  event.waitUntil(show());
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { path } = event.notification.data as { path: string };
  event.waitUntil(open(path));
});

/** Shows a place of the page: in an open tab, or in a new one. */
async function open(path: string): Promise<void> {
  const [tab] = await self.clients.matchAll({ type: 'window' });
  if (!tab) {
    await self.clients.openWindow(path);
    return;
  }
  await tab.focus();
  tab.postMessage({ kind: 'open', path });
}
