import { expect, test } from 'vitest';
import { push } from '../src/language/en/push';
import { noticeOf, readNotice } from '../worker/push-notice';
import { pushTexts } from '../worker/push-texts';
import { type Shell, ShellCache, strategy } from '../worker/shell-cache';

const ORIGIN = 'https://chat.example';
const SHELL: Shell = { version: 'two', files: ['/assets/index-2.js', '/favicon.svg'], base: '' };

const way = (path: string, mode: RequestMode = 'cors', method = 'GET') =>
  strategy({ url: new URL(path, ORIGIN).href, mode, method }, ORIGIN, SHELL);

test('every address of the page opens from the cache', () => {
  for (const path of ['/', '/r/general', '/r/general/12', '/d/abc', '/mentions']) expect(way(path, 'navigate')).toBe('page');
});

test('files of the build come from the cache', () => {
  expect(way('/assets/index-2.js')).toBe('file');
  expect(way('/assets/lazy-1.js')).toBe('file');
  expect(way('/favicon.svg')).toBe('file');
});

test('the server is always asked for its own addresses', () => {
  for (const path of ['/api/session', '/socket.io/?EIO=4', '/files/abc', '/readyz', '/metrics']) {
    expect(way(path)).toBe('network');
    expect(way(path, 'navigate')).toBe('network');
  }
  expect(way('/', 'navigate', 'POST')).toBe('network');
  expect(way('/sw.js')).toBe('network');
  expect(way('https://other.example/assets/index-2.js')).toBe('network');
});

test('below a base path the worker knows its own addresses only', () => {
  const shell: Shell = { ...SHELL, base: '/chat' };
  const below = (path: string, mode: RequestMode = 'cors') =>
    strategy({ url: new URL(path, ORIGIN).href, mode, method: 'GET' }, ORIGIN, shell);
  expect(below('/chat/r/general', 'navigate')).toBe('page');
  expect(below('/chat/assets/lazy-1.js')).toBe('file');
  expect(below('/chat/api/session')).toBe('network');
  expect(below('/other/', 'navigate')).toBe('network');
  expect(below('/chatter/', 'navigate')).toBe('network');
  expect(noticeOf({ room: 'general', path: '/r/general/7' }, push, '/chat').options.data.path).toBe('/chat/r/general/7');
});

/** A `CacheStorage` over maps. */
class MemoryCaches {
  readonly stored = new Map<string, Map<string, Response>>();
  missing: string | undefined;

  open(name: string) {
    const entries = this.stored.get(name) ?? new Map<string, Response>();
    this.stored.set(name, entries);
    return Promise.resolve({
      addAll: (paths: string[]) => {
        if (this.missing !== undefined && paths.includes(this.missing)) return Promise.reject(new TypeError('missing'));
        for (const path of paths) entries.set(path, new Response(`${name} ${path}`));
        return Promise.resolve();
      },
      match: (path: string) => Promise.resolve(entries.get(path)?.clone()),
    });
  }

  match(request: Request) {
    const path = new URL(request.url).pathname;
    for (const entries of this.stored.values()) {
      const found = entries.get(path);
      if (found) return Promise.resolve(found.clone());
    }
    return Promise.resolve(undefined);
  }

  keys = () => Promise.resolve([...this.stored.keys()]);
  delete = (name: string) => Promise.resolve(this.stored.delete(name));
}

function cacheOf(caches: MemoryCaches, shell: Shell, fetched: string[] = []) {
  return new ShellCache(caches as unknown as CacheStorage, shell, (request) => {
    fetched.push(typeof request === 'string' ? request : request.url);
    return Promise.resolve(new Response('from the network'));
  });
}

test('a filled cache serves page and files without the network', async () => {
  const caches = new MemoryCaches(), fetched: string[] = [];
  const cache = cacheOf(caches, SHELL, fetched);
  await cache.fill();
  expect(await (await cache.page(new Request(`${ORIGIN}/r/general`))).text()).toBe('natter-shell-two /');
  expect(await (await cache.file(new Request(`${ORIGIN}/assets/index-2.js`))).text()).toBe('natter-shell-two /assets/index-2.js');
  expect(fetched).toEqual([]);
});

test('an emptied cache falls back to the network', async () => {
  const fetched: string[] = [];
  const cache = cacheOf(new MemoryCaches(), SHELL, fetched);
  expect(await (await cache.page(new Request(`${ORIGIN}/`))).text()).toBe('from the network');
  expect(await (await cache.file(new Request(`${ORIGIN}/assets/x.js`))).text()).toBe('from the network');
  expect(fetched).toEqual([`${ORIGIN}/`, `${ORIGIN}/assets/x.js`]);
});

test('an incomplete build is not installed', async () => {
  const caches = new MemoryCaches();
  caches.missing = '/favicon.svg';
  await expect(cacheOf(caches, SHELL).fill()).rejects.toThrow('missing');
});

test('the files of the build before stay for open tabs, older ones go', async () => {
  const caches = new MemoryCaches();
  for (const version of ['zero', 'one', 'two']) await cacheOf(caches, { version, files: [`/assets/${version}.js`], base: '' }).fill();
  await caches.open('of another program');
  await cacheOf(caches, SHELL).clean();
  expect(await caches.keys()).toEqual(['natter-shell-one', 'natter-shell-two', 'of another program']);
});

test('a push message becomes a notification that names room, sender and text', () => {
  const { title, options } = noticeOf({ room: 'general', path: '/r/general/7', title: 'General', sender: 'Bob', text: 'lunch?' }, push, '');
  expect(title).toBe('General');
  expect(options).toMatchObject({ body: 'Bob: lunch?', tag: 'general', data: { path: '/r/general/7' } });
});

test('in a direct room the name stands once', () => {
  const { title, options } = noticeOf({ room: 'x', path: '/d/b/7', title: 'Bob', sender: 'Bob', text: 'hi' }, push, '');
  expect([title, options.body]).toEqual(['Bob', 'hi']);
});

test('a reminder says that it is one, and takes no other notice away', () => {
  const sent = { room: 'x', path: '/r/tea/7', title: 'Tea', sender: 'Bob', text: 'hi', reminder: true };
  const { title, options } = noticeOf(sent, push, '');
  expect(title).toBe('Reminder · Tea');
  expect(options).toMatchObject({ body: 'Bob: hi', tag: 'remind/r/tea/7', data: { path: '/r/tea/7' } });
});

test('a push message that cannot be read is still shown', () => {
  const broken = { json: (): unknown => JSON.parse('{') };
  expect(noticeOf(readNotice(broken, push), push, '').options.body).toBe('There is a new message.');
  expect(noticeOf(readNotice(null, push), push, '').title).toBe('Natter');
  expect(noticeOf({ test: true }, push, '').options.body).toBe('Notifications of this browser work.');
});

test('the sentences of the worker are in the language of the page, else in the browser\'s', async () => {
  const kept = (tag?: string) =>
    ({ match: () => Promise.resolve(tag === undefined ? undefined : new Response(tag)) }) as unknown as CacheStorage;
  expect((await pushTexts(kept('de'), ['en-US'])).newMessage).toBe('Es gibt eine neue Nachricht.');
  expect((await pushTexts(kept(), ['fr', 'de-AT'])).newMessage).toBe('Es gibt eine neue Nachricht.');
  expect((await pushTexts(kept(), ['fr'])).newMessage).toBe('There is a new message.');
});
