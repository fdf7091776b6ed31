import { BASE } from '../browser/base-path';
import { translated } from '../language/language';
import type { Person, Place, Refusal } from './contract';

/** The server's answer about a session, over HTTP. `offline`: there was no answer. */
export type SessionAnswer =
  | { readonly kind: 'in'; readonly me: Person }
  /** There is no session. `place`: who may join. */
  | { readonly kind: 'out'; readonly place?: Place }
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
  return askSession('/api/session', 'GET');
}

/**
 * Starts a session under a name. `device` identifies this browser. A second sign-in with the same `device` returns the
 * same session, so that a lost answer or a lost cookie does no harm.
 */
export function signIn(name: string, device: string): Promise<SessionAnswer> {
  return askSession('/api/session', 'POST', { name, device });
}

export async function signOut(): Promise<boolean> {
  try {
    return (await fetch(`${BASE}/api/session`, { method: 'DELETE', headers: HEADERS })).ok;
  } catch {
    return false;
  }
}

/** A request that is answered with the person of a session. */
export async function askSession(path: string, method: 'GET' | 'POST', body?: unknown): Promise<SessionAnswer> {
  const { status, json } = await request<{ me?: Person; place?: Place }>(path, method, body);
  if (status === 200 && json.me) return { kind: 'in', me: json.me };
  if (status === 401) return { kind: 'out', ...(json.place && { place: json.place }) };
  if (json.err) return { kind: 'refused', err: json.err };
  return { kind: 'offline' };
}

/** A JSON request to the server. Status 0: there was no answer. */
export async function request<T>(
  path: string,
  method: 'GET' | 'POST' | 'DELETE',
  body?: unknown,
): Promise<{ status: number; json: Partial<T> & { err?: Refusal } }> {
  try {
    const response = await fetch(BASE + path, {
      method,
      headers: HEADERS,
      signal: AbortSignal.timeout(method === 'GET' ? 5_000 : 10_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = (text === '' ? {} : JSON.parse(text)) as Partial<T> & { err?: Refusal };
    return { status: response.status, json: json.err ? { ...json, err: translated(json.err) } : json };
  } catch {
    return { status: 0, json: {} };
  }
}
