import { lateTexts } from '../language/language';
import { useList } from '../moderation/use-list';
import type { AdminSession } from '../net/admin-contract';
import { useStore } from '../store/context';
import { request } from '../store/request';
import { whenText } from '../time/when-text';
import { Table } from './Table';

/** The sessions of all people. An owner can end each of them. */
export function SessionsTable() {
  const store = useStore();
  const { list, problem, reload } = useList<AdminSession>(async () => {
    const answer = await store.server.ask('admin.sessions', {});
    return answer.ok === true ? answer.sessions : answer.err.message;
  });
  const end = async (id: string) => {
    await request(store, 'admin.end_session', { id });
    await reload();
  };
  return (
    <Table
      caption={lateTexts.adminSessions.caption}
      columns={lateTexts.adminSessions.columns}
      rows={list}
      problem={problem}
      empty={lateTexts.adminSessions.empty}
      keyOf={(session) => session.id}
      testId="admin-session"
      cells={(session) => [
        <bdi>{session.person.name}</bdi>,
        session.label || lateTexts.adminSessions.browser,
        session.address ?? lateTexts.adminSessions.unknown,
        whenText(session.created_at),
        whenText(session.used_at),
        session.mine ? (
          <span class="tag">{lateTexts.adminSessions.mine}</span>
        ) : (
          <button type="button" class="secondary" aria-label={lateTexts.adminSessions.endOf(session.person.name, session.label || lateTexts.adminSessions.browser)} data-testid="end-session" onClick={() => void end(session.id)}>
            {lateTexts.adminSessions.end}
          </button>
        ),
      ]}
    />
  );
}
