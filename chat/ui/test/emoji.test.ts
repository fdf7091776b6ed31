import { beforeAll, describe, expect, test } from 'vitest';
import { loadEmoji } from '../src/emoji/emoji-index';
import { EmojiIndex, parseEmoji } from '../src/emoji/emoji-list';
import { RecentEmoji } from '../src/emoji/recent-emoji';
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
    expect(parseEmoji('Faces\n😀\tgrin smile\thappy\n😐\tmeh\t')).toEqual([
      {
        name: 'Faces',
        emoji: [
          { emoji: '😀', names: ['grin', 'smile'], words: ['happy'] },
          { emoji: '😐', names: ['meh'], words: [] },
        ],
      },
    ]);
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
