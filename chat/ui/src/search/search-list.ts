import { type ReadonlySignal, signal } from '@preact/signals';
import { lateTexts, texts } from '../language/language';
import type { Found, Query, Reply, SearchQuery } from '../net/contract';
import type { Cancel, Clock } from '../time/clock';
import { isSearchable, parseSearch, type SearchText } from './search-query';

const PAGE = 30;
/** The wait after the last key. */
export const TYPING_MS = 200;

export interface SearchListOptions {
  readonly clock: Clock;
  readonly ask: (query: Query<'search'>) => Promise<Reply<'search'>>;
  /** The id of a person by name; undefined for an unknown one. */
  readonly person: (name: string) => Promise<string | undefined>;
  /** The id of a room by its name or slug, or by the person of a direct room. */
  readonly room: (name: string) => string | undefined;
}

/** The messages that a person searches for, newest first. */
export class SearchList {
  private readonly results = signal<readonly Found[] | undefined>(undefined);
  private readonly hasMore = signal(false);
  private readonly trouble = signal('');
  private readonly wanted = signal<readonly string[]>([]);
  readonly loading = signal(false);
  private waiting: Cancel | undefined;
  /** Rises with each search; an answer to an earlier one is late. */
  private round = 0;
  private query: SearchQuery | undefined;
  private typed = '';

  constructor(private readonly options: SearchListOptions) {}

  /** Undefined while nothing was searched for. */
  get found(): ReadonlySignal<readonly Found[] | undefined> {
    return this.results;
  }

  get more(): ReadonlySignal<boolean> {
    return this.hasMore;
  }

  /** Why there is no result, as a sentence; "" when all is well. */
  get problem(): ReadonlySignal<string> {
    return this.trouble;
  }

  /** The words of the results. */
  get words(): ReadonlySignal<readonly string[]> {
    return this.wanted;
  }

  /** The person typed: searches after a short pause. The same text again searches for nothing new. */
  type(typed: string): void {
    if (typed.trim() === this.typed) return;
    this.typed = typed.trim();
    this.waiting?.();
    this.round++;
    this.trouble.value = '';
    if (!isSearchable(parseSearch(typed, this.options.clock.now()))) {
      this.clear();
      this.trouble.value = parseSearch(typed, this.options.clock.now()).problem ?? '';
      return;
    }
    this.loading.value = true;
    this.waiting = this.options.clock.after(TYPING_MS, () => void this.search());
  }

  /** Searches at once, also again after a failure. */
  async search(): Promise<void> {
    this.waiting?.();
    const round = ++this.round;
    const text = parseSearch(this.typed, this.options.clock.now());
    if (!isSearchable(text)) return;
    this.loading.value = true;
    const query = await this.resolve(text);
    if (round !== this.round) return;
    if (typeof query === 'string') {
      this.clear();
      this.trouble.value = query;
      return;
    }
    this.query = query;
    await this.page(round, query, [], text.words);
  }

  async loadMore(): Promise<void> {
    const known = this.results.peek() ?? [];
    const last = known.at(-1);
    if (!this.query || !last || this.loading.peek()) return;
    this.loading.value = true;
    // Messages of the same millisecond come again and are left out.
    await this.page(++this.round, { ...this.query, before: last.m.ts + 1 }, known, this.wanted.peek());
  }

  private async page(round: number, query: SearchQuery, known: readonly Found[], words: readonly string[]): Promise<void> {
    const answer = await this.options.ask(query).catch(() => undefined);
    if (round !== this.round) return;
    this.loading.value = false;
    if (answer?.ok !== true) {
      this.trouble.value = answer?.err.message ?? texts.common.noAnswer;
      return;
    }
    const seen = new Set(known.map(keyOf));
    const fresh = answer.results.filter((found) => !seen.has(keyOf(found)));
    this.trouble.value = '';
    this.wanted.value = words;
    this.results.value = [...known, ...fresh];
    this.hasMore.value = answer.more && fresh.length > 0;
  }

  /** The request for the text, or a sentence about a filter. */
  private async resolve(text: SearchText): Promise<SearchQuery | string> {
    if (text.problem !== undefined) return text.problem;
    const room = text.in === undefined ? undefined : this.options.room(text.in);
    if (text.in !== undefined && room === undefined) return lateTexts.search.noRoom(text.in);
    const from = text.from === undefined ? undefined : await this.options.person(text.from).catch(() => undefined);
    if (text.from !== undefined && from === undefined) return lateTexts.search.noPerson(text.from);
    return {
      q: text.words.join(' '),
      ...(room !== undefined && { room }),
      ...(from !== undefined && { from }),
      ...(text.before !== undefined && { before: text.before }),
      ...(text.after !== undefined && { after: text.after }),
      ...(text.has.length > 0 && { has: text.has }),
      limit: PAGE,
    };
  }

  private clear(): void {
    this.loading.value = false;
    this.results.value = undefined;
    this.hasMore.value = false;
    this.query = undefined;
  }
}

const keyOf = ({ room, m }: Found) => `${room}/${m.seq}`;
