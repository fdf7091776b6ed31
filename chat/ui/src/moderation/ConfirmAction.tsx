import { useState } from 'preact/hooks';
import type { Person } from '../net/contract';
import type { Room } from '../room/room';
import { DialogForm } from '../rooms/DialogForm';
import { useStore } from '../store/context';

export type ModeratorAction = 'mute' | 'kick' | 'ban' | 'room-kick';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FOREVER = -1;
const MUTES: readonly (readonly [number, string])[] = [
  [600_000, '10 minutes'],
  [HOUR, '1 hour'],
  [DAY, '1 day'],
  [7 * DAY, '7 days'],
];
const BANS: readonly (readonly [number, string])[] = [
  [DAY, '1 day'],
  [7 * DAY, '7 days'],
  [30 * DAY, '30 days'],
  [FOREVER, 'for ever'],
];
export const TITLES = { mute: 'Mute', kick: 'Kick', ban: 'Ban', 'room-kick': 'Take out' } as const;

function explanation(action: ModeratorAction, guest: boolean): string {
  switch (action) {
    case 'mute':
      return 'They can read, but not write, react or change anything.';
    case 'kick':
      return 'They are signed out everywhere and may come back.';
    case 'room-kick':
      return 'They are no member of this room any more.';
    case 'ban':
      return guest
        ? 'They are signed out and cannot come back with this browser or from this address. Others at the address cannot join as guests either.'
        : 'They are signed out and cannot sign in again.';
  }
}

interface Props {
  readonly person: Person & { readonly role?: string };
  readonly action: ModeratorAction;
  readonly room: Room | undefined;
  readonly onClose: () => void;
}

/** Asks for the time and the reason, and says what will happen. */
export function ConfirmAction({ person, action, room, onClose }: Props) {
  const { server, toast, people } = useStore();
  const times = action === 'mute' ? MUTES : action === 'ban' ? BANS : [];
  const [time, setTime] = useState(action === 'ban' ? FOREVER : (times[0]?.[0] ?? 0));
  const [reason, setReason] = useState('');
  const name = people.nameOf(person);

  const ask = () => {
    const about = { person: person.id, ...(reason.trim() && { reason: reason.trim() }) };
    switch (action) {
      case 'mute':
        return server.ask('mod.mute', { ...about, for_ms: time });
      case 'kick':
        return server.ask('mod.kick', about);
      case 'room-kick':
        return server.ask('mod.kick', { ...about, ...(room && { room: room.id }) });
      case 'ban':
        return server.ask('mod.ban', { ...about, ...(time === FOREVER ? {} : { for_ms: time }) });
    }
  };
  const done = { mute: 'is muted', kick: 'was kicked', ban: 'is banned', 'room-kick': 'is no member any more' } as const;
  return (
    <div data-testid="confirm-dialog">
      <DialogForm
        action={TITLES[action]}
        ready
        submit={async () => {
          const answer = await ask();
          if (answer.ok !== true) return answer.err.message;
          onClose();
          toast.show(`${name} ${done[action]}`);
          return undefined;
        }}
      >
        <p class="quiet">{explanation(action, (person.role ?? 'guest') === 'guest')}</p>
        {times.length > 0 && (
          <label class="labelled">
            <span>For how long</span>
            <select value={time} data-testid="time" onChange={(event) => setTime(Number(event.currentTarget.value))}>
              {times.map(([ms, label]) => (
                <option key={ms} value={ms}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        )}
        <label class="labelled">
          <span>
            Reason <small>optional; {action === 'mute' ? 'for the audit log' : 'they can read it'}</small>
          </span>
          <input type="text" dir="auto" autocomplete="off" autoFocus maxLength={200} value={reason} data-testid="reason" onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
      </DialogForm>
    </div>
  );
}
