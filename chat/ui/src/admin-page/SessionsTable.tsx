import { useList } from '../moderation/use-list';
import type { AdminSession } from '../net/admin-contract';
import { useStore } from '../store/context';
import { whenText } from '../time/when-text';
import { Table } from './Table';

const TEXTS = {
  caption: 'The sessions that were used last',
  columns: ['Person', 'Browser', 'Address', 'Begun', 'Used', ''],
  empty: 'Nobody has a session.',
  browser: 'A browser',
  unknown: 'unknown',
  mine: 'this one',
  end: 'End',
  failed: 'The server does not answer.',
} as const;

/** The sessions of all people. An owner can end each of them. */
export function SessionsTable() {
  const { server, toast } = useStore();
  const { list, problem, reload } = useList<AdminSession>(async () => {
    const answer = await server.ask('admin.sessions', {});
    return answer.ok === true ? answer.sessions : answer.err.message;
  });
  const end = async (id: string) => {
    const answer = await server.ask('admin.end_session', { id }).catch(() => undefined);
    if (answer?.ok !== true) toast.show(answer?.err.message ?? TEXTS.failed);
    await reload();
  };
  return (
    <Table
      caption={TEXTS.caption}
      columns={TEXTS.columns}
      rows={list}
      problem={problem}
      empty={TEXTS.empty}
      keyOf={(session) => session.id}
      testId="admin-session"
      cells={(session) => [
        <bdi>{session.person.name}</bdi>,
        session.label || TEXTS.browser,
        session.address ?? TEXTS.unknown,
        whenText(session.created_at),
        whenText(session.used_at),
        session.mine ? (
          <span class="tag">{TEXTS.mine}</span>
        ) : (
          <button type="button" class="secondary" aria-label={`${TEXTS.end}: ${session.person.name}, ${session.label || TEXTS.browser}`} data-testid="end-session" onClick={() => void end(session.id)}>
            {TEXTS.end}
          </button>
        ),
      ]}
    />
  );
}
