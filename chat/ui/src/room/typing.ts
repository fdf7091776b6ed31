import { type ReadonlySignal, signal } from '@preact/signals';
import { texts } from '../language/language';
import type { Person } from '../net/contract';
import { nameList } from '../text/name-list';
import type { Cancel, Clock } from '../time/clock';

/** A person who typed is shown for this long. */
export const SHOWN_MS = 6_000;
/** The page reports typing at most this often. */
export const REPORT_MS = 3_000;

/** The people who type in a room, as one line. */
export class TypingPeople {
  private readonly people = new Map<string, { readonly name: string; readonly until: number }>();
  private readonly text = signal('');
  private timer: Cancel | undefined;

  constructor(private readonly clock: Clock) {}

  get line(): ReadonlySignal<string> {
    return this.text;
  }

  typed(person: Person): void {
    this.people.set(person.id, { name: person.name, until: this.clock.now() + SHOWN_MS });
    this.update();
  }

  /** The message arrived, so its author does not type it any more. */
  wrote(id: string): void {
    this.people.delete(id);
    this.update();
  }

  private update(): void {
    const now = this.clock.now();
    for (const [id, { until }] of this.people) if (until <= now) this.people.delete(id);
    const typing = [...this.people.values()];
    this.text.value = typingLine(typing.map((t) => t.name));
    this.timer?.();
    this.timer =
      typing.length === 0 ? undefined : this.clock.after(Math.min(...typing.map((t) => t.until)) - now, () => this.update());
  }
}

function typingLine(people: readonly string[]): string {
  if (people.length === 0) return '';
  if (people.length > 3) return texts.composer.several;
  return texts.composer.typing(nameList(people), people.length);
}

/** Reports one's own typing to the others, not with every key. */
export class TypingReporter {
  private reportedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly clock: Clock,
    private readonly report: () => void,
  ) {}

  typed(): void {
    const now = this.clock.now();
    if (now - this.reportedAt < REPORT_MS) return;
    this.reportedAt = now;
    this.report();
  }
}
