import type { Person, Refusal } from './contract';

/** The server's answer about a session, over HTTP. `offline`: there was no answer. */
export type SessionAnswer =
  | { readonly kind: 'in'; readonly me: Person }
  | { readonly kind: 'out' }
  | { readonly kind: 'refused'; readonly err: Refusal }
  | { readonly kind: 'offline' };

export interface SessionApi {
  whoAmI(): Promise<SessionAnswer>;
  signIn(name: string, device: string): Promise<SessionAnswer>;
  /** Resolves with true when the session has ended. */
  signOut(): Promise<boolean>;
}

const HEADERS = { 'Content-Type': 'application/json', 'X-Natter': '1' };

/** Asks for the person of the session cookie. */
export function whoAmI(): Promise<SessionAnswer> {
  return ask('GET');
}

/**
 * Starts a session under a name. `device` identifies this browser. A second sign-in with the same `device` returns the
 * same session, so that a lost answer or a lost cookie does no harm.
 */
export function signIn(name: string, device: string): Promise<SessionAnswer> {
  return ask('POST', JSON.stringify({ name, device }));
}

export async function signOut(): Promise<boolean> {
  try {
    return (await fetch('/api/session', { method: 'DELETE', headers: HEADERS })).ok;
  } catch {
    return false;
  }
}

async function ask(method: 'GET' | 'POST', body?: string): Promise<SessionAnswer> {
  try {
    const response = await fetch('/api/session', {
      method,
      headers: HEADERS,
      signal: AbortSignal.timeout(method === 'GET' ? 5_000 : 10_000),
      ...(body === undefined ? {} : { body }),
    });
    const json = (await response.json()) as { me?: Person; err?: Refusal };
    if (response.ok && json.me) return { kind: 'in', me: json.me };
    if (response.status === 401) return { kind: 'out' };
    if (json.err) return { kind: 'refused', err: json.err };
    return { kind: 'offline' };
  } catch {
    return { kind: 'offline' };
  }
}
