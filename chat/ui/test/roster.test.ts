import { describe, expect, test } from 'vitest';
import { change, EMPTY, GATHER_MS, LATELY, names, notice, snapshot } from '../src/presence/roster';

const p = (name: string) => ({ id: name.toLowerCase(), name });
const here = snapshot(EMPTY, [p('Zoë'), p('ada')], 2);

describe('the roster', () => {
  test('is in order of names and knows the count', () => {
    expect(here.people.map((x) => x.name)).toEqual(['ada', 'Zoë']);
    const next = change(here, { count: 3, joined: [p('Bob')], left: [] }, 'me', 0);
    expect(next.people.map((x) => x.name)).toEqual(['ada', 'Bob', 'Zoë']);
    expect(next.count).toBe(3);
  });

  test('does not tell of oneself, nor of one who was here already', () => {
    const next = change(here, { count: 3, joined: [p('Me'), p('ada')], left: [p('Nobody')] }, 'me', 0);
    expect(next.lately).toEqual([]);
    expect(next.people).toHaveLength(3);
  });

  test('remembers the last comings and goings, newest first', () => {
    let roster = here;
    for (let i = 0; i < 30; i++) roster = change(roster, { count: 3, joined: [p(`G${i}`)], left: [] }, 'me', i);
    expect(roster.lately).toHaveLength(LATELY);
    expect(roster.lately[0]?.name).toBe('G29');
  });
});

describe('the notice', () => {
  test('puts what is near together in one line and is gone after a while', () => {
    let roster = change(here, { count: 4, joined: [p('Bob'), p('Eve')], left: [] }, 'me', 0);
    roster = change(roster, { count: 3, joined: [], left: [p('Zoë')] }, 'me', 1000);
    expect(notice(roster.lately, 1000)).toBe('Bob and Eve came in · Zoë left');
    expect(notice(roster.lately, GATHER_MS)).toBe('Zoë left');
    expect(notice(roster.lately, GATHER_MS + 1000)).toBeUndefined();
  });

  test('says of each person only the last', () => {
    let roster = change(here, { count: 3, joined: [p('Bob')], left: [] }, 'me', 0);
    roster = change(roster, { count: 2, joined: [], left: [p('Bob')] }, 'me', 1000);
    expect(notice(roster.lately, 1000)).toBe('Bob left');
  });

  test('counts when there are many', () => {
    expect(names(['A', 'B', 'C'])).toBe('A, B and C');
    expect(names(['A', 'B', 'C', 'D', 'E'])).toBe('A, B and 3 others');
  });
});
