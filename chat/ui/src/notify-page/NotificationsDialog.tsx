import { useEffect, useState } from 'preact/hooks';
import { playChime } from '../browser/chime';
import { showNotification } from '../browser/desktop-notification';
import { Dialog } from '../design/Dialog';
import type { NotifyLevel } from '../net/contract';
import { RoomIcon } from '../rooms/RoomIcon';
import { useStore } from '../store/context';
import { PushPart } from './PushPart';
import './notify.css';

const LEVELS: readonly [NotifyLevel, string][] = [
  ['all', 'All messages'],
  ['mentions', 'Mentions'],
  ['none', 'Nothing'],
];

type Permission = NotificationPermission | 'unsupported';

const permissionNow = (): Permission => ('Notification' in globalThis ? Notification.permission : 'unsupported');

const WHY: Record<Permission, string> = {
  granted: '',
  default: 'The browser will ask you whether this page may notify you.',
  denied: 'The browser blocks notifications of this page. Allow them in the settings of the site, beside its address.',
  unsupported: isSecureContext
    ? 'This browser cannot show notifications of a page.'
    : 'Browsers show notifications of pages with https only. Ask the administrator for such an address.',
};

/** How new messages are told, with tests of both ways, and the level of each room. */
export function NotificationsDialog() {
  const { dialogs, notify } = useStore();
  const [permission, setPermission] = useState<Permission>(permissionNow);
  const [result, setResult] = useState('');
  const [heard, setHeard] = useState('');
  useEffect(() => {
    const update = () => setPermission(permissionNow());
    addEventListener('focus', update);
    return () => removeEventListener('focus', update);
  }, []);

  const setDesktop = async (on: boolean) => {
    setResult('');
    if (on && permissionNow() === 'default') setPermission(await Notification.requestPermission());
    notify.setDesktop(on && permissionNow() === 'granted');
  };
  const test = () => {
    setResult('Waiting for the browser…');
    const refused = showNotification(
      { title: 'Natter', text: 'This is how a new message looks.', tag: 'natter-test' },
      {
        shown: () => setResult('Shown. If you see nothing, your system holds notifications back: look at its do-not-disturb mode.'),
        failed: () => setResult('The browser could not show it. Your system may not allow notifications of this browser.'),
      },
    );
    if (refused !== undefined) setResult(WHY[permissionNow()] || WHY.unsupported);
  };
  const listen = async () =>
    setHeard((await playChime()) ? 'Played. If you hear nothing, look at the volume and at the mute of this tab.' : 'The browser allows no sound here.');

  return (
    <Dialog title="Notifications" onClose={() => dialogs.close()} testId="notifications-dialog">
      <p class="notify-lead">Natter tells you of messages in rooms that you are not looking at.</p>
      <section class="notify-part" aria-label="On the desktop">
        <label class="switch-row">
          <input
            type="checkbox"
            role="switch"
            checked={notify.desktop.value && permission === 'granted'}
            disabled={permission === 'denied' || permission === 'unsupported'}
            data-testid="notify-desktop"
            onChange={(event) => void setDesktop(event.currentTarget.checked)}
          />
          <span>
            <b>Notifications of the desktop</b>
            <small data-testid="notify-why">{WHY[permission] || 'The browser allows them.'}</small>
          </span>
        </label>
        <button type="button" class="secondary" disabled={permission !== 'granted'} data-testid="notify-test" onClick={test}>
          Show a test
        </button>
        <p role="status" class="notify-result" data-testid="notify-result">
          {result}
        </p>
      </section>
      <section class="notify-part" aria-label="Sound">
        <label class="switch-row">
          <input
            type="checkbox"
            role="switch"
            checked={notify.sound.value}
            data-testid="notify-sound"
            onChange={(event) => notify.setSound(event.currentTarget.checked)}
          />
          <span>
            <b>Sound</b>
            <small>Two short notes, at most once in three seconds.</small>
          </span>
        </label>
        <button type="button" class="secondary" data-testid="sound-test" onClick={() => void listen()}>
          Play a test
        </button>
        <p role="status" class="notify-result" data-testid="sound-result">
          {heard}
        </p>
      </section>
      <PushPart />
      <Rooms />
    </Dialog>
  );
}

/** The level of each room. */
function Rooms() {
  const { rooms, actions, toast } = useStore();
  return (
    <section class="notify-part" aria-labelledby="notify-rooms">
      <h3 id="notify-rooms">Rooms</h3>
      <ul class="notify-rooms">
        {rooms.ordered.value.map((room) => (
          <li key={room.id}>
            <RoomIcon room={room} size={18} />
            <bdi>{room.name.value}</bdi>
            <select
              aria-label={`Notify me in ${room.name.value} about`}
              value={room.info.level.value}
              data-testid="notify-level"
              onChange={(event) =>
                void actions.setLevel(room, event.currentTarget.value as NotifyLevel).then((problem) => toast.show(problem))
              }
            >
              {LEVELS.map(([level, label]) => (
                <option key={level} value={level}>
                  {label}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
    </section>
  );
}
