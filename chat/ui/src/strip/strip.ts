/** The connection strip as a function of what happened and of the time: chat.md, "The screen", point 8. */

export type StripView =
  | { readonly kind: 'none' }
  | { readonly kind: 'connecting'; readonly first: boolean }
  | { readonly kind: 'restarting' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'update' }
  | { readonly kind: 'back'; readonly missed: number };

export interface LinkHistory {
  readonly up: boolean;
  /** When the line went down; at the start, when the page began to connect. */
  readonly downSince: number;
  /** The line was up at least once. */
  readonly everUp: boolean;
  /** The server said that it is about to stop. */
  readonly closing: boolean;
  readonly backSince: number | undefined;
  readonly missed: number;
  /** What the server said when it let this page not in. */
  readonly why: string | undefined;
}

export const QUIET_MS = 2_000;
export const OFFLINE_MS = 10_000;
export const BACK_MS = 3_000;

export function begin(now: number): LinkHistory {
  return { up: false, downSince: now, everUp: false, closing: false, backSince: undefined, missed: 0, why: undefined };
}

export function lost(link: LinkHistory, now: number): LinkHistory {
  return link.up ? { ...link, up: false, downSince: now, backSince: undefined } : link;
}

/** The server is there and does not let this page in; without `why` it is not heard of any more. */
export function refused(link: LinkHistory, why: string | undefined): LinkHistory {
  return link.up ? link : { ...link, why };
}

export function closing(link: LinkHistory): LinkHistory {
  return { ...link, closing: true };
}

/** The line is up and `missed` messages of others came with it. Nothing is said if nothing was said before. */
export function restored(link: LinkHistory, now: number, missed: number): LinkHistory {
  const spoke = view(link, now).kind !== 'none' && link.everUp;
  return {
    up: true,
    downSince: now,
    everUp: true,
    closing: false,
    backSince: spoke ? now : undefined,
    missed,
    why: undefined,
  };
}

export function view(link: LinkHistory, now: number): StripView {
  if (link.up) {
    if (link.closing) return { kind: 'restarting' };
    const shown = link.backSince !== undefined && now - link.backSince < BACK_MS;
    return shown ? { kind: 'back', missed: link.missed } : { kind: 'none' };
  }
  const down = now - link.downSince;
  if (link.why !== undefined && down >= QUIET_MS) return { kind: 'refused', why: link.why };
  if (down >= OFFLINE_MS) return { kind: 'offline' };
  if (link.closing) return { kind: 'restarting' };
  if (down >= QUIET_MS) return { kind: 'connecting', first: !link.everUp };
  return { kind: 'none' };
}

/** Milliseconds until the view changes by time alone; undefined when only an event can change it. */
export function nextChange(link: LinkHistory, now: number): number | undefined {
  const marks = link.up
    ? [link.backSince === undefined ? undefined : link.backSince + BACK_MS]
    : [link.downSince + QUIET_MS, link.downSince + OFFLINE_MS];
  const ahead = marks.filter((at): at is number => at !== undefined && at > now);
  return ahead.length === 0 ? undefined : Math.min(...ahead) - now;
}
