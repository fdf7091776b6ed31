/** `no`: this tab cannot send. `wait`: it sends when no other tab does. `now`: it is in front and takes over. */
export type SendingRequest = 'no' | 'wait' | 'now';

export type Locks = Pick<LockManager, 'request'>;

/**
 * Elects the tab that sends for all tabs of a browser: the tab that holds the lock. An offline tab releases the lock.
 * The tab in front takes it from a hidden tab, because a browser may almost stop a hidden tab. Without Web Locks (plain
 * http in a network) every tab sends that can; the server stores each `cmid` once.
 */
export class SendingTab {
  private requested: SendingRequest = 'no';
  private leading = false;
  /** Ends the lock request, whether it waits or holds. */
  private release = () => {};

  constructor(
    private readonly name: string,
    private readonly changed: (leading: boolean) => void,
    private readonly locks: Locks | undefined,
  ) {}

  request(wanted: SendingRequest): void {
    if (wanted === this.requested) return;
    this.requested = wanted;
    if (wanted !== 'no' && this.leading) return;
    this.release();
    this.set(false);
    if (wanted === 'no') return;
    if (this.locks) this.requestLock(this.locks, wanted === 'now');
    else this.set(true);
  }

  private requestLock(locks: Locks, steal: boolean): void {
    const waiting = new AbortController();
    let unlock = () => {};
    let over = false;
    this.release = () => {
      over = true;
      waiting.abort();
      unlock();
    };
    const hold = () =>
      new Promise<void>((done) => {
        unlock = done;
        if (over) done();
        else this.set(true);
      });
    locks.request(this.name, steal ? { steal } : { signal: waiting.signal }, hold).catch((error: unknown) => {
      if (over) return;
      this.set(false);
      // Another tab came to the front, so this one waits.
      if (error instanceof DOMException && error.name === 'AbortError') this.requestLock(locks, false);
      else this.set(true);
    });
  }

  private set(leading: boolean): void {
    if (this.leading === leading) return;
    this.leading = leading;
    this.changed(leading);
  }
}
