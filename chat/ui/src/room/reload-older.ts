import type { Answer, HistoryPage } from '../net/contract';
import { MAX_SHOWN } from './message-window';
import type { RoomLog } from './room-log';

const PAGE = 100;

/**
 * The server left out the changes between the loaded messages and a new page, so messages before `from` may be
 * outdated. Loads them again, newest first, as many as the page can show. Forgets the others.
 */
export async function reloadOlder(
  log: RoomLog,
  from: number,
  ask: (before: number, limit: number) => Promise<Answer<HistoryPage>>,
): Promise<void> {
  const old = log.messages.filter((m) => m.seq < from);
  const first = old[0]?.seq;
  let before = (old.at(-1)?.seq ?? 0) + 1;
  for (let loaded = 0; first !== undefined && before > first && loaded < MAX_SHOWN; loaded += PAGE) {
    const answer = await ask(before, PAGE).catch(() => undefined);
    const oldest = answer?.ok === true ? answer.messages[0]?.seq : undefined;
    if (answer?.ok !== true || oldest === undefined) break;
    log.history(answer.messages.filter((m) => m.seq >= first));
    before = oldest;
  }
  log.forgetBefore(before);
}
