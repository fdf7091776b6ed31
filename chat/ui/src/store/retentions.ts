import { type ReadonlySignal, signal } from '@preact/signals';
import type { Kept } from '../net/admin-contract';
import type { RetentionOptions } from './retention';

type ByRoom = Readonly<Record<string, Kept>>;

/** How long the messages of the person's rooms are kept. */
export class Retentions {
  private readonly kept = signal<ByRoom | undefined>(undefined);

  constructor(private readonly options: RetentionOptions) {}

  /** By room, only those where this is not for ever; undefined until the server has answered. */
  get byRoom(): ReadonlySignal<ByRoom | undefined> {
    return this.kept;
  }

  set(kept: ByRoom = {}): void {
    const before = this.kept.peek() ?? kept;
    this.kept.value = kept;
    if (Object.keys({ ...before, ...kept }).length === 0) return;
    void import('./retention').then(({ applyRetention }) => applyRetention(this.options, kept, before));
  }

  changed(kept: Kept): void {
    this.set({ ...this.kept.peek(), [kept.room]: kept });
  }

  clear(): void {
    this.kept.value = undefined;
  }
}
