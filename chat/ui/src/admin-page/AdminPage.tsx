import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../design/Icon';
import { lateTexts, texts } from '../language/language';
import '../mentions/mentions.css';
import { AuditLog } from '../moderation/AuditLog';
import { Bans } from '../moderation/Bans';
import '../moderation/moderation.css';
import { BackButton } from '../rooms/Header';
import { useStore } from '../store/context';
import './admin.css';
import { PeopleTable } from './PeopleTable';
import { RoomsTable } from './RoomsTable';
import { ServerView } from './ServerView';
import { SessionsTable } from './SessionsTable';
import { SettingsTable } from './SettingsTable';

/** The last field: only for owners. */
const TABS = [
  ['people', PeopleTable, false],
  ['bans', Bans, false],
  ['rooms', RoomsTable, true],
  ['sessions', SessionsTable, true],
  ['server', ServerView, true],
  ['settings', SettingsTable, true],
  ['audit', AuditLog, false],
] as const;

/** The administration of the whole place, in tabs. The arrow keys move between them. */
export function AdminPage() {
  const { standing, connection } = useStore();
  const title = useRef<HTMLHeadingElement>(null);
  const [open, setOpen] = useState<(typeof TABS)[number][0]>('people');
  useEffect(() => title.current?.focus(), []);
  const tabs = TABS.filter(([, , owners]) => !owners || standing.owner.value);
  const Shown = tabs.find(([key]) => key === open)?.[1] ?? PeopleTable;
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = tabs.findIndex(([key]) => key === open);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    setOpen(next[0]);
    document.getElementById(`admin-tab-${next[0]}`)?.focus();
  };
  return (
    <>
      <header class="header">
        <BackButton />
        <h1 ref={title} class="room-title" tabIndex={-1}>
          <Icon name="shield" size={18} />
          {texts.common.administration}
        </h1>
      </header>
      <div class="page-scroll admin" data-testid="admin">
        {standing.you.value === undefined ? (
          <p class="page-note">{texts.common.loading}</p>
        ) : !standing.moderator.value ? (
          <div class="empty" data-testid="admin-forbidden">
            <Icon name="lock" size={44} />
            <h2>{lateTexts.admin.forbidden}</h2>
            <p>{lateTexts.admin.forbiddenWhy}</p>
          </div>
        ) : (
          <>
            <div class="tabs" role="tablist" aria-label={texts.common.administration} onKeyDown={move}>
              {tabs.map(([key]) => (
                <button
                  key={key}
                  id={`admin-tab-${key}`}
                  type="button"
                  role="tab"
                  aria-selected={key === open}
                  aria-controls="admin-panel"
                  tabIndex={key === open ? 0 : -1}
                  data-testid={`admin-tab-${key}`}
                  onClick={() => setOpen(key)}
                >
                  {lateTexts.admin.tabs[key]}
                </button>
              ))}
            </div>
            <div id="admin-panel" class="admin-panel" role="tabpanel" tabIndex={0} aria-labelledby={`admin-tab-${open}`}>
              {connection.online.value && <Shown key={open} />}
            </div>
          </>
        )}
      </div>
    </>
  );
}
