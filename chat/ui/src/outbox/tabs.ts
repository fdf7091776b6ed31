/** One tab sends: whoever holds the lock. Without Web Locks (plain http in a network) every tab does, and `cmid` keeps it single. */
export function lead(name: string, leading: () => void): void {
  if (!('locks' in navigator)) {
    leading();
    return;
  }
  void navigator.locks
    .request(name, () => {
      leading();
      return new Promise<never>(() => {});
    })
    .catch(leading);
}

/** Tells the other tabs of this browser that the outbox changed. */
export function tabChannel(name: string, heard: () => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {};
  const channel = new BroadcastChannel(name);
  channel.onmessage = heard;
  return () => channel.postMessage('changed');
}
