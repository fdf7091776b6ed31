import type { Signal } from '@preact/signals';

export interface AttentionSignals {
  /** The page is visible and has the focus. */
  readonly attentive: Signal<boolean>;
  /** The browser reports that there is no network. */
  readonly networkOffline: Signal<boolean>;
}

export interface PageEvents {
  /** The computer may have slept, or the network may have changed. */
  readonly wake: () => void;
  /** The person pressed a key, clicked or scrolled. */
  readonly acted: () => void;
}

/** Follows visibility, focus, network and input of this page. */
export function watchAttention(attention: AttentionSignals, events: PageEvents): void {
  const update = () => {
    attention.attentive.value = document.visibilityState === 'visible' && document.hasFocus();
    attention.networkOffline.value = !navigator.onLine;
  };
  update();
  for (const event of ['online', 'offline', 'focus', 'blur']) addEventListener(event, update);
  document.addEventListener('visibilitychange', update);
  for (const event of ['online', 'offline', 'focus']) addEventListener(event, events.wake);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') events.wake();
  });
  for (const event of ['keydown', 'pointerdown', 'wheel', 'touchmove']) {
    addEventListener(event, events.acted, { capture: true, passive: true });
  }
}
