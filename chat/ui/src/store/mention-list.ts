import { type ReadonlySignal, signal } from '@preact/signals';
import type { Found, Query, Reply } from '../net/contract';

const PAGE = 30;

/** The messages that mention the person, newest first. */
export class MentionList {
  private readonly results = signal<readonly Found[] | undefined>(undefined);
  private readonly hasMore = signal(false);
  private readonly refused = signal(false);
  readonly loading = signal(false);

  constructor(private readonly ask: (query: Query<'mentions'>) => Promise<Reply<'mentions'>>) {}

  /** Undefined until the server has answered. */
  get found(): ReadonlySignal<readonly Found[] | undefined> {
    return this.results;
  }

  get more(): ReadonlySignal<boolean> {
    return this.hasMore;
  }

  get failed(): ReadonlySignal<boolean> {
    return this.refused;
  }

  /** Loads the newest mentions again. The list stays until the answer. */
  async load(): Promise<void> {
    await this.page([]);
  }

  async loadMore(): Promise<void> {
    await this.page(this.results.peek() ?? []);
  }

  private async page(before: readonly Found[]): Promise<void> {
    if (this.loading.peek()) return;
    this.loading.value = true;
    const last = before.at(-1);
    try {
      const answer = await this.ask({ ...(last ? { before: [last.m.ts, last.room, last.m.seq] } : {}), limit: PAGE });
      this.refused.value = answer.ok !== true;
      if (answer.ok !== true) return;
      this.results.value = [...before, ...answer.results];
      this.hasMore.value = answer.more;
    } catch {
      this.refused.value = true;
    } finally {
      this.loading.value = false;
    }
  }
}
