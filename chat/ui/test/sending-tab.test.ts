import { beforeEach, expect, test } from 'vitest';
import { SendingTab } from '../src/outbox/sending-tab';
import { settle } from './manual-clock';

interface Request {
  readonly hold: () => Promise<void>;
  readonly settle: (error?: unknown) => void;
}

/** One lock as the browser's Web Locks give it: first come, first served, or taken by `steal`. */
class FakeLocks {
  private holder: Request | undefined;
  private queue: Request[] = [];

  request(_name: string, options: { steal?: boolean; signal?: AbortSignal }, hold: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const request: Request = { hold, settle: (error) => (error === undefined ? resolve() : reject(error)) };
      options.signal?.addEventListener('abort', () => {
        if (!this.queue.includes(request)) return;
        this.queue = this.queue.filter((r) => r !== request);
        request.settle(new DOMException('aborted', 'AbortError'));
      });
      if (options.steal) {
        const robbed = this.holder;
        this.grant(request);
        robbed?.settle(new DOMException('stolen', 'AbortError'));
      } else {
        this.queue.push(request);
        this.next();
      }
    });
  }

  private grant(request: Request): void {
    this.holder = request;
    void Promise.resolve()
      .then(request.hold)
      .then(() => {
        if (this.holder !== request) return;
        this.holder = undefined;
        request.settle();
        this.next();
      });
  }

  private next(): void {
    const request = this.queue[0];
    if (!request || this.holder) return;
    this.queue.shift();
    this.grant(request);
  }
}

let locks: FakeLocks;
let leading: string[];

const tab = (name: string) =>
  new SendingTab(
    'outbox',
    (leads) => {
      leading = leads ? [...leading, name] : leading.filter((n) => n !== name);
    },
    locks as never,
  );

beforeEach(() => {
  locks = new FakeLocks();
  leading = [];
});

test('one of two tabs that can send does', async () => {
  tab('a').request('wait');
  tab('b').request('wait');
  await settle();
  expect(leading).toEqual(['a']);
});

test('a tab without a connection stops sending, and another one starts', async () => {
  const a = tab('a');
  a.request('wait');
  tab('b').request('wait');
  await settle();
  a.request('no');
  await settle();
  expect(leading).toEqual(['b']);
});

test('the tab in front takes over, also from one that does not run', async () => {
  const hidden = tab('hidden');
  hidden.request('wait');
  await settle();
  tab('front').request('now');
  await settle();
  expect(leading).toEqual(['front']);
});

test('a tab that waits takes over when it comes to the front', async () => {
  tab('hidden').request('wait');
  const front = tab('front');
  front.request('wait');
  await settle();
  expect(leading).toEqual(['hidden']);
  front.request('now');
  await settle();
  expect(leading).toEqual(['front']);
});

test('the tab it was taken from waits for its turn', async () => {
  tab('hidden').request('wait');
  await settle();
  const front = tab('front');
  front.request('now');
  await settle();
  front.request('no');
  await settle();
  expect(leading).toEqual(['hidden']);
});

test('the tab that leads goes on when it is hidden', async () => {
  const a = tab('a');
  a.request('now');
  await settle();
  a.request('wait');
  tab('b').request('wait');
  await settle();
  expect(leading).toEqual(['a']);
});

test('a request that is cancelled before the lock is granted stays cancelled', async () => {
  const a = tab('a');
  a.request('wait');
  a.request('no');
  const b = tab('b');
  b.request('now');
  b.request('no');
  await settle();
  expect(leading).toEqual([]);
  a.request('wait');
  await settle();
  expect(leading).toEqual(['a']);
});

test('without locks each tab that can send does', () => {
  const alone = new SendingTab('outbox', (leads) => leading.push(String(leads)), undefined);
  alone.request('wait');
  alone.request('now');
  alone.request('no');
  expect(leading).toEqual(['true', 'false']);
});

test('locks that fail are done without', async () => {
  const failing = { request: () => Promise.reject(new DOMException('denied', 'SecurityError')) };
  new SendingTab('outbox', (leads) => leading.push(String(leads)), failing as never).request('wait');
  await settle();
  expect(leading).toEqual(['true']);
});
