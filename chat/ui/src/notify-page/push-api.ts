import { request } from '../net/session-api';

/** Why push messages cannot be turned on here. */
export type PushTrouble = 'insecure' | 'unsupported' | 'denied' | 'refused' | 'offline';

interface PushState {
  readonly key: string;
  readonly on: boolean;
}

/** Whether this browser gets push messages of this session; a trouble if it cannot. */
export async function pushState(): Promise<boolean | PushTrouble> {
  if (!isSecureContext) return 'insecure';
  if (!('serviceWorker' in navigator) || !('PushManager' in globalThis)) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const { status, json } = await request<PushState>('/api/push', 'GET');
  if (status !== 200) return 'offline';
  const registration = await navigator.serviceWorker.ready;
  return json.on === true && (await registration.pushManager.getSubscription()) !== null;
}

/** Subscribes this browser. Resolves with undefined when it is done. */
export async function turnOn(): Promise<PushTrouble | undefined> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  const { json } = await request<PushState>('/api/push', 'GET');
  if (!json.key) return 'offline';
  try {
    const { pushManager } = await navigator.serviceWorker.ready;
    // A subscription for another server's key is of no use.
    await (await pushManager.getSubscription())?.unsubscribe();
    const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: json.key });
    const { status } = await request('/api/push', 'POST', subscription.toJSON());
    return status === 204 ? undefined : status === 0 ? 'offline' : 'refused';
  } catch {
    return 'refused';
  }
}

/** Ends the subscription, here and at the server. Resolves with true when the server knows. */
export async function turnOff(): Promise<boolean> {
  const registration = await navigator.serviceWorker.ready;
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  return (await request('/api/push', 'DELETE')).status === 204;
}

/** Sends a test. Resolves with true when the push service took it; the notification then comes by itself. */
export async function testPush(): Promise<boolean> {
  return (await request<{ taken: boolean }>('/api/push/test', 'POST', {})).json.taken === true;
}
