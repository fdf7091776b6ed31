/** Tells the other tabs of this browser that the outbox changed. */
export function tabChannel(name: string, heard: () => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {};
  const channel = new BroadcastChannel(name);
  channel.onmessage = heard;
  return () => channel.postMessage('changed');
}
