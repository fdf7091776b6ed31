import { io, type Socket } from 'socket.io-client';
import { backoff } from './backoff';
import type { ClientEvents, Refusal, ServerEvents } from './contract';

/** Requests and what answers them. */
export type Request = Exclude<keyof ClientEvents, 'typing'>;
export type Query<E extends Request> = Parameters<ClientEvents[E]>[0];
export type Reply<E extends Request> = Parameters<Parameters<ClientEvents[E]>[1]>[0];

export interface LinkEvents {
  /** The socket is connected; `hello` is next. */
  connected(): void;
  disconnected(): void;
  /** The server refuses this session or closed the socket itself: is the session still there? */
  refused(retryAfterMs: number, why?: string): void;
  /** No line could be had, and it is tried again by itself; `why`, where the server answered and said no. */
  barred(why: string | undefined): void;
}

const ANSWER_MS = 10_000;

/** The Socket.IO line to the server. It comes back by itself, or at once by `retry`. */
export class Link {
  readonly socket: Socket<ServerEvents, ClientEvents>;
  private refusals = 0;
  private again: ReturnType<typeof setTimeout> | undefined;

  constructor(events: LinkEvents) {
    this.socket = io({
      autoConnect: false,
      reconnectionDelay: 500,
      reconnectionDelayMax: 10_000,
      timeout: 10_000,
    });
    this.socket.on('connect', () => {
      events.connected();
    });
    this.socket.on('disconnect', (reason) => {
      events.disconnected();
      // The client does not come back by itself after these two.
      if (reason === 'io server disconnect') events.refused(0);
    });
    this.socket.on('connect_error', (error) => {
      // Still active: the line itself failed and is tried again; otherwise the server said no.
      if (this.socket.active) {
        events.barred(barredBecause(error));
      } else {
        const { data } = error as { data?: Partial<Refusal> };
        events.refused(data?.retry_after_ms ?? 0, data?.message);
      }
    });
  }

  open(): void {
    clearTimeout(this.again);
    this.socket.connect();
  }

  close(): void {
    clearTimeout(this.again);
    this.socket.disconnect();
  }

  /** Now, not after the wait that is running. */
  retry(): void {
    if (this.socket.connected) return;
    this.close();
    this.open();
  }

  /** The server refused but the session is good: again after a wait that grows. */
  later(atLeast = 0): void {
    clearTimeout(this.again);
    this.again = setTimeout(() => this.open(), Math.max(atLeast, backoff(++this.refusals, Math.random)));
  }

  /** `hello` went well. */
  settled(): void {
    this.refusals = 0;
  }

  /** Asks and waits for the answer; rejects when the line breaks or no answer comes in time. Never queued while down. */
  ask<E extends Request>(event: E, query: Query<E>): Promise<Reply<E>> {
    if (!this.socket.connected) return Promise.reject(new Error('offline'));
    const emit = this.socket.timeout(ANSWER_MS) as unknown as {
      emitWithAck(event: E, query: Query<E>): Promise<Reply<E>>;
    };
    return emit.emitWithAck(event, query);
  }

  typing(room: string): void {
    if (this.socket.connected) this.socket.volatile.emit('typing', { room });
  }
}

/** What a polling request was answered with, where the server answered and said no. */
export function barredBecause(error: unknown): string | undefined {
  const body = (error as { context?: { responseText?: unknown } }).context?.responseText;
  if (typeof body !== 'string') return undefined;
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
