import { beforeEach, describe, expect, test } from 'vitest';
import { MAX_PART, type Progress, type UploadAnswer, type UploadApi, Uploader } from '../src/files/uploader';
import type { MessageFile } from '../src/net/contract';
import { ManualClock, settle } from './manual-clock';

/** A server that keeps bytes. `broken` requests get no answer, before or after they had an effect. */
class FakeServer implements UploadApi {
  readonly stored = new Map<string, { size: number; offset: number }>();
  readonly calls: string[] = [];
  readonly cancelled: string[] = [];
  broken: ('before' | 'after' | undefined)[] = [];
  refusal: UploadAnswer | undefined;

  async begin(token: string, _name: string, size: number): Promise<UploadAnswer> {
    this.calls.push(`begin ${token}`);
    const fault = this.broken.shift();
    if (fault === 'before') return { kind: 'broken' };
    if (this.refusal) return this.refusal;
    if (!this.stored.has(token)) this.stored.set(token, { size, offset: 0 });
    return fault === 'after' ? { kind: 'broken' } : this.state(token);
  }

  async append(id: string, offset: number, bytes: Blob): Promise<UploadAnswer> {
    this.calls.push(`${offset}+${bytes.size}`);
    const fault = this.broken.shift();
    if (fault === 'before') return { kind: 'broken' };
    if (this.refusal) return this.refusal;
    const upload = this.stored.get(id);
    if (upload && upload.offset === offset) {
      upload.offset += bytes.size;
    }
    return fault === 'after' ? { kind: 'broken' } : this.state(id);
  }

  cancel = async (id: string) => void this.cancelled.push(id);

  private state(id: string): UploadAnswer {
    const { size, offset } = this.stored.get(id) ?? { size: 0, offset: 0 };
    const file: MessageFile = { id, name: 'a', type: 'application/octet-stream', size };
    return { kind: 'state', id, offset, ...(offset === size && { file }) };
  }
}

let clock: ManualClock;
let server: FakeServer;
let seen: Progress[];
let uploader: Uploader;

beforeEach(() => {
  clock = new ManualClock();
  server = new FakeServer();
  seen = [];
  uploader = new Uploader({ api: server, clock, random: () => 0.5, progress: (_, progress) => seen.push(progress) });
});

const blob = (text: string) => new Blob([text]);

describe('an upload', () => {
  test('of a small file is one part', async () => {
    const result = await uploader.upload('t', 'a.txt', blob('hello'));
    expect(result).toMatchObject({ ok: true, file: { id: 't', size: 5 } });
    expect(server.calls).toEqual(['begin t', '0+5']);
    expect(seen.at(-1)).toEqual({ state: 'done', sent: 5 });
  });

  test('of a large file has growing parts up to a bound', async () => {
    await uploader.upload('t', 'a', new Blob([new Uint8Array(5 << 20)]));
    const sizes = server.calls.slice(1).map((call) => Number(call.split('+')[1]));
    expect(sizes.slice(0, 3)).toEqual([65_536, 131_072, 262_144]);
    expect(Math.max(...sizes)).toBe(MAX_PART);
    expect(sizes.reduce((a, b) => a + b)).toBe(5 << 20);
  });

  test('goes on where the server is after a broken line', async () => {
    server.broken = [undefined, undefined, 'before'];
    const done = uploader.upload('t', 'a', new Blob([new Uint8Array(200_000)]));
    await settle();
    expect(seen.at(-1)).toEqual({ state: 'waiting', sent: 65_536 });
    await clock.go(60_000);
    expect((await done).ok).toBe(true);
    expect(server.calls).toEqual(['begin t', '0+65536', '65536+131072', 'begin t', '65536+65536', '131072+68928']);
  });

  test('with a lost last answer is done once', async () => {
    server.broken = [undefined, 'after'];
    const done = uploader.upload('t', 'a.txt', blob('hello'));
    await settle();
    await clock.go(60_000);
    expect((await done).ok).toBe(true);
    expect(server.stored.get('t')?.offset).toBe(5);
    expect(server.calls).toEqual(['begin t', '0+5', 'begin t']);
  });

  test('that is asked for twice is sent once', async () => {
    const [a, b] = await Promise.all([uploader.upload('t', 'a', blob('x')), uploader.upload('t', 'a', blob('x'))]);
    expect(a).toEqual(b);
    expect(server.calls).toEqual(['begin t', '0+1']);
  });

  test('waits as long as the server says', async () => {
    server.refusal = { kind: 'refused', err: { code: 'rate', message: 'Wait.', retry_after_ms: 40_000, permanent: false } };
    const done = uploader.upload('t', 'a', blob('x'));
    await settle();
    await clock.go(39_000);
    expect(server.calls).toEqual(['begin t']);
    server.refusal = undefined;
    await clock.go(2_000);
    expect((await done).ok).toBe(true);
  });

  test('that is refused for ever says why, and can be tried again', async () => {
    server.refusal = { kind: 'refused', err: { code: 'quota', message: 'Too much.', permanent: true } };
    expect(await uploader.upload('t', 'a', blob('x'))).toMatchObject({ ok: false, err: { code: 'quota' } });
    expect(seen.at(-1)).toEqual({ state: 'failed', sent: 0, reason: 'Too much.' });
    server.refusal = undefined;
    expect((await uploader.upload('t', 'a', blob('x'))).ok).toBe(true);
  });

  test('that is cancelled ends at once, here and on the server', async () => {
    server.broken = [undefined, 'before'];
    const done = uploader.upload('t', 'a', blob('x'));
    await settle();
    uploader.cancel('t');
    expect(await done).toMatchObject({ ok: false, err: { code: 'cancelled' } });
    expect(server.cancelled).toEqual(['t']);
    expect(clock.pending).toBe(0);
  });
});
