import { lateTexts } from '../language/language';
import type { Banned } from '../net/contract';
import { useStore } from '../store/context';
import { request } from '../store/request';
import { whenText } from '../time/when-text';
import { useList } from './use-list';

/** People who are banned, each with a button that takes the ban back. */
export function Bans() {
  const store = useStore();
  const { list, problem, reload } = useList<Banned>(async () => {
    const answer = await store.server.ask('bans', {});
    return answer.ok === true ? answer.people : answer.err.message;
  });
  const unban = async (person: string) => {
    await request(store, 'mod.unban', { person });
    await reload();
  };
  return (
    <>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <ul class="lines" aria-label={lateTexts.place.bans} aria-busy={list === undefined}>
        {list?.map(({ person, reason, by_name, banned_at, ends_at }) => (
          <li key={person.id} data-testid="banned">
            <span>
              <b dir="auto">{person.name}</b>
              <small>
                {lateTexts.place.bannedBy(by_name, whenText(banned_at))}
                {ends_at !== undefined && ` · ${lateTexts.place.ends(whenText(ends_at))}`}
                {reason && ` · ${reason}`}
              </small>
            </span>
            <button type="button" class="secondary" data-testid="unban" onClick={() => void unban(person.id)}>
              {lateTexts.place.unban}
            </button>
          </li>
        ))}
      </ul>
      {list?.length === 0 && <p class="quiet">{lateTexts.place.noBans}</p>}
    </>
  );
}
