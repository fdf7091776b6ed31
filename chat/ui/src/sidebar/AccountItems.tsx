import { Icon } from '../design/Icon';
import { texts } from '../language/language';
import { useStore } from '../store/context';
import type { Theme } from '../store/preferences';

const themes = (): readonly [Theme, string][] => [
  ['auto', texts.sidebar.automatic],
  ['light', texts.sidebar.light],
  ['dark', texts.sidebar.dark],
];

/** The choices of the person's menu. */
export function AccountItems({ close, showShortcuts }: { close: () => void; showShortcuts: () => void }) {
  const { session, outbox, connection, preferences, standing, dialogs } = useStore();
  const choose = (run: () => void) => () => {
    close();
    run();
  };
  const go = () => {
    const waiting = outbox.entries.value.filter((e) => e.state !== 'sent').length;
    if (waiting === 0 || confirm(texts.sidebar.leaveAnyway(waiting))) void session.leave();
  };
  return (
    <>
      <fieldset class="themes">
        <legend>{texts.sidebar.appearance}</legend>
        {themes().map(([value, label]) => (
          <label key={value}>
            <input type="radio" name="theme" value={value} checked={preferences.theme.value === value} onChange={() => preferences.setTheme(value)} />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <button type="button" onClick={choose(() => dialogs.show({ kind: 'account' }))} data-testid="open-account">
        <Icon name="person" size={18} />
        {standing.you.value?.account ? texts.sidebar.account : texts.sidebar.profile}
      </button>
      <button type="button" onClick={choose(() => dialogs.show({ kind: 'notifications' }))} data-testid="open-notifications">
        <Icon name="bell" size={18} />
        {texts.common.notifications}
      </button>
      {standing.moderator.value && (
        <button type="button" onClick={choose(() => dialogs.show({ kind: 'place' }))} data-testid="open-place">
          <Icon name="shield" size={18} />
          {texts.sidebar.invites}
        </button>
      )}
      <button type="button" onClick={choose(showShortcuts)}>
        <Icon name="keys" size={18} />
        {texts.sidebar.keyboard}
      </button>
      <button type="button" disabled={!connection.online.value} onClick={choose(go)} data-testid="leave">
        <Icon name="leave" size={18} />
        {standing.you.value?.account ? texts.sidebar.signOut : texts.sidebar.leave}
      </button>
    </>
  );
}
