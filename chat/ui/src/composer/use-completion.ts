import { useMemo } from 'preact/hooks';
import { loadEmoji } from '../emoji/emoji-index';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { systemClock } from '../time/clock';
import { Completion, MOST_OPTIONS } from './completion';

/** The suggestions of the composer of a room: people of the page and of the server, and emoji. */
export function useCompletion(room: Room): Completion {
  const store = useStore();
  return useMemo(
    () =>
      new Completion({
        clock: systemClock,
        known: () => store.knownPeople().filter(({ id }) => id !== store.session.me.peek()?.id),
        findPeople: async (q) => {
          const answer = await store.server.ask('people', { q, limit: MOST_OPTIONS });
          return answer.ok === true ? answer.people : [];
        },
        findEmoji: async (query, most) => (await loadEmoji())?.search(query, most) ?? [],
      }),
    [store, room],
  );
}
