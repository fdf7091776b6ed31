/** The text of the connection banner as a function of what happened and of the time. */

export type BannerState =
  | { readonly kind: 'none' }
  | { readonly kind: 'connecting'; readonly first: boolean }
  | { readonly kind: 'restarting' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'storage' }
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'update' }
  | { readonly kind: 'back'; readonly missed: number };

export interface ConnectionHistory {
  readonly up: boolean;
  /** The time when the connection was lost; at the start, when the page began to connect. */
  readonly downSince: number;
  /** The connection was up at least once. */
  readonly everUp: boolean;
  /** The server announced that it stops. */
  readonly closing: boolean;
  readonly backSince: number | undefined;
  readonly missed: number;
  /** The server's reason when it rejected the connection. */
  readonly reason: string | undefined;
}

/** Other facts that the banner depends on. */
export interface Surroundings {
  /** The browser reports that there is no network. */
  readonly networkOffline: boolean;
  /** The server could not store the last message that was sent. */
  readonly serverCannotStore: boolean;
}

const FINE: Surroundings = { networkOffline: false, serverCannotStore: false };

export const QUIET_MS = 2_000;
export const UNREACHABLE_MS = 10_000;
export const BACK_MS = 3_000;

export function begin(now: number): ConnectionHistory {
  return { up: false, downSince: now, everUp: false, closing: false, backSince: undefined, missed: 0, reason: undefined };
}

export function lost(history: ConnectionHistory, now: number): ConnectionHistory {
  return history.up ? { ...history, up: false, downSince: now, backSince: undefined } : history;
}

/** The server rejected the connection; without a `reason` it did not answer. */
export function rejected(history: ConnectionHistory, reason: string | undefined): ConnectionHistory {
  return history.up ? history : { ...history, reason };
}

export function closing(history: ConnectionHistory): ConnectionHistory {
  return { ...history, closing: true };
}

/** Connected again, with `missed` messages of others. The banner reports it if it reported the loss. */
export function restored(history: ConnectionHistory, now: number, missed: number): ConnectionHistory {
  const reported = bannerState(history, now).kind !== 'none' && history.everUp;
  return {
    up: true,
    downSince: now,
    everUp: true,
    closing: false,
    backSince: reported ? now : undefined,
    missed,
    reason: undefined,
  };
}

export function bannerState(history: ConnectionHistory, now: number, surroundings = FINE): BannerState {
  if (history.up) {
    if (history.closing) return { kind: 'restarting' };
    if (surroundings.serverCannotStore) return { kind: 'storage' };
    const shown = history.backSince !== undefined && now - history.backSince < BACK_MS;
    return shown ? { kind: 'back', missed: history.missed } : { kind: 'none' };
  }
  const down = now - history.downSince;
  if (surroundings.networkOffline && down >= QUIET_MS) return { kind: 'offline' };
  if (history.reason !== undefined && down >= QUIET_MS) return { kind: 'rejected', reason: history.reason };
  if (down >= UNREACHABLE_MS) return { kind: 'unreachable' };
  if (history.closing) return { kind: 'restarting' };
  if (down >= QUIET_MS) return { kind: 'connecting', first: !history.everUp };
  return { kind: 'none' };
}

/** Milliseconds until time changes the banner; undefined when only an event can change it. */
export function nextChange(history: ConnectionHistory, now: number): number | undefined {
  const changes = history.up
    ? [history.backSince === undefined ? undefined : history.backSince + BACK_MS]
    : [history.downSince + QUIET_MS, history.downSince + UNREACHABLE_MS];
  const ahead = changes.filter((at): at is number => at !== undefined && at > now);
  return ahead.length === 0 ? undefined : Math.min(...ahead) - now;
}
