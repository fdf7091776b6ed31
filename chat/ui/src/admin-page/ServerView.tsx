import { BASE } from '../browser/base-path';
import { fileSize } from '../files/file-size';
import { lateTexts, texts } from '../language/language';
import { numberText } from '../language/plural';
import type { AdminStatus } from '../net/admin-contract';
import { wholeTime } from '../time/date-format';
import { useStatus } from './use-status';

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
      {!status && !problem && <p class="quiet">{texts.common.loading}</p>}
      {status && (
        <div data-testid="admin-server">
          <Facts title={lateTexts.adminServer.health} facts={health(status)} />
          <Facts title={lateTexts.adminServer.peopleTitle} facts={numbers(status)} />
          <Facts title={lateTexts.adminServer.storage} facts={storage(status)} />
          {status.admin_ui && (
            <p>
              <a href={`${BASE}/admin-ui/`} target="_blank" rel="noreferrer" data-testid="open-admin-ui">
                {lateTexts.adminServer.adminUi}
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
  const t = lateTexts.adminServer;
  return [
    [t.storing, status.trouble === undefined ? t.fine : t.trouble(status.trouble)],
    [t.since, wholeTime(status.started_at)],
    [t.waiting, numberText(status.waiting_writes)],
    [t.connections, numberText(status.sockets)],
  ];
}

function numbers({ totals, online }: AdminStatus): readonly Fact[] {
  const t = lateTexts.adminServer;
  return [
    [t.people, t.peopleCount(numberText(totals.people), numberText(totals.accounts))],
    [t.online, numberText(online)],
    [t.sessions, numberText(totals.sessions)],
    [t.rooms, t.roomCount(numberText(totals.rooms), numberText(totals.direct_rooms))],
    [t.messages, numberText(totals.messages)],
  ];
}

function storage(status: AdminStatus): readonly Fact[] {
  const t = lateTexts.adminServer;
  return [
    [t.database, fileSize(status.database_bytes)],
    [t.files, `${numberText(status.totals.files)}, ${fileSize(status.totals.file_bytes)}`],
    [t.free, status.free_bytes === undefined ? t.unknown : fileSize(status.free_bytes)],
    [t.lastBackup, status.last_backup_at === undefined ? t.never : wholeTime(status.last_backup_at)],
  ];
}
