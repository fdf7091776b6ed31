import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

test('addresses of places are below the base path', async () => {
  vi.stubGlobal('document', { documentElement: { dataset: { base: '/team/chat' } } });
  const { addressOf, parsePlace } = await import('../src/store/place');
  const { inviteAddress } = await import('../src/net/entry-link');
  const { fileAddress } = await import('../src/files/shown-file');
  expect(addressOf({ kind: 'home' })).toBe('/team/chat/');
  expect(addressOf({ kind: 'admin' })).toBe('/team/chat/admin');
  expect(addressOf({ kind: 'room', key: 'general', seq: 7 })).toBe('/team/chat/r/general/7');
  expect(parsePlace('/team/chat/r/general/7')).toEqual({ kind: 'room', key: 'general', seq: 7 });
  expect(parsePlace('/team/chat/mentions')).toEqual({ kind: 'mentions' });
  expect(parsePlace('/team/chat/')).toEqual({ kind: 'home' });
  expect(inviteAddress('https://a.example', 'token')).toBe('https://a.example/team/chat/#invite=token');
  expect(fileAddress({ id: 'x', name: 'n', type: 't', size: 1 })).toBe('/team/chat/files/x');
});

test('without a base path they begin with a slash', async () => {
  const { addressOf, parsePlace } = await import('../src/store/place');
  expect(addressOf({ kind: 'home' })).toBe('/');
  expect(addressOf({ kind: 'search' })).toBe('/search');
  expect(parsePlace('/admin')).toEqual({ kind: 'admin' });
});
