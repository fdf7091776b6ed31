import { describe, expect, test } from 'vitest';
import { applyPresence, EMPTY, GATHER_MS, notice, RECENT_LIMIT, snapshot } from '../src/presence/roster';
import { nameList } from '../src/text/name-list';

const p = (name: string) => ({ id: name.toLowerCase(), name, hue: 0 });
const here = snapshot(EMPTY, [p('Zoë'), p('ada')], 2);

describe('the roster', () => {
  test('is sorted by name and has the count', () => {
    expect(here.people.map((x) => x.name)).toEqual(['ada', 'Zoë']);
    const next = applyPresence(here, { count: 3, joined: [p('Bob')], left: [] }, 'me', 0);
    expect(next.people.map((x) => x.name)).toEqual(['ada', 'Bob', 'Zoë']);
    expect(next.count).toBe(3);
  });

  test('has no changes of oneself and of people who were online already', () => {
    const next = applyPresence(here, { count: 3, joined: [p('Me'), p('ada')], left: [p('Nobody')] }, 'me', 0);
    expect(next.recent).toEqual([]);
    expect(next.people).toHaveLength(3);
  });

  test('remembers the recent changes, newest first', () => {
    let roster = here;
    for (let i = 0; i < 30; i++) roster = applyPresence(roster, { count: 3, joined: [p(`G${i}`)], left: [] }, 'me', i);
    expect(roster.recent).toHaveLength(RECENT_LIMIT);
    expect(roster.recent[0]?.name).toBe('G29');
  });
});

describe('the notice', () => {
  test('gathers the changes of twelve seconds in one line', () => {
    let roster = applyPresence(here, { count: 4, joined: [p('Bob'), p('Eve')], left: [] }, 'me', 0);
    roster = applyPresence(roster, { count: 3, joined: [], left: [p('Zoë')] }, 'me', 1000);
    expect(notice(roster.recent, 1000)).toBe('Bob and Eve joined · Zoë left');
    expect(notice(roster.recent, GATHER_MS)).toBe('Zoë left');
    expect(notice(roster.recent, GATHER_MS + 1000)).toBeUndefined();
  });

  test('contains only the last change of each person', () => {
    let roster = applyPresence(here, { count: 3, joined: [p('Bob')], left: [] }, 'me', 0);
    roster = applyPresence(roster, { count: 2, joined: [], left: [p('Bob')] }, 'me', 1000);
    expect(notice(roster.recent, 1000)).toBe('Bob left');
  });

  test('names three people, and counts the rest of more', () => {
    expect(nameList(['A', 'B', 'C'])).toBe('A, B and C');
    expect(nameList(['A', 'B', 'C', 'D', 'E'])).toBe('A, B and 3 others');
  });
});
