type Listener = (...args: unknown[]) => void;

class Emitter {
  private readonly listeners = new Map<string, Listener[]>();

  on(event: string, listener: Listener): void {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
  }

  fire(event: string, ...args: unknown[]): void {
    for (const listener of this.listeners.get(event) ?? []) listener(...args);
  }
}

/** The part of the client's socket that the page uses. It does only what a test tells it. */
export class FakeSocket extends Emitter {
  connected = false;
  active = false;
  readonly io = Object.assign(new Emitter(), { opts: { transports: [] as string[] }, engine: undefined });
  /** The order of transports of each attempt. */
  readonly tries: string[][] = [];
  readonly asked: { event: string; answer: (value: unknown) => void }[] = [];

  connect(): void {
    this.active = true;
    this.tries.push(this.io.opts.transports);
  }

  disconnect(): void {
    this.active = false;
    if (this.connected) this.lose('io client disconnect');
  }

  timeout() {
    return { emitWithAck: (event: string) => new Promise((answer) => this.asked.push({ event, answer })) };
  }

  join(): void {
    this.connected = true;
    this.fire('connect');
  }

  lose(reason: string): void {
    this.connected = false;
    this.fire('disconnect', reason);
  }
}
