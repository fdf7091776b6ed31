import type { ChatSocket } from '../net/chat-socket';
import type { Hello, Reply, Welcome } from '../net/contract';
import { ServerConnection } from '../net/server-connection';
import type { Clock } from '../time/clock';

export interface HelloOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly socket: ChatSocket;
  readonly request: () => Hello;
  readonly welcome: (answer: Welcome) => void;
  readonly disconnected: () => void;
  /** The server rejected the session or closed the socket. */
  readonly rejected: (retryAfterMs: number, reason?: string) => void;
  /** Sends the smallest request that is always answered. */
  readonly probe: () => Promise<unknown>;
  /** The server's reason to reject the connection, if it gave one. */
  readonly failed: (reason: string | undefined) => void;
  /** The server does not support this version of the page. */
  readonly outdated: () => void;
}

/** The connection to the server with its first request, `hello`. */
export class ServerLink {
  readonly server: ServerConnection;
  private asking = false;

  constructor(private readonly options: HelloOptions) {
    const { clock, random, socket, disconnected, rejected, failed, probe } = options;
    this.server = new ServerConnection(
      {
        connected: () => void this.hello(),
        disconnected: () => {
          this.asking = false;
          disconnected();
        },
        rejected,
        connectFailed: failed,
        probe,
      },
      clock,
      random,
      socket,
    );
  }

  /** Asks for everything that changed. Also answers a gap in the person's own events. */
  async hello(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      this.answered(await this.server.ask('hello', this.options.request()));
    } catch {
      // The connection broke or did not answer. `ServerConnection` opens it again.
    } finally {
      this.asking = false;
    }
  }

  private answered(answer: Reply<'hello'>): void {
    if (answer.ok === true) {
      this.server.established();
      this.options.welcome(answer);
      return;
    }
    this.server.close();
    if (answer.err.code === 'no_session') this.options.rejected(0);
    else if (answer.err.permanent) this.options.outdated();
    else this.server.openLater(answer.err.retry_after_ms);
  }
}
