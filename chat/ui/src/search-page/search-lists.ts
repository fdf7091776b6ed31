import { SearchList } from '../search/search-list';
import type { ChatStore } from '../store/chat-store';
import { systemClock } from '../time/clock';

const lists = new WeakMap<ChatStore, { readonly me: string; readonly list: SearchList }>();

/** The search of the person. It stays while the person visits a result, so that Back shows the results again. */
export function searchListOf(store: ChatStore): SearchList {
  const me = store.session.me.peek()?.id ?? '';
  const known = lists.get(store);
  if (known?.me === me) return known.list;
  const list = new SearchList({
    clock: systemClock,
    ask: (query) => store.server.ask('search', query),
    person: (name) => findPerson(store, name),
    room: (name) => findRoom(store, name),
  });
  lists.set(store, { me, list });
  return list;
}

const same = (a: string, b: string) => a.localeCompare(b, undefined, { sensitivity: 'accent' }) === 0;

async function findPerson(store: ChatStore, name: string): Promise<string | undefined> {
  const me = store.session.me.peek();
  if (me && (same(name, 'me') || same(name, me.name))) return me.id;
  const known = store.knownPeople().find((person) => same(person.name, name));
  if (known) return known.id;
  const asked = await store.actions.findPeople(name);
  return (asked.find((person) => same(person.name, name)) ?? asked[0])?.id;
}

function findRoom(store: ChatStore, name: string): string | undefined {
  return store.rooms.all.peek().find((room) => {
    const { slug } = room.info;
    return (slug.peek() !== undefined && same(slug.peek() ?? '', name)) || same(room.name.peek(), name);
  })?.id;
}
