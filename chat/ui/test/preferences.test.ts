import { expect, test } from 'vitest';
import { browserStorage } from '../src/browser/key-value-storage';
import { Preferences } from '../src/store/preferences';
import { MemoryStorage } from './memory-storage';

const blocked = browserStorage(() => {
  throw new DOMException('blocked', 'SecurityError');
});

test('a browser with blocked storage has one device id while the page is open', () => {
  let made = 0;
  const preferences = new Preferences(blocked, () => `device-${++made}`);
  expect([preferences.deviceId, preferences.deviceId]).toEqual(['device-1', 'device-1']);
  preferences.rememberName('Ada');
  expect(preferences.lastName).toBe('');
  preferences.setTheme('dark');
  expect(preferences.theme.value).toBe('dark');
});

test('the next page has the same device id, name and theme', () => {
  const storage = new MemoryStorage();
  const first = new Preferences(storage, () => 'device-1');
  expect(first.deviceId).toBe('device-1');
  first.rememberName('Ada');
  first.setTheme('light');
  const next = new Preferences(storage, () => 'device-2');
  expect([next.deviceId, next.lastName, next.theme.value]).toEqual(['device-1', 'Ada', 'light']);
});

test('an unknown stored theme counts as auto', () => {
  const storage = new MemoryStorage();
  storage.set('theme', 'sepia');
  expect(new Preferences(storage, () => 'device-1').theme.value).toBe('auto');
});

test('the language of the account wins over that of the browser until the person leaves', () => {
  const storage = new MemoryStorage();
  const preferences = new Preferences(storage, () => 'device-1');
  preferences.setLanguage('en');
  preferences.setAccountLanguage('de');
  expect(preferences.language.value).toBe('de');
  // The next page draws before the server answers.
  const next = new Preferences(storage, () => 'device-1');
  expect(next.language.value).toBe('de');
  next.setAccountLanguage('');
  expect(next.language.value).toBe('');
  next.rememberPerson(undefined);
  expect(next.language.value).toBe('en');
});
