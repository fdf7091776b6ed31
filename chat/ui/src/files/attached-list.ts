import type { KeyValueStorage } from '../browser/key-value-storage';
import type { Person } from '../net/contract';
import type { OutgoingFile } from '../outbox/entry';
import type { AttachedList } from './attachments';

const PREFIX = 'attached.';

interface Kept {
  /** A person can have another id in the next session, and finds the files again by name. */
  readonly name: string;
  readonly files: readonly OutgoingFile[];
}

/** The lists of attached files in the storage of the tab, one for each person and room. No person reads another's. */
export function attachedList(tab: KeyValueStorage): AttachedList {
  let owner: Person | undefined;
  const key = (room: string) => `${PREFIX}${owner?.id ?? ''}.${room}`;
  const store = (room: string, files: readonly OutgoingFile[]) => {
    if (owner) tab.set(key(room), files.length === 0 ? undefined : JSON.stringify({ name: owner.name, files } satisfies Kept));
  };
  return {
    begin(person) {
      owner = person;
      const rooms = new Map<string, readonly OutgoingFile[]>();
      for (const each of tab.keys()) {
        if (!each.startsWith(PREFIX)) continue;
        const [id = '', ...rest] = each.slice(PREFIX.length).split('.');
        const room = rest.join('.');
        const { name, files } = parse(tab.get(each));
        if (id !== person.id) tab.set(each, undefined);
        if (id !== person.id && (name !== person.name || rooms.has(room))) continue;
        rooms.set(room, files);
        if (id !== person.id) store(room, files);
      }
      return rooms;
    },
    write: store,
    clear() {
      const own = key('');
      if (owner) for (const each of tab.keys()) if (each.startsWith(own)) tab.set(each, undefined);
      owner = undefined;
    },
  };
}

/** The tokens of all files that this tab has attached. */
export function attachedTokens(tab: KeyValueStorage): string[] {
  const own = tab.keys().filter((key) => key.startsWith(PREFIX));
  return own.flatMap((key) => parse(tab.get(key)).files.map(({ token }) => token));
}

function parse(value: string | undefined): Kept {
  try {
    return JSON.parse(value ?? '') as Kept;
  } catch {
    return { name: '', files: [] };
  }
}
