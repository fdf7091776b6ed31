import type { MeEvent } from '../net/contract';

/** The most events that wait for earlier ones. */
const HOLD_LIMIT = 50;

/** Applies the person's own events in order of `ver`. A gap asks for `hello`, which has every room. */
export class MeLog {
  /** Every event up to this one is applied; -1 before the first `hello`. */
  private ver = -1;
  private readonly held = new Map<number, MeEvent>();

  constructor(
    private readonly apply: (event: MeEvent) => void,
    private readonly askHello: () => void,
  ) {}

  /** For `hello`; undefined before the first answer. */
  get version(): number | undefined {
    return this.ver < 0 ? undefined : this.ver;
  }

  event(event: MeEvent): void {
    if (event.ver <= this.ver) return;
    if (this.held.size < HOLD_LIMIT) this.held.set(event.ver, event);
    if (this.ver < 0) return;
    this.drain();
    if (this.held.size > 0) this.askHello();
  }

  /** `hello` gave the state at `ver`. Later events may have arrived before it. */
  welcome(ver: number): void {
    this.ver = ver;
    for (const held of this.held.keys()) if (held <= ver) this.held.delete(held);
    this.drain();
  }

  /** Another person signed in. */
  reset(): void {
    this.ver = -1;
    this.held.clear();
  }

  private drain(): void {
    for (let next = this.held.get(this.ver + 1); next; next = this.held.get(this.ver + 1)) {
      this.held.delete(next.ver);
      this.ver = next.ver;
      this.apply(next);
    }
  }
}
