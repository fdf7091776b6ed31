import { beforeEach, expect, test } from 'vitest';
import type { Profile, Role } from '../src/net/contract';
import { Standing } from '../src/store/standing';
import { ManualClock } from './manual-clock';

let clock: ManualClock;
let standing: Standing;

const you = (role: Role, more: Partial<Profile> = {}): Profile => ({ id: 'a', name: 'Ada', hue: 0, role, ...more });

beforeEach(() => {
  clock = new ManualClock();
  standing = new Standing(clock, () => clock.now());
});

test('a moderator acts on those below only', () => {
  standing.setYou(you('moderator'));
  expect(standing.moderator.value).toBe(true);
  expect(standing.owner.value).toBe(false);
  expect(['guest', 'member', 'moderator', 'owner'].map((role) => standing.outranks(role as Role))).toEqual([true, true, false, false]);
  expect(standing.outranks(undefined)).toBe(true);
});

test('a member acts on nobody, not even on guests', () => {
  standing.setYou(you('member'));
  expect(standing.moderator.value).toBe(false);
  expect(standing.outranks('guest')).toBe(false);
});

test('a mute is over when its time is', async () => {
  standing.setYou(you('member', { muted_until: clock.now() + 60_000 }));
  expect(standing.mutedUntil.value).toBe(clock.now() + 60_000);
  await clock.go(59_999);
  expect(standing.mutedUntil.value).toBeDefined();
  await clock.go(1);
  expect(standing.mutedUntil.value).toBeUndefined();
});

test('a mute that is taken back ends at once, and signing out forgets everything', () => {
  standing.setYou(you('owner', { muted_until: clock.now() + 60_000 }));
  standing.setYou(you('owner'));
  expect(standing.mutedUntil.value).toBeUndefined();
  standing.setPlace({ policy: 'open', owned: true });
  standing.clear();
  expect([standing.role.value, standing.roles.value]).toEqual(['guest', false]);
});
