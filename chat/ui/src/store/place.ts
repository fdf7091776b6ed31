import { BASE } from '../browser/base-path';

/** The pages that are no rooms. */
export const PAGES = ['mentions', 'search', 'saved', 'scheduled', 'admin'] as const;
export type PageKind = (typeof PAGES)[number];

/** A place of the page, as its address names it. */
export type Place =
  /** The list of rooms on a small screen, and the last room on a wider one. */
  | { readonly kind: 'home' }
  | { readonly kind: PageKind }
  /** A public or private room by its slug, or a message in it. */
  | { readonly kind: 'room'; readonly key: string; readonly seq?: number }
  /** Direct messages: the other person's id, or the id of a group. */
  | { readonly kind: 'direct'; readonly key: string; readonly seq?: number };

export const HOME: Place = { kind: 'home' };

const ADDRESS = /^\/([rd])\/([^/]+)(?:\/([1-9][0-9]{0,14}))?\/?$/;

/** The place of an address such as `/r/general/12`. Any other address is home. */
export function parsePlace(address: string): Place {
  const path = address.slice(BASE.length);
  const page = PAGES.find((kind) => path === `/${kind}`);
  if (page) return { kind: page };
  const [, type, key, seq] = ADDRESS.exec(path) ?? [];
  const decoded = key === undefined ? undefined : decode(key);
  if (decoded === undefined) return HOME;
  return { kind: type === 'r' ? 'room' : 'direct', key: decoded, ...(seq === undefined ? {} : { seq: Number(seq) }) };
}

export function addressOf(place: Place): string {
  if (!('key' in place)) return `${BASE}/${place.kind === 'home' ? '' : place.kind}`;
  const message = place.seq === undefined ? '' : `/${place.seq}`;
  return `${BASE}/${place.kind === 'room' ? 'r' : 'd'}/${encodeURIComponent(place.key)}${message}`;
}

/** The same place, with or without a message. */
export function samePlace(a: Place, b: Place): boolean {
  return a.kind === b.kind && ('key' in a ? a.key : '') === ('key' in b ? b.key : '');
}

function decode(key: string): string | undefined {
  try {
    return decodeURIComponent(key);
  } catch {
    return undefined;
  }
}
