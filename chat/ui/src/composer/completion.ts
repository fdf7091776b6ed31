import { type ReadonlySignal, signal } from '@preact/signals';
import type { Person } from '../net/contract';
import type { Cancel, Clock } from '../time/clock';
import { type CompletionQuery, completionQuery } from './completion-query';

export type Option =
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'room' }
  | { readonly kind: 'emoji'; readonly emoji: string; readonly name: string };

export interface Completed {
  readonly text: string;
  readonly caret: number;
}

export interface CompletionSources {
  readonly clock: Clock;
  /** People that the page knows, most likely first. */
  readonly known: () => readonly Person[];
  readonly findPeople: (query: string) => Promise<readonly Person[]>;
  readonly findEmoji: (
    query: string,
    most: number,
  ) => Promise<readonly { readonly emoji: string; readonly names: readonly [string, ...string[]] }[]>;
}

export const MOST_OPTIONS = 8;
/** The server is asked after this pause in typing. */
export const ASK_MS = 120;

/** Offers people behind an @ and emoji behind a colon, while the person writes. */
export class Completion {
  private readonly offered = signal<readonly Option[]>([]);
  private readonly chosen = signal(0);
  private query: CompletionQuery | undefined;
  /** Escape closed the list for the word that begins here. */
  private closedAt: number | undefined;
  private wait: Cancel | undefined;

  constructor(private readonly sources: CompletionSources) {}

  get options(): ReadonlySignal<readonly Option[]> {
    return this.offered;
  }

  /** The option that Enter takes. */
  get active(): ReadonlySignal<number> {
    return this.chosen;
  }

  /** The text or the caret changed. */
  update(text: string, caret: number): void {
    const query = completionQuery(text, caret);
    if (query?.from !== this.closedAt) this.closedAt = undefined;
    const wanted = this.closedAt === undefined ? query : undefined;
    const { query: before } = this;
    if (wanted?.kind === before?.kind && wanted?.query === before?.query && wanted?.from === before?.from) return;
    this.query = wanted;
    this.wait?.();
    if (!wanted) this.offer([]);
    else if (wanted.kind === 'emoji') void this.offerEmoji(wanted);
    else this.offerPeople(wanted);
  }

  move(step: number): void {
    const { length } = this.offered.peek();
    if (length > 0) this.chosen.value = (this.chosen.peek() + step + length) % length;
  }

  close(): void {
    this.closedAt = this.query?.from;
    this.reset();
  }

  /** Nothing is completed any more: the text was sent, or the field lost the focus. */
  reset(): void {
    this.query = undefined;
    this.wait?.();
    this.offer([]);
  }

  /** Puts the option into the text, in place of the word before the caret. */
  take(option: Option, text: string): Completed | undefined {
    const { query } = this;
    if (!query) return undefined;
    const word = option.kind === 'emoji' ? option.emoji : option.kind === 'room' ? '@room' : `@${option.person.name}`;
    const before = text.slice(0, query.from) + word;
    const after = text.slice(query.to);
    this.reset();
    return { text: `${before}${after.startsWith(' ') ? '' : ' '}${after}`, caret: before.length + 1 };
  }

  private offer(options: readonly Option[]): void {
    this.offered.value = options;
    this.chosen.value = 0;
  }

  private async offerEmoji(query: CompletionQuery): Promise<void> {
    const found = await this.sources.findEmoji(query.query, MOST_OPTIONS);
    if (this.query === query) this.offer(found.map(({ emoji, names }) => ({ kind: 'emoji', emoji, name: names[0] })));
  }

  /** The people that the page knows at once, and those that the server finds a moment later. */
  private offerPeople(query: CompletionQuery): void {
    const known = this.sources.known().filter(({ name }) => matches(name, query.query));
    this.offer(personOptions(known, query.query));
    this.wait = this.sources.clock.after(ASK_MS, () => {
      this.sources.findPeople(query.query).then(
        (found) => {
          if (this.query !== query) return;
          const { value } = this.chosen;
          this.offer(personOptions([...known, ...found], query.query));
          this.chosen.value = Math.min(value, Math.max(0, this.offered.peek().length - 1));
        },
        () => undefined, // Without a connection the known people are offered.
      );
    });
  }
}

function personOptions(people: readonly Person[], query: string): Option[] {
  const unique = [...new Map(people.map((person) => [person.id, person])).values()];
  const options: Option[] = unique.slice(0, MOST_OPTIONS - 1).map((person) => ({ kind: 'person', person }));
  if ('room'.startsWith(query.toLowerCase())) options.push({ kind: 'room' });
  return options;
}

/** Does a word of the name begin with the query? */
function matches(name: string, query: string): boolean {
  const wanted = query.toLocaleLowerCase();
  const lower = name.toLocaleLowerCase();
  return lower.startsWith(wanted) || lower.includes(` ${wanted}`);
}
