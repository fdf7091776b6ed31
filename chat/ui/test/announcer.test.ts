import { expect, test } from 'vitest';
import { Announcer, PAUSE_MS } from '../src/store/announcer';
import { ManualClock } from './manual-clock';

test('reads at most a line in two seconds and gathers the rest', async () => {
  const clock = new ManualClock();
  const said: string[] = [];
  const announcer = new Announcer(clock, (line) => said.push(line));
  announcer.message('Ada', 'hello');
  announcer.message('Bob', 'hi');
  announcer.message('Eve', 'hey');
  expect(said).toEqual(['Ada: hello']);
  await clock.go(PAUSE_MS);
  expect(said).toEqual(['Ada: hello', '2 new messages']);
  announcer.message('Ada', 'again');
  await clock.go(PAUSE_MS - 1);
  expect(said).toHaveLength(2);
  await clock.go(1);
  expect(said.at(-1)).toBe('Ada: again');
  await clock.go(PAUSE_MS);
  announcer.message('Bob', 'at once');
  expect(said.at(-1)).toBe('Bob: at once');
});
