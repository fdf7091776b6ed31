import { beforeEach, describe, expect, test } from 'vitest';
import { ReadState } from '../src/room/read-state';
import { ManualClock, settle } from './manual-clock';

let clock: ManualClock;
let lastSeq: number;
let sees: boolean;
let reports: number[];
let answer: (ok: boolean) => void;
let state: ReadState;

beforeEach(() => {
  clock = new ManualClock();
  lastSeq = 10;
  sees = false;
  reports = [];
  state = new ReadState({
    clock,
    lastSeq: () => lastSeq,
    seesNewest: () => sees,
    report: (seq) => {
      reports.push(seq);
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
  });
  state.begin(4, 6);
});

/** The person looks at the newest message until it counts as read, and the server answers. */
async function read(): Promise<void> {
  sees = true;
  state.attention(true);
  await clock.go(400);
  answer(true);
  await settle();
}

test('what arrives after the person looked away is not read', async () => {
  sees = true;
  state.attention(true);
  await clock.go(300);
  sees = false;
  state.attention(false);
  lastSeq = 11;
  state.arrived();
  await clock.go(100);
  expect(reports).toEqual([10]);
  expect(state.readSeq.value).toBe(10);
  expect(state.newAfter.value).toBe(10);
});

describe('going to the room', () => {
  test('places the line after what was seen, however soon the person comes back', async () => {
    state.reset();
    sees = true;
    lastSeq = 1;
    state.attention(true);
    await clock.go(100);
    sees = false;
    state.attention(false);
    lastSeq = 2;
    state.attention(true);
    state.opened();
    expect(state.newAfter.value).toBe(1);
    expect(reports).toEqual([1]);
  });

  test('places the line before the unread messages', async () => {
    state.removeNewLine();
    state.opened();
    expect(state.newAfter.value).toBe(4);
  });

  test('without unread messages removes the line of the visit before', async () => {
    await read();
    expect(state.newAfter.value).toBe(4);
    state.opened();
    expect(state.newAfter.value).toBeUndefined();
  });
});

describe('messages marked as unread', () => {
  beforeEach(() => read());

  test('stay unread in front of the person, until the room is opened again', async () => {
    state.markUnread(6);
    state.update();
    await clock.go(5000);
    expect(state.readSeq.value).toBe(6);
    expect(state.newAfter.value).toBe(6);
    state.opened();
    state.update();
    await clock.go(400);
    expect(state.readSeq.value).toBe(10);
  });

  test('in another tab are unread here too', () => {
    state.confirmed(6);
    expect(state.readSeq.value).toBe(6);
  });
});

describe('an earlier position from the server', () => {
  test('is older than a report in flight', async () => {
    sees = true;
    state.attention(true);
    await clock.go(400);
    state.confirmed(6);
    expect(state.readSeq.value).toBe(10);
    expect(reports).toEqual([10]);
  });

  test('is reported again when the report was not answered', async () => {
    sees = true;
    state.attention(true);
    await clock.go(400);
    answer(false);
    await settle();
    state.confirmed(4);
    expect(state.readSeq.value).toBe(10);
    expect(reports).toEqual([10, 10]);
  });
});

test('messages that arrived before the page showed them get the line at the read position', () => {
  state.removeNewLine();
  state.reconnected(6);
  expect(state.newAfter.value).toBe(4);
});
