import { beforeAll, describe, expect, test } from 'vitest';
import { loadEmoji } from '../src/emoji/emoji-index';
import { EmojiIndex, parseEmoji } from '../src/emoji/emoji-list';
import { RecentEmoji } from '../src/emoji/recent-emoji';
import { showLanguage } from '../src/language/language';
import { withEmoji } from '../src/text/shortcodes';
import { MemoryStorage } from './memory-storage';

let index: EmojiIndex;

beforeAll(async () => {
  const loaded = await loadEmoji();
  if (!loaded) throw new Error('the list of emoji is not built');
  index = loaded;
});

describe('the list of emoji', () => {
  test('has groups, and names that everyone knows', () => {
    expect(index.groups.map((group) => group.name)[0]).toBe('Smileys & Emotion');
    expect(['smile', '+1', 'heart', 'tada', '100', 'rocket'].map((name) => index.find(name))).toEqual([
      '😄',
      '👍',
      '❤️',
      '🎉',
      '💯',
      '🚀',
    ]);
    expect(index.find('nonsense')).toBeUndefined();
    expect(index.nameOf('🎉')).toBe('tada');
  });

  test('is searched by the start of names first, then by words', () => {
    const found = (query: string) => index.search(query, 5).map((emoji) => emoji.emoji);
    expect(found('tada')).toEqual(['🎉']);
    expect(found('heart').slice(0, 2)).toEqual(['❤️', '😍']);
    expect(found('rocke')[0]).toBe('🚀');
    expect(found('party')).toContain('🎉');
    expect(found('thumbs up')[0]).toBe('👍');
    expect(found('')).toEqual([]);
    expect(found('qqqq')).toEqual([]);
  });

  test('is read from lines', () => {
    expect(parseEmoji('Faces\n😀\tgrin smile\thappy\n😐\tmeh\nde\tgermany')).toEqual([
      {
        name: 'Faces',
        emoji: [
          { emoji: '😀', title: 'grin', names: ['grin', 'smile'], words: ['happy'] },
          { emoji: '😐', title: 'meh', names: ['meh'], words: [] },
          { emoji: '🇩🇪', title: 'germany', names: ['germany'], words: [] },
        ],
      },
    ]);
  });
});

describe('the list of emoji in German', () => {
  let german: EmojiIndex;
  beforeAll(async () => {
    await showLanguage('de', ['de']);
    german = (await loadEmoji()) ?? index;
    await showLanguage('en', ['en']);
    await loadEmoji();
  });

  test('has German names, and the shortcodes of all', () => {
    expect(german.nameOf('🎉')).toBe('Konfettibombe');
    expect(german.find('rotes_herz')).toBe('❤️');
    expect(german.find('tada')).toBe('🎉');
    // Hardly any emoji is newer than its names.
    const all = german.groups.flatMap((group) => group.emoji);
    expect(all.filter(({ title, names }) => names.length > 1 && title !== '').length).toBeGreaterThan(all.length * 0.99);
  });

  test('is searched by German names and words, and still by English ones', () => {
    const found = (query: string) => german.search(query, 60).map((emoji) => emoji.emoji);
    expect(found('herz')).toContain('❤️');
    expect(found('Daumen hoch')[0]).toBe('👍');
    expect(found('party')).toContain('🎉');
    expect(found('rocket')[0]).toBe('🚀');
    expect(found('rakete')[0]).toBe('🚀');
  });

  test('no German name takes the shortcode of another emoji', () => {
    const english = new Map(index.groups.flatMap((group) => group.emoji.flatMap(({ emoji, names }) => names.map((name) => [name, emoji] as const))));
    for (const [name, emoji] of english) expect([name, german.find(name)]).toEqual([name, emoji]);
  });

  test('its shortcodes become emoji', () => {
    expect(withEmoji('Ich :rotes_herz: dich', (name) => german.find(name))).toBe('Ich ❤️ dich');
  });
});

test('recent emoji come first, are kept, and the list stays short', () => {
  const storage = new MemoryStorage();
  const recent = new RecentEmoji(storage);
  expect(recent.quick(2)).toEqual(['👍', '❤️']);
  recent.use('🚀');
  recent.use('🎉');
  recent.use('🚀');
  expect(recent.quick(3)).toEqual(['🚀', '🎉', '👍']);
  expect(new RecentEmoji(storage).list.value).toEqual(['🚀', '🎉']);
  for (let i = 0; i < 50; i++) recent.use(`e${i}`);
  expect(recent.list.value).toHaveLength(24);
});

test.each([
  ['nice :tada:!', 'nice 🎉!'],
  [':+1::+1:', '👍👍'],
  ['`:tada:` :tada:', '`:tada:` 🎉'],
  ['10:100:20 and a:tada:', '10:100:20 and a:tada:'],
  [':nonsense:', ':nonsense:'],
])('the shortcodes in %j become emoji', (typed, text) => {
  expect(withEmoji(typed, (name) => index.find(name))).toBe(text);
});
