import { BASE } from './base-path';

/** Shows a notification of the desktop. Returns why it cannot be shown, or undefined. */
export function showNotification(
  { title, text, tag }: { title: string; text: string; tag: string },
  on: { readonly clicked?: () => void; readonly shown?: () => void; readonly failed?: () => void } = {},
): 'unsupported' | 'denied' | undefined {
  if (!('Notification' in globalThis)) return 'unsupported';
  if (Notification.permission !== 'granted') return 'denied';
  try {
    const notification = new Notification(title, { body: text, tag, icon: `${BASE}/favicon.svg` });
    notification.onclick = () => {
      focus();
      notification.close();
      on.clicked?.();
    };
    notification.onshow = () => on.shown?.();
    notification.onerror = () => on.failed?.();
    return undefined;
  } catch {
    // Browsers of phones show notifications of service workers only.
    return 'unsupported';
  }
}

/** Sets the number on the icon of an installed page, where browsers have one. */
export function setBadge(count: number): void {
  const { setAppBadge, clearAppBadge } = navigator as Partial<Navigator>;
  const done = count > 0 ? setAppBadge?.call(navigator, count) : clearAppBadge?.call(navigator);
  void done?.catch(() => undefined);
}
