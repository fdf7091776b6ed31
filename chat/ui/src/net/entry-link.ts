import { BASE } from '../browser/base-path';

/**
 * A link that leads into the place: an invite, or the owner's set-up. The secret stands behind the `#`. `openid`: the
 * browser comes back from the provider, and the token names what came of it.
 */
export interface EntryLink {
  readonly kind: 'invite' | 'setup' | 'openid';
  readonly token: string;
}

/** The link of an address's hash, such as `#invite=TOKEN`. */
export function parseEntry(hash: string): EntryLink | undefined {
  const [, kind, token] = /^#(invite|setup|openid)=([\w-]{10,64})$/.exec(hash) ?? [];
  return token === undefined ? undefined : { kind: kind as EntryLink['kind'], token };
}

export const inviteAddress = (origin: string, token: string) => `${origin}${BASE}/#invite=${token}`;
