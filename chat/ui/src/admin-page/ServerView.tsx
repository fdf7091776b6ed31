import { BASE } from '../browser/base-path';
import { fileSize } from '../files/file-size';
import type { AdminStatus } from '../net/admin-contract';
import { wholeTime } from '../time/date-format';
import { useStatus } from './use-status';

const TEXTS = {
  loading: 'Loading…',
  health: 'Health',
  people: 'People and messages',
  storage: 'Storage',
  fine: 'The server can store messages.',
  trouble: 'The server cannot store messages',
  never: 'never by the command backup',
  unknown: 'unknown',
  adminUi: 'Open the Socket.IO Admin UI',
} as const;

/** The state of the server: health, numbers, and storage. */
export function ServerView() {
  const { status, problem } = useStatus();
  return (
    <>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {!status && !problem && <p class="quiet">{TEXTS.loading}</p>}
      {status && (
        <div data-testid="admin-server">
          <Facts title={TEXTS.health} facts={health(status)} />
          <Facts title={TEXTS.people} facts={numbers(status)} />
          <Facts title={TEXTS.storage} facts={storage(status)} />
          {status.admin_ui && (
            <p>
              <a href={`${BASE}/admin-ui/`} target="_blank" rel="noreferrer" data-testid="open-admin-ui">
                {TEXTS.adminUi}
              </a>
            </p>
          )}
        </div>
      )}
    </>
  );
}

type Fact = readonly [string, string];

function Facts({ title, facts }: { title: string; facts: readonly Fact[] }) {
  return (
    <section class="facts">
      <h2>{title}</h2>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function health(status: AdminStatus): readonly Fact[] {
  return [
    ['Storing', status.trouble === undefined ? TEXTS.fine : `${TEXTS.trouble} (${status.trouble}).`],
    ['Running since', wholeTime(status.started_at)],
    ['Writes that wait', String(status.waiting_writes)],
    ['Open connections', String(status.sockets)],
  ];
}

function numbers({ totals, online }: AdminStatus): readonly Fact[] {
  return [
    ['People', `${totals.people}, ${totals.accounts} with an account`],
    ['Online', String(online)],
    ['Sessions', String(totals.sessions)],
    ['Rooms', `${totals.rooms}, and ${totals.direct_rooms} direct ones and groups`],
    ['Messages', String(totals.messages)],
  ];
}

function storage(status: AdminStatus): readonly Fact[] {
  return [
    ['Database', fileSize(status.database_bytes)],
    ['Files', `${status.totals.files}, ${fileSize(status.totals.file_bytes)}`],
    ['Free on the disk', status.free_bytes === undefined ? TEXTS.unknown : fileSize(status.free_bytes)],
    ['Last backup', status.last_backup_at === undefined ? TEXTS.never : wholeTime(status.last_backup_at)],
  ];
}
