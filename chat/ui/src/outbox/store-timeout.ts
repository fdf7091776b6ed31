import type { Clock } from '../time/clock';
import type { EntryStore } from './entry';

/** A store call without an answer for this long fails. */
export const STORE_MS = 2_000;

/**
 * A store whose calls fail after a time limit, for a browser whose IndexedDB neither opens nor fails. While one call is
 * overdue, all others fail at once. Every call still reaches the store, so its content is right when it answers again;
 * `recovered` reports that.
 */
export function withTimeout(store: EntryStore, clock: Clock, recovered: () => void): EntryStore {
  let overdue = 0;
  const inTime = <T>(call: Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      let late = false;
      const giveUp = () => {
        late = true;
        overdue++;
        reject(new Error('the store does not answer'));
      };
      const cancel = overdue > 0 ? undefined : clock.after(STORE_MS, giveUp);
      if (!cancel) giveUp();
      const answered = (settle: () => void) => {
        cancel?.();
        if (!late) settle();
        else if (--overdue === 0) recovered();
      };
      call.then(
        (value) => answered(() => resolve(value)),
        (error: unknown) => answered(() => reject(error)),
      );
    });
  return {
    all: () => inTime(store.all()),
    add: (entry) => inTime(store.add(entry)),
    put: (entry) => inTime(store.put(entry)),
    remove: (key) => inTime(store.remove(key)),
  };
}
