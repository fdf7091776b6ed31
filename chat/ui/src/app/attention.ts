import { signal } from '@preact/signals';

/** Somebody looks at this page: it is visible and has the focus. */
export const attentive = signal(looking());

function looking(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

export function watchAttention(): void {
  const look = () => {
    attentive.value = looking();
  };
  document.addEventListener('visibilitychange', look);
  addEventListener('focus', look);
  addEventListener('blur', look);
}
