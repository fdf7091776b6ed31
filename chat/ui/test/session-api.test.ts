import { afterEach, expect, test, vi } from 'vitest';
import { signIn, whoAmI } from '../src/net/session-api';

afterEach(() => vi.unstubAllGlobals());

function answer(status: number, body: unknown) {
  const asked = vi.fn(async (_path: string, _init: RequestInit) => new Response(JSON.stringify(body), { status }));
  vi.stubGlobal('fetch', asked);
  return asked;
}

test('joining names the browser, so that joining again gives the same session', async () => {
  const asked = answer(200, { me: { id: 'a', name: 'Ada', hue: 0 } });
  expect(await signIn('Ada', 'device-0123456789')).toEqual({ kind: 'in', me: { id: 'a', name: 'Ada', hue: 0 } });
  expect(JSON.parse(String(asked.mock.calls[0]?.[1].body))).toEqual({ name: 'Ada', device: 'device-0123456789' });
});

test('a request without a session is out, one without an answer is offline', async () => {
  answer(401, { err: { code: 'no_session', message: 'Sign in first', permanent: false } });
  expect(await whoAmI()).toEqual({ kind: 'out' });
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
  expect(await whoAmI()).toEqual({ kind: 'offline' });
});
