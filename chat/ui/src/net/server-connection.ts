import { translated } from '../language/language';
import { backoff } from '../time/backoff';
import type { Cancel, Clock } from '../time/clock';
import { abortPollingRequest, type ChatSocket, rejectionReason } from './chat-socket';
import type { Query, Refusal, Refused, Reply, Request } from './contract';
import { CHECK_MS, LivenessCheck } from './liveness-check';

export interface ConnectionEvents {
  /** The socket is connected. `hello` is next, and `established` when the server has answered it. */
  connected(): void;
  disconnected(): void;
  /** The server rejected this session or closed the socket itself. The session may have ended. */
  rejected(retryAfterMs: number, reason?: string): void;
  /** The connection failed and is tried again; `reason` is the server's answer, if there was one. */
  connectFailed(reason: string | undefined): void;
  /** Sends a small request; any answer shows that the connection still works. */
  probe(): Promise<unknown>;
}

/** A request without an answer for this long starts a liveness check. */
export const SLOW_MS = 3_000;
/** An attempt that is not established after this time is given up; later attempts have more time, for slow networks. */
export const CONNECT_MS = 5_000;
const CONNECT_MAX_MS = 20_000;
const ANSWER_MS = 10_000;
const HELLO_MS = 60_000;
/** A second dead connection within this time is replaced after a wait: the server may be overloaded. */
const DEAD_AGAIN_MS = 60_000;

/** WebSocket first. Polling follows at once where a WebSocket fails, and in the next attempt where it hangs. */
const TRANSPORTS = ['websocket', 'polling'];

/**
 * The Socket.IO connection to the server. It reconnects by itself, or at once by `retryNow` or `wake`. A liveness check
 * finds a connection that went silent without being closed. An attempt that takes too long is given up.
 */
export class ServerConnection {
  /** Attempts since the last `hello` that was answered. */
  private attempts = 0;
  private rejections = 0;
  private isEstablished = false;
  /** The last attempt hung, so the next one begins with polling. */
  private pollingFirst = false;
  private openedAt: number | undefined;
  /** The end of the attempt in progress, or of the wait before the next one. */
  private timer: Cancel | undefined;
  private diedAt = Number.NEGATIVE_INFINITY;
  private readonly liveness: LivenessCheck;

  constructor(
    private readonly events: ConnectionEvents,
    private readonly clock: Clock,
    private readonly random: () => number,
    private readonly socket: ChatSocket,
  ) {
    this.liveness = new LivenessCheck({ clock, probe: () => events.probe(), dead: () => this.replaceDead() });
    const heard = () => this.liveness.heard();
    socket.io.on('packet', heard);
    socket.io.on('ping', heard);
    socket.on('connect', () => {
      this.limitAttempt();
      events.connected();
    });
    socket.on('disconnect', (reason) => {
      this.reset();
      events.disconnected();
      if (reason === 'io server disconnect') events.rejected(0);
      else if (reason !== 'io client disconnect') this.openAfterWait();
    });
    socket.on('connect_error', (error) => {
      this.reset();
      // An active socket: the transport failed and is tried again. Otherwise the server rejected the session.
      if (socket.active) {
        events.connectFailed(rejectionReason(error));
        this.openAfterWait();
      } else {
        const { data } = error as { data?: Partial<Refusal> };
        const { code = '', message } = data ?? {};
        events.rejected(data?.retry_after_ms ?? 0, message && translated({ code, message }).message);
      }
    });
  }

  open(): void {
    if (this.socket.connected) return;
    this.reset();
    this.openedAt = this.clock.now();
    this.socket.io.opts.transports = this.pollingFirst ? [...TRANSPORTS].reverse() : [...TRANSPORTS];
    this.limitAttempt();
    this.socket.connect();
  }

  close(): void {
    this.reset();
    // A polling request that is never answered would keep one of the browser's few connections to the server.
    const abort = abortPollingRequest(this.socket);
    this.socket.disconnect();
    abort();
  }

  /** Checks an open connection; opens a closed one now, without the rest of the current wait. */
  retryNow(): void {
    if (this.socket.connected) {
      this.check();
      return;
    }
    this.close();
    this.open();
  }

  /** The page woke or the network changed: the connection may be dead, or a new one may be possible. */
  wake(): void {
    const justBegun = this.openedAt !== undefined && this.clock.now() - this.openedAt < CHECK_MS;
    if (this.socket.connected || !justBegun) this.retryNow();
  }

  /** The server rejected the connection but the session is valid: opens again after a wait that grows. */
  openLater(atLeast = 0): void {
    this.timer?.();
    this.timer = this.clock.after(Math.max(atLeast, backoff(++this.rejections, this.random)), () => this.open());
  }

  /** The server accepted `hello`. */
  established(): void {
    this.timer?.();
    this.timer = undefined;
    this.openedAt = undefined;
    this.isEstablished = true;
    this.attempts = 0;
    this.rejections = 0;
  }

  /** Resolves with the answer; rejects when there is no connection, or no answer in time. Nothing is queued. */
  ask<E extends Request>(event: E, query: Query<E>): Promise<Reply<E>> {
    if (!this.socket.connected) return Promise.reject(new Error('not connected'));
    // `hello` has as much time as the attempt.
    const emit = this.socket.timeout(event === 'hello' ? HELLO_MS : ANSWER_MS) as unknown as {
      emitWithAck(event: E, query: Query<E>): Promise<Reply<E>>;
    };
    const slow = this.clock.after(SLOW_MS, () => this.check());
    return emit
      .emitWithAck(event, query)
      .then(inPersonsLanguage)
      .finally(slow);
  }

  sendTyping(room: string): void {
    if (this.socket.connected) this.socket.volatile.emit('typing', { room });
  }

  private check(): void {
    if (this.isEstablished) this.liveness.start();
  }

  private replaceDead(): void {
    const now = this.clock.now();
    const deadAgain = now - this.diedAt < DEAD_AGAIN_MS;
    this.diedAt = now;
    this.close();
    if (deadAgain) this.openAfterWait();
    else this.open();
  }

  private limitAttempt(): void {
    this.timer?.();
    this.timer = this.clock.after(Math.min(CONNECT_MS * (1 + this.attempts), CONNECT_MAX_MS), () => this.giveUp());
  }

  private giveUp(): void {
    if (!this.socket.connected) this.pollingFirst = !this.pollingFirst;
    this.close();
    this.events.connectFailed(undefined);
    this.openAfterWait();
  }

  /** Opens again after a wait that grows. */
  private openAfterWait(): void {
    this.timer?.();
    this.timer = this.clock.after(backoff(++this.attempts, this.random, 500, 10_000), () => this.open());
  }

  /** Ends the attempt, wait or check in progress. */
  private reset(): void {
    this.timer?.();
    this.timer = undefined;
    this.liveness.stop();
    this.openedAt = undefined;
    this.isEstablished = false;
  }
}

function inPersonsLanguage<A extends object>(answer: A): A {
  const { err } = answer as Partial<Refused>;
  return err ? { ...answer, err: translated(err) } : answer;
}
