import { signal } from '@preact/signals';
import type { Answer, HistoryPage } from '../net/contract';
import { backoff } from '../time/backoff';
import type { Cancel, Clock } from '../time/clock';
import { PAGE } from './message-window';

/** `newest`: the end of a room that was not loaded yet. */
export type LoadKind = 'newest' | 'older' | 'gap' | 'jump';
export type Position = { readonly before?: number; readonly after?: number; readonly around?: number };

export interface HistoryOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly ask: (position: Position, limit: number) => Promise<Answer<HistoryPage>>;
  readonly loaded: (kind: LoadKind, page: HistoryPage) => void;
  /** The wait after a refusal is over. Gaps and jumps wait for the person. */
  readonly retry: (kind: 'newest' | 'older') => void;
}

/** Loads messages of a room, one request at a time. A refused request is repeated after a wait that grows. */
export class HistoryLoader {
  readonly loading = signal<LoadKind | undefined>(undefined);
  /** The kind of the last request, if it was refused or not answered. */
  readonly failed = signal<LoadKind | undefined>(undefined);
  private refusals = 0;
  private wait: Cancel | undefined;

  constructor(private readonly options: HistoryOptions) {}

  /** A request was refused, and the wait before the next one is running. */
  get waiting(): boolean {
    return this.wait !== undefined;
  }

  /** Resolves with true when the messages are loaded. */
  async load(kind: LoadKind, position: Position): Promise<boolean> {
    this.loading.value = kind;
    try {
      const answer = await this.options.ask(position, kind === 'older' || kind === 'newest' ? PAGE : 2 * PAGE);
      if (answer.ok !== true) {
        this.refused(kind, answer.err.retry_after_ms);
        return false;
      }
      this.refusals = 0;
      this.failed.value = undefined;
      this.stopWaiting();
      this.options.loaded(kind, answer);
      return true;
    } catch {
      // Not connected, or no answer in time.
      this.refused(kind);
      return false;
    } finally {
      this.loading.value = undefined;
    }
  }

  stopWaiting(): void {
    this.wait?.();
    this.wait = undefined;
  }

  private refused(kind: LoadKind, atLeast = 0): void {
    this.failed.value = kind;
    if (kind !== 'older' && kind !== 'newest') return;
    this.stopWaiting();
    const { clock, random } = this.options;
    this.wait = clock.after(Math.max(atLeast, backoff(++this.refusals, random, 2_000, 60_000)), () => {
      this.wait = undefined;
      this.options.retry(kind);
    });
  }
}
