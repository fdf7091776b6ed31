import { computed, type ReadonlySignal, signal } from '@preact/signals';

/** Does a person look at the page, and does the browser have a network? `watchAttention` keeps it up to date. */
export class Attention {
  /** The page is visible and has the focus. */
  readonly attentive = signal(false);
  /** The browser reports that there is no network. */
  readonly networkOffline = signal(false);

  /** The person looks at a part of the page. */
  on(shown: () => boolean): ReadonlySignal<boolean> {
    return computed(() => this.attentive.value && shown());
  }
}
