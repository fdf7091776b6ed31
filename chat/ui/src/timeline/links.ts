export type Piece = string | { readonly href: string; readonly text: string };

/** Only these become links; anything else stays text. */
const CANDIDATE = /(?:https?:\/\/|www\.|mailto:)[^\s<>"“”«»]+/giu;
const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Splits text into plain pieces and links to http, https and mailto addresses. */
export function linkify(text: string): Piece[] {
  const out: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const start = match.index;
    // A word that runs into the address ("xhttp://…") is no address.
    if (start > 0 && /[\p{L}\p{N}_]/u.test(text.charAt(start - 1))) continue;
    const address = trimEnd(match[0]);
    const href = toHref(address);
    if (!href) continue;
    if (start > from) out.push(text.slice(from, start));
    out.push({ href, text: address });
    from = start + address.length;
  }
  if (from < text.length) out.push(text.slice(from));
  return out;
}

/** Punctuation that ends the sentence is not part of the address; brackets are, as long as they are balanced. */
function trimEnd(address: string): string {
  for (let end = address.length; end > 0; end--) {
    const kept = address.slice(0, end);
    const last = kept.charAt(end - 1);
    const opener = CLOSERS[last];
    const loose = opener !== undefined && count(kept, last) > count(kept, opener);
    if (!loose && !/[.,;:!?'"’…*_]/u.test(last)) return kept;
  }
  return '';
}

function toHref(address: string): string | undefined {
  try {
    const url = new URL(/^www\./i.test(address) ? `https://${address}` : address);
    if (url.protocol === 'mailto:') return url.pathname.includes('@') ? url.href : undefined;
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
    return url.hostname.includes('.') || url.hostname === 'localhost' || url.hostname.startsWith('[') ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}
