import { texts } from '../language/language';
import type { Cancel, Clock } from '../time/clock';

/** A screen reader gets at most one line in this time. */
export const PAUSE_MS = 2_000;

/** Gives the messages of others to screen readers. In a busy room it gives only their number. */
export class Announcer {
  private waiting: string[] = [];
  private pause: Cancel | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly speak: (line: string) => void,
  ) {}

  message(author: string, text: string): void {
    const short = text.length > 200 ? `${text.slice(0, 200)}…` : text;
    this.waiting.push(`${author}: ${short}`);
    if (!this.pause) this.flush();
  }

  private flush(): void {
    const [only] = this.waiting;
    if (only === undefined) {
      this.pause = undefined;
      return;
    }
    this.speak(this.waiting.length === 1 ? only : texts.common.newMessages(this.waiting.length));
    this.waiting = [];
    this.pause = this.clock.after(PAUSE_MS, () => this.flush());
  }
}
