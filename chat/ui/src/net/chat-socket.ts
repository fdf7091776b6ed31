import { io, type Socket } from 'socket.io-client';
import { BASE } from '../browser/base-path';
import type { ClientEvents, ServerEvents } from './contract';

export type ChatSocket = Socket<ServerEvents, ClientEvents>;

/** A socket that `ServerConnection` opens and reopens; the client's own reconnection is off. */
export function createSocket(): ChatSocket {
  return io({ path: `${BASE}/socket.io`, autoConnect: false, reconnection: false, timeout: false, tryAllTransports: true } as object);
}

/** Aborts the polling request that waits for its answer. The client forgets that request without ending it. */
export function abortPollingRequest(socket: ChatSocket): () => void {
  const engine = socket.io.engine as { transport?: { pollXhr?: { _xhr?: XMLHttpRequest | null } } } | undefined;
  const request = engine?.transport?.pollXhr?._xhr;
  return () => request?.abort();
}

/** The reason in the server's answer to a failed polling request; undefined when the server gave none. */
export function rejectionReason(error: unknown): string | undefined {
  const body = (error as { context?: { responseText?: unknown } }).context?.responseText;
  if (typeof body !== 'string') return undefined;
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
