import type { Banned } from '../net/contract';
import { useStore } from '../store/context';
import { whenText } from '../time/when-text';
import { useList } from './use-list';

/** People who are banned, each with a button that takes the ban back. */
export function Bans() {
  const { server, toast } = useStore();
  const { list, problem, reload } = useList<Banned>(async () => {
    const answer = await server.ask('bans', {});
    return answer.ok === true ? answer.people : answer.err.message;
  });
  const unban = async (person: string) => {
    const answer = await server.ask('mod.unban', { person }).catch(() => undefined);
    if (answer?.ok !== true) toast.show(answer?.err.message ?? 'The server does not answer.');
    await reload();
  };
  return (
    <>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <ul class="lines" aria-label="Bans" aria-busy={list === undefined}>
        {list?.map(({ person, reason, by_name, banned_at, ends_at }) => (
          <li key={person.id} data-testid="banned">
            <span>
              <b dir="auto">{person.name}</b>
              <small>
                by {by_name} {whenText(banned_at)}
                {ends_at !== undefined && ` · ends ${whenText(ends_at)}`}
                {reason && ` · ${reason}`}
              </small>
            </span>
            <button type="button" class="secondary" data-testid="unban" onClick={() => void unban(person.id)}>
              Unban
            </button>
          </li>
        ))}
      </ul>
      {list?.length === 0 && <p class="quiet">Nobody is banned.</p>}
    </>
  );
}
