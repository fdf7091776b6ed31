import { expect, test } from 'vitest';
import { inviteAddress, parseEntry } from '../src/net/entry-link';

test('an invite and a set-up link are read from the part behind the #', () => {
  expect(parseEntry('#invite=AbC-_123456789')).toEqual({ kind: 'invite', token: 'AbC-_123456789' });
  expect(parseEntry('#openid=AbC-_123456789')).toEqual({ kind: 'openid', token: 'AbC-_123456789' });
  expect(parseEntry('#setup=AbC-_123456789')).toEqual({ kind: 'setup', token: 'AbC-_123456789' });
});

test.each(['', '#', '#invite=', '#invite=short', '#invite=has%20space-here', '#else=AbC-_123456789', 'invite=AbC-_123456789'])(
  'anything else is no link: %s',
  (hash) => {
    expect(parseEntry(hash)).toBeUndefined();
  },
);

test('the address of an invite leads back to it', () => {
  const address = inviteAddress('https://chat.example.org', 'AbC-_123456789');
  expect(parseEntry(new URL(address).hash)).toEqual({ kind: 'invite', token: 'AbC-_123456789' });
});
