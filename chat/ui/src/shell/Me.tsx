import { useRef } from 'preact/hooks';
import { setTheme, type Theme, theme } from '../app/local';
import { entries, leave, me, online } from '../app/natter';
import { Avatar } from '../look/Avatar';
import { Icon } from '../look/Icon';
import { showKeys } from './keys';

const THEMES: readonly [Theme, string][] = [
  ['auto', 'Auto'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

export function Me() {
  const menu = useRef<HTMLDivElement>(null);
  const person = me.value;
  if (!person) return <div class="me" />;

  const close = () => menu.current?.hidePopover();
  const go = () => {
    close();
    const waiting = entries.value.filter((e) => e.state !== 'sent').length;
    const question = waiting === 1 ? 'A message is not sent yet and will stay behind.' : `${waiting} messages are not sent yet and will stay behind.`;
    if (waiting === 0 || confirm(`${question} Leave anyway?`)) void leave();
  };

  return (
    <div class="me">
      <button type="button" class="me-button" popovertarget="me-menu" aria-label={`${person.name}: settings`} data-testid="me">
        <Avatar person={person} small />
        <bdi>{person.name}</bdi>
        <Icon name="more" />
      </button>
      <div ref={menu} id="me-menu" class="menu" popover="auto">
        <fieldset class="themes">
          <legend>Appearance</legend>
          {THEMES.map(([value, label]) => (
            <label key={value}>
              <input type="radio" name="theme" value={value} checked={theme.value === value} onChange={() => setTheme(value)} />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        <button
          type="button"
          onClick={() => {
            close();
            showKeys();
          }}
        >
          <Icon name="keys" size={18} />
          Keyboard
        </button>
        <button type="button" disabled={!online.value} onClick={go} data-testid="leave">
          <Icon name="leave" size={18} />
          Leave
        </button>
      </div>
    </div>
  );
}
