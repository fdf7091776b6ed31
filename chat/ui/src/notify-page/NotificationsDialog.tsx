import { useEffect, useState } from 'preact/hooks';
import { playChime } from '../browser/chime';
import { showNotification } from '../browser/desktop-notification';
import { Dialog } from '../design/Dialog';
import { lateTexts, texts } from '../language/language';
import type { NotifyLevel } from '../net/contract';
import { RoomIcon } from '../rooms/RoomIcon';
import { useStore } from '../store/context';
import { PushPart } from './PushPart';
import './notify.css';

const levels = (): readonly [NotifyLevel, string][] => [
  ['all', texts.rooms.all],
  ['mentions', texts.common.mentions],
  ['none', texts.rooms.none],
];

type Permission = NotificationPermission | 'unsupported';

const permissionNow = (): Permission => ('Notification' in globalThis ? Notification.permission : 'unsupported');

function why(permission: Permission): string {
  const t = lateTexts.notify;
  if (permission === 'unsupported') return isSecureContext ? t.unsupported : t.insecure;
  return { granted: t.allowed, default: t.asks, denied: t.blocked }[permission];
}

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
    setResult(lateTexts.notify.waitingBrowser);
    const refused = showNotification(
      { title: 'Natter', text: lateTexts.notify.sample, tag: 'natter-test' },
      {
        shown: () => setResult(lateTexts.notify.shown),
        failed: () => setResult(lateTexts.notify.notShown),
      },
    );
    if (refused !== undefined) setResult(why(permissionNow() === 'granted' ? 'unsupported' : permissionNow()));
  };
  const listen = async () =>
    setHeard((await playChime()) ? lateTexts.notify.played : lateTexts.notify.noSound);

  return (
    <Dialog title={texts.common.notifications} onClose={() => dialogs.close()} testId="notifications-dialog">
      <p class="notify-lead">{lateTexts.notify.lead}</p>
      <section class="notify-part" aria-label={lateTexts.notify.desktop}>
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
            <b>{lateTexts.notify.desktopOn}</b>
            <small data-testid="notify-why">{why(permission)}</small>
          </span>
        </label>
        <button type="button" class="secondary" disabled={permission !== 'granted'} data-testid="notify-test" onClick={test}>
          {lateTexts.notify.showTest}
        </button>
        <p role="status" class="notify-result" data-testid="notify-result">
          {result}
        </p>
      </section>
      <section class="notify-part" aria-label={lateTexts.notify.sound}>
        <label class="switch-row">
          <input
            type="checkbox"
            role="switch"
            checked={notify.sound.value}
            data-testid="notify-sound"
            onChange={(event) => notify.setSound(event.currentTarget.checked)}
          />
          <span>
            <b>{lateTexts.notify.sound}</b>
            <small>{lateTexts.notify.soundHelp}</small>
          </span>
        </label>
        <button type="button" class="secondary" data-testid="sound-test" onClick={() => void listen()}>
          {lateTexts.notify.playTest}
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
      <h3 id="notify-rooms">{texts.common.rooms}</h3>
      <ul class="notify-rooms">
        {rooms.ordered.value.map((room) => (
          <li key={room.id}>
            <RoomIcon room={room} size={18} />
            <bdi>{room.name.value}</bdi>
            <select
              aria-label={lateTexts.notify.roomAbout(room.name.value)}
              value={room.info.level.value}
              data-testid="notify-level"
              onChange={(event) =>
                void actions.setLevel(room, event.currentTarget.value as NotifyLevel).then((problem) => toast.show(problem))
              }
            >
              {levels().map(([level, label]) => (
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
