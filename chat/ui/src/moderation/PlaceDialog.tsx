import { useState } from 'preact/hooks';
import { Dialog } from '../design/Dialog';
import { lateTexts } from '../language/language';
import { useStore } from '../store/context';
import { AuditLog } from './AuditLog';
import { Bans } from './Bans';
import { Bots } from './Bots';
import { Invites } from './Invites';
import { JoinRules } from './JoinRules';
import { Webhooks } from './Webhooks';
import './integrations.css';
import './moderation.css';

const TABS = [
  ['invites', 'invites', Invites],
  ['rules', 'whoMayJoin', JoinRules],
  ['bans', 'bans', Bans],
  ['bots', 'bots', Bots],
  ['webhooks', 'webhooks', Webhooks],
  ['audit', 'audit', AuditLog],
] as const;

/** The settings and lists of moderators and owners, in tabs. The arrow keys move between them. */
export function PlaceDialog() {
  const { dialogs, navigation } = useStore();
  const [open, setOpen] = useState<(typeof TABS)[number][0]>('invites');
  const Shown = TABS.find(([key]) => key === open)?.[2] ?? Invites;
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = TABS.findIndex(([key]) => key === open);
    const next = TABS[(at + step + TABS.length) % TABS.length];
    if (!next) return;
    setOpen(next[0]);
    document.getElementById(`tab-${next[0]}`)?.focus();
  };
  return (
    <Dialog title={lateTexts.place.title} onClose={() => dialogs.close()} testId="place-dialog">
      <div class="tabs" role="tablist" aria-label={lateTexts.place.title} onKeyDown={move}>
        {TABS.map(([key, label]) => (
          <button
            key={key}
            id={`tab-${key}`}
            type="button"
            role="tab"
            aria-selected={key === open}
            aria-controls="tab-panel"
            tabIndex={key === open ? 0 : -1}
            data-testid={`tab-${key}`}
            onClick={() => setOpen(key)}
          >
            {lateTexts.place[label]}
          </button>
        ))}
      </div>
      <div id="tab-panel" class="tab-panel" role="tabpanel" aria-labelledby={`tab-${open}`}>
        <Shown />
      </div>
      <p>
        <button
          type="button"
          class="secondary"
          data-testid="open-admin"
          onClick={() => {
            dialogs.close();
            navigation.go({ kind: 'admin' });
          }}
        >
          {lateTexts.admin.open}
        </button>
      </p>
    </Dialog>
  );
}
