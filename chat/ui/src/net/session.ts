import type { Person, Refusal } from './contract';

/** What asking the server over HTTP came to. `offline` means that no answer came at all. */
export type SessionAnswer =
  | { readonly kind: 'in'; readonly me: Person }
  | { readonly kind: 'out' }
  | { readonly kind: 'refused'; readonly err: Refusal }
  | { readonly kind: 'offline' };

const HEADERS = { 'Content-Type': 'application/json', 'X-Natter': '1' };

/** Who am I, by the cookie? */
export function whoAmI(): Promise<SessionAnswer> {
  return ask('GET');
}

/** Take a name for the coming session. */
export function signIn(name: string): Promise<SessionAnswer> {
  return ask('POST', JSON.stringify({ name }));
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
      signal: AbortSignal.timeout(10_000),
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
