import { afterEach, expect, test } from 'vitest';
import { errors } from '../src/language/de/errors';
import { LANGUAGES, languageFor, lateTexts, locale, shownLanguage, showLanguage, texts, translated } from '../src/language/language';
import java from '../../server/src/main/java/io/natter/chat/domain/ChatError.java?raw';
import { plural } from '../src/language/plural';
import { withParts } from '../src/language/with-parts';
import { nameList } from '../src/text/name-list';
import { dayName } from '../src/time/date-format';
import { durationText } from '../src/time/when-text';

afterEach(() => showLanguage('en', ['en']));

test('the chosen language wins, then the first known one of the browser, then English', () => {
  expect(languageFor('de', ['en-US'])).toBe('de');
  expect(languageFor('tlh', ['de-AT', 'en'])).toBe('de');
  expect(languageFor(undefined, ['fr-FR', 'de-CH', 'en'])).toBe('de');
  expect(languageFor(undefined, ['fr'])).toBe('en');
});

test('another language changes texts, plurals, lists, dates and numbers', async () => {
  expect(LANGUAGES).toEqual(expect.arrayContaining(['de', 'en']));
  await showLanguage('de', ['de-CH', 'en']);
  expect([shownLanguage.value, locale]).toEqual(['de', 'de-CH']);
  expect(texts.common.close).toBe('Schließen');
  expect(lateTexts.search.none).toBe('Nichts gefunden');
  expect([1, 2].map(texts.common.newMessages)).toEqual(['1 neue Nachricht', '2 neue Nachrichten']);
  expect(nameList(['Ada', 'Bob', 'Cem'])).toBe('Ada, Bob und Cem');
  expect(nameList(['Ada', 'Bob'], 3)).toBe('Ada, Bob und 3 weitere');
  expect(durationText(600_000)).toBe('10 Minuten');
  expect(dayName(new Date(2026, 2, 2).getTime(), new Date(2026, 2, 9).getTime())).toBe('Montag, 2. März');
});

test('a language that is missing changes nothing', async () => {
  await showLanguage('tlh', []);
  expect(texts.common.close).toBe('Close');
});

test('a plural has the form of its language and the number in its digits', async () => {
  const forms = { one: '# file', other: '# files' };
  expect([plural(1, forms), plural(0, forms), plural(1_234, forms)]).toEqual(['1 file', '0 files', '1,234 files']);
  await showLanguage('de', ['de']);
  expect(plural(1_234, forms)).toBe('1.234 files');
});

test('a text with places keeps the order of its language', () => {
  expect(withParts('Hier beginnt {name}.', { name: 'Ada' })).toEqual(['Hier beginnt ', 'Ada', '.']);
});

test('a refusal is in the person\'s language, with the number of the server', async () => {
  const err = { code: 'name_too_long', message: 'Please choose a name of at most 40 characters.', permanent: true };
  expect(translated(err).message).toBe(err.message);
  await showLanguage('de', ['de']);
  expect(translated(err)).toEqual({ ...err, message: 'Bitte wähle einen Namen mit höchstens 40 Zeichen.' });
  expect(translated({ code: 'banned', message: 'You are banned from this place. Reason: noise' }).message).toBe(
    'Du bist hier gesperrt. Grund: noise',
  );
  expect(translated({ code: 'from_the_future', message: 'Stays.' }).message).toBe('Stays.');
});

test('each refusal of the server that a person can meet has a German sentence', () => {
  const codes = [...java.matchAll(/(?:forever|new ChatError)\(\s*"(\w+)"/g)].map(([, code]) => code ?? '');
  // Faults of a program, not of a person.
  const forPrograms = ['cmid_invalid', 'cmid_reused', 'unknown', 'hello_first'];
  expect(codes.length).toBeGreaterThan(50);
  expect(codes.filter((code) => !(code in errors) && !forPrograms.includes(code))).toEqual([]);
});

test('all languages have the same {places} in their texts', async () => {
  const places = () => placesOf({ texts, lateTexts: { ...lateTexts, errors: {} } });
  const english = places();
  expect(english.length).toBeGreaterThan(3);
  for (const tag of LANGUAGES) {
    await showLanguage(tag, [tag]);
    expect(places()).toEqual(english);
  }
});

/** The paths of all texts with places, such as "texts.timeline.empty {name}". */
function placesOf(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return [...value.matchAll(/\{\w+\}/g)].map(([place]) => `${path} ${place}`).sort();
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => placesOf(inner, `${path}.${key}`));
}
