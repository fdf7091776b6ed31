import { type ReadonlySignal, signal } from '@preact/signals';
import type { Cancel, Clock } from '../time/clock';

/** A sentence is shown for this long. */
export const SHOWN_MS = 6_000;
/** The time in which an action can be undone. */
export const UNDO_MS = 5_000;

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

/** One short sentence about what just happened, at the edge of the page, perhaps with a way to undo it. */
export class Toast {
  private readonly shown = signal('');
  private readonly offered = signal<ToastAction | undefined>(undefined);
  private timer: Cancel | undefined;

  constructor(private readonly clock: Clock) {}

  get text(): ReadonlySignal<string> {
    return this.shown;
  }

  get action(): ReadonlySignal<ToastAction | undefined> {
    return this.offered;
  }

  /** Shows the sentence; undefined shows nothing new. */
  show(sentence: string | undefined, action?: ToastAction): void {
    if (sentence === undefined) return;
    this.shown.value = sentence;
    this.offered.value = action;
    this.timer?.();
    this.timer = this.clock.after(action ? UNDO_MS : SHOWN_MS, () => this.hide());
  }

  hide(): void {
    this.timer?.();
    this.shown.value = '';
    this.offered.value = undefined;
  }
}
