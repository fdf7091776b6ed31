import { BASE } from './base-path';

/** Registers the service worker, which opens the page without a network and shows push messages. */

const SCRIPT = `${BASE}/sw.js`;

/** Browsers have service workers in secure contexts only, and not in every private window. */
function container(): ServiceWorkerContainer | undefined {
  return navigator.serviceWorker as ServiceWorkerContainer | undefined;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL(url: string): string };
}

/** The page's policy takes the address of a script from a policy of ours only. */
function scriptAddress(): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  return types?.createPolicy('natter-worker', { createScriptURL: (url) => url }).createScriptURL(SCRIPT) ?? SCRIPT;
}

/** `opened`: a notification was clicked, and this tab shows its place. */
export function startServiceWorker(opened: (path: string) => void): void {
  const workers = container();
  if (!workers) return;
  workers.addEventListener('message', ({ data }: MessageEvent<{ kind?: string; path?: string } | null>) => {
    if (data?.kind === 'open' && typeof data.path === 'string') opened(data.path);
  });
  // Without it the page works as before, but only with a network.
  workers.register(scriptAddress()).catch(() => undefined);
}
