import { useEffect, useRef, useState } from 'preact/hooks';
import { Avatar } from '../design/Avatar';
import { lateTexts, texts } from '../language/language';
import { numberText } from '../language/plural';
import type { AdminPerson } from '../net/admin-contract';
import type { Role } from '../net/contract';
import { useStore } from '../store/context';
import { whenText } from '../time/when-text';
import { DeletePerson } from './DeletePerson';
import { Table } from './Table';

const ROLES: readonly Role[] = ['owner', 'moderator', 'member', 'guest'];
/** After the last key. */
const SEARCH_MS = 250;

/** All people, by name and role. Owners can delete a person. */
export function PeopleTable() {
  const { server, standing, dialogs, session } = useStore();
  const [query, setQuery] = useState('');
  const [role, setRole] = useState<Role | ''>('');
  const [people, setPeople] = useState<readonly AdminPerson[] | undefined>(undefined);
  const [more, setMore] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [removing, setRemoving] = useState<AdminPerson | undefined>(undefined);
  const newest = useRef(0);

  const load = async (skip: number) => {
    const asked = ++newest.current;
    const answer = await server.ask('admin.people', { q: query, ...(role && { role }), skip }).catch(() => undefined);
    if (asked !== newest.current) return;
    if (answer?.ok !== true) {
      setProblem(answer?.err.message ?? lateTexts.adminPeople.notLoaded);
      return;
    }
    setProblem(undefined);
    setMore(answer.more);
    setPeople((before) => (skip === 0 ? answer.people : [...(before ?? []), ...answer.people]));
  };
  const open = dialogs.current.value !== undefined || removing !== undefined;
  useEffect(() => {
    if (open) return undefined;
    const timer = setTimeout(() => void load(0), people === undefined ? 0 : SEARCH_MS);
    return () => clearTimeout(timer);
  }, [query, role, open]);

  return (
    <>
      <form class="admin-filter" role="search" onSubmit={(event) => event.preventDefault()}>
        <label class="labelled">
          <span>{lateTexts.adminPeople.search}</span>
          <input type="search" dir="auto" autocomplete="off" value={query} data-testid="admin-query" onInput={(event) => setQuery(event.currentTarget.value)} />
        </label>
        <label class="labelled">
          <span>{lateTexts.adminPeople.role}</span>
          <select value={role} data-testid="admin-role" onChange={(event) => setRole(event.currentTarget.value as Role | '')}>
            <option value="">{lateTexts.adminPeople.allRoles}</option>
            {ROLES.map((each) => (
              <option key={each} value={each}>
                {lateTexts.person.roles[each]}
              </option>
            ))}
          </select>
        </label>
      </form>
      <Table
        caption={lateTexts.adminPeople.caption}
        columns={lateTexts.adminPeople.columns}
        rows={people}
        problem={problem}
        empty={lateTexts.adminPeople.empty}
        keyOf={(person) => person.id}
        testId="admin-person"
        cells={(person) => [
          <span class="admin-person">
            <Avatar person={person} small />
            <bdi>{person.name}</bdi>
          </span>,
          <>
            {lateTexts.person.roles[person.role]}
            {person.banned && <span class="tag">{lateTexts.adminPeople.banned}</span>}
            {(person.muted_until ?? 0) > Date.now() && <span class="tag">{lateTexts.adminPeople.muted}</span>}
          </>,
          person.online ? texts.common.online : person.seen_at === undefined ? lateTexts.adminPeople.neverSeen : whenText(person.seen_at),
          numberText(person.sessions),
          <span class="admin-actions">
            <button type="button" class="secondary" aria-label={lateTexts.adminPeople.manageNamed(person.name)} data-testid="manage" onClick={() => dialogs.show({ kind: 'person', person })}>
              {lateTexts.adminPeople.manage}
            </button>
            {standing.owner.value && person.id !== session.me.value?.id && (
              <button type="button" class="secondary danger" aria-label={lateTexts.adminPeople.deleteNamed(person.name)} data-testid="delete-person" onClick={() => setRemoving(person)}>
                {texts.common.delete}
              </button>
            )}
          </span>,
        ]}
      />
      {more && (
        <button type="button" class="secondary" onClick={() => void load(people?.length ?? 0)}>
          {lateTexts.adminPeople.more}
        </button>
      )}
      {removing && <DeletePerson person={removing} onClose={() => setRemoving(undefined)} />}
    </>
  );
}
