import type { Cancel, Clock } from '../net/clock';

/** A screen reader gets at most a line in so many milliseconds. */
export const PAUSE_MS = 2_000;

/** Reads out what others write, gathered so that a busy room does not talk without end. */
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
    this.speak(this.waiting.length === 1 ? only : `${this.waiting.length} new messages`);
    this.waiting = [];
    this.pause = this.clock.after(PAUSE_MS, () => this.flush());
  }
}
