import { useStore } from '../store/context';
import type { Theme } from '../store/preferences';
import { Avatar } from '../design/Avatar';
import { Icon } from '../design/Icon';
import { Menu } from '../design/Menu';

const THEMES: readonly [Theme, string][] = [
  ['auto', 'Auto'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

export function AccountMenu({ showShortcuts }: { showShortcuts: () => void }) {
  const { session, outbox, connection, preferences, standing, dialogs } = useStore();
  const person = session.me.value;
  if (!person) return <div class="me" />;

  const go = () => {
    const waiting = outbox.entries.value.filter((e) => e.state !== 'sent').length;
    const question = waiting === 1 ? 'A message is not sent yet and will stay behind.' : `${waiting} messages are not sent yet and will stay behind.`;
    if (waiting === 0 || confirm(`${question} Leave anyway?`)) void session.leave();
  };

  return (
    <div class="me">
      <Menu
        label="Settings"
        named
        buttonClass="me-button"
        testId="me"
        trigger={
          <>
            <Avatar person={person} small />
            <bdi>{person.name}</bdi>
            <span class="visually-hidden">: settings</span>
            <Icon name="more" />
          </>
        }
      >
        {(close) => {
          const choose = (run: () => void) => () => {
            close();
            run();
          };
          return (
            <>
              <fieldset class="themes">
                <legend>Appearance</legend>
                {THEMES.map(([value, label]) => (
                  <label key={value}>
                    <input type="radio" name="theme" value={value} checked={preferences.theme.value === value} onChange={() => preferences.setTheme(value)} />
                    <span>{label}</span>
                  </label>
                ))}
              </fieldset>
              <button type="button" onClick={choose(() => dialogs.show({ kind: 'account' }))} data-testid="open-account">
                <Icon name="person" size={18} />
                {standing.you.value?.account ? 'Your account' : 'Profile and password'}
              </button>
              <button type="button" onClick={choose(() => dialogs.show({ kind: 'notifications' }))} data-testid="open-notifications">
                <Icon name="bell" size={18} />
                Notifications
              </button>
              {standing.moderator.value && (
                <button type="button" onClick={choose(() => dialogs.show({ kind: 'place' }))} data-testid="open-place">
                  <Icon name="shield" size={18} />
                  Invites and rules
                </button>
              )}
              <button type="button" onClick={choose(showShortcuts)}>
                <Icon name="keys" size={18} />
                Keyboard
              </button>
              <button type="button" disabled={!connection.online.value} onClick={choose(go)} data-testid="leave">
                <Icon name="leave" size={18} />
                {standing.you.value?.account ? 'Sign out' : 'Leave'}
              </button>
            </>
          );
        }}
      </Menu>
    </div>
  );
}
