import { useEffect, useRef, useState } from 'preact/hooks';
import { Avatar } from '../design/Avatar';
import type { AdminPerson } from '../net/admin-contract';
import type { Role } from '../net/contract';
import { useStore } from '../store/context';
import { whenText } from '../time/when-text';
import { DeletePerson } from './DeletePerson';
import { Table } from './Table';

const TEXTS = {
  caption: 'All people',
  columns: ['Name', 'Role', 'Seen', 'Sessions', ''],
  empty: 'Nobody has this name and role.',
  search: 'Search by name',
  role: 'Role',
  all: 'All roles',
  online: 'online',
  never: 'no session',
  banned: 'banned',
  muted: 'muted',
  manage: 'Manage',
  remove: 'Delete',
  more: 'More people',
  failed: 'The list could not be loaded.',
} as const;
const ROLES: Readonly<Record<Role, string>> = { owner: 'Owner', moderator: 'Moderator', member: 'Member', guest: 'Guest' };
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
      setProblem(answer?.err.message ?? TEXTS.failed);
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
          <span>{TEXTS.search}</span>
          <input type="search" dir="auto" autocomplete="off" value={query} data-testid="admin-query" onInput={(event) => setQuery(event.currentTarget.value)} />
        </label>
        <label class="labelled">
          <span>{TEXTS.role}</span>
          <select value={role} data-testid="admin-role" onChange={(event) => setRole(event.currentTarget.value as Role | '')}>
            <option value="">{TEXTS.all}</option>
            {Object.entries(ROLES).map(([each, label]) => (
              <option key={each} value={each}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </form>
      <Table
        caption={TEXTS.caption}
        columns={TEXTS.columns}
        rows={people}
        problem={problem}
        empty={TEXTS.empty}
        keyOf={(person) => person.id}
        testId="admin-person"
        cells={(person) => [
          <span class="admin-person">
            <Avatar person={person} small />
            <bdi>{person.name}</bdi>
          </span>,
          <>
            {ROLES[person.role]}
            {person.banned && <span class="tag">{TEXTS.banned}</span>}
            {(person.muted_until ?? 0) > Date.now() && <span class="tag">{TEXTS.muted}</span>}
          </>,
          person.online ? TEXTS.online : person.seen_at === undefined ? TEXTS.never : whenText(person.seen_at),
          String(person.sessions),
          <span class="admin-actions">
            <button type="button" class="secondary" aria-label={`${TEXTS.manage} ${person.name}`} data-testid="manage" onClick={() => dialogs.show({ kind: 'person', person })}>
              {TEXTS.manage}
            </button>
            {standing.owner.value && person.id !== session.me.value?.id && (
              <button type="button" class="secondary danger" aria-label={`${TEXTS.remove} ${person.name}`} data-testid="delete-person" onClick={() => setRemoving(person)}>
                {TEXTS.remove}
              </button>
            )}
          </span>,
        ]}
      />
      {more && (
        <button type="button" class="secondary" onClick={() => void load(people?.length ?? 0)}>
          {TEXTS.more}
        </button>
      )}
      {removing && <DeletePerson person={removing} onClose={() => setRemoving(undefined)} />}
    </>
  );
}
