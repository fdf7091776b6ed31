import { signal } from '@preact/signals';

/** Where the keyboard focus should go, and how a message got it. */
export class PageFocus {
  /** Rises when the composer should take the focus. */
  readonly composerRequests = signal(0);
  /** The focused message was reached by keyboard. After a click, letters are meant for the composer. */
  messageByKeyboard = false;

  requestComposer(): void {
    this.composerRequests.value++;
  }
}
