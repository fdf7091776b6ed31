import type { Signal } from '@preact/signals';
import type { EntryLink } from '../net/entry-link';
import type { Dialogs } from './dialog';
import type { Standing } from './standing';

interface Parts {
  readonly entry: Signal<EntryLink | undefined>;
  readonly standing: Standing;
  readonly dialogs: Dialogs;
}

/** A person who came by a link and is in already: an account has no use for an invite. */
export function useEntry({ entry, standing, dialogs }: Parts): void {
  const link = entry.peek();
  if (link === undefined) return;
  if (link.kind === 'invite' && standing.you.peek()?.account === true) entry.value = undefined;
  else if (dialogs.current.peek() === undefined) dialogs.show({ kind: 'account' });
}
