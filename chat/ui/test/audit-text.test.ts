import { expect, test } from 'vitest';
import { auditText } from '../src/moderation/audit-text';
import { durationText, whenText } from '../src/time/when-text';

const entry = { id: 1, at: 0, detail: '' };

test('a line of the audit log is a sentence, whatever the names contain', () => {
  expect(auditText({ ...entry, action: 'ban', actor_name: 'Ada', target_name: '%r $& Bob' })).toBe('Ada banned %r $& Bob');
  expect(auditText({ ...entry, action: 'message_deleted', actor_name: 'Ada', target_name: 'Bob' })).toBe(
    'Ada deleted a message of Bob in a private room',
  );
  expect(auditText({ ...entry, action: 'from_the_future', actor_name: 'Ada' })).toBe('Ada: from_the_future');
});

test('a length of time has one unit', () => {
  expect([5_000, 60_000, 3_600_000, 7 * 86_400_000].map(durationText)).toEqual(['5 seconds', '1 minute', '1 hour', '7 days']);
});

test('a moment of today needs no date', () => {
  const noon = new Date(2026, 4, 3, 12, 0).getTime();
  expect(whenText(noon + 3_600_000, noon)).toMatch(/^at /);
  expect(whenText(noon + 86_400_000, noon)).toMatch(/^on .* at /);
});
