import type { Push } from '../src/language/en/push';

/** The sentences of all languages: they are few, and a worker may not load code later. */
const files = import.meta.glob<Push>('../src/language/*/push.ts', { eager: true, import: 'push' });
const all = new Map(Object.entries(files).map(([path, push]) => [path.split('/').at(-2) ?? '', push]));

/** The texts in the language of the page, which it left in a cache; else in the browser's. */
export async function pushTexts(caches: CacheStorage, browser: readonly string[]): Promise<Push> {
  const kept = await caches.match('/language', { cacheName: 'natter-language' }).catch(() => undefined);
  const wanted = [(await kept?.text()) ?? '', ...browser].map((tag) => tag.split('-')[0] ?? '');
  return all.get(wanted.find((tag) => all.has(tag)) ?? 'en') as Push;
}
