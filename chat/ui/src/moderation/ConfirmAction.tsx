import { useState } from 'preact/hooks';
import { lateTexts } from '../language/language';
import type { Person } from '../net/contract';
import type { Room } from '../room/room';
import { DialogForm } from '../rooms/DialogForm';
import { useStore } from '../store/context';
import { durationText } from '../time/when-text';

export type ModeratorAction = 'mute' | 'picture' | 'kick' | 'ban' | 'room-kick';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FOREVER = -1;
const MUTES: readonly number[] = [600_000, HOUR, DAY, 7 * DAY];
const BANS: readonly number[] = [DAY, 7 * DAY, 30 * DAY, FOREVER];

/** The question about an action. */
export const titleOf = (action: ModeratorAction, name: string) => wordsOf(action).title(name);

/** The name, the question, the explanation and the report of an action. */
function wordsOf(action: ModeratorAction, guest = false) {
  const t = lateTexts.person;
  switch (action) {
    case 'mute':
      return { name: t.mute, title: t.muteTitle, help: t.muteHelp, done: t.muted };
    case 'picture':
      return { name: t.picture, title: t.pictureTitle, help: t.pictureHelp, done: t.pictureRemoved };
    case 'kick':
      return { name: t.kick, title: t.kickTitle, help: t.kickHelp, done: t.kicked };
    case 'room-kick':
      return { name: t.takeOut, title: t.takeOutTitle, help: t.takeOutHelp, done: t.takenOut };
    case 'ban':
      return { name: t.ban, title: t.banTitle, help: guest ? t.banGuest : t.banAccount, done: t.banned };
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
  const [time, setTime] = useState(action === 'ban' ? FOREVER : (times[0] ?? 0));
  const [reason, setReason] = useState('');
  const name = people.nameOf(person);

  const ask = () => {
    const about = { person: person.id, ...(reason.trim() && { reason: reason.trim() }) };
    switch (action) {
      case 'mute':
        return server.ask('mod.mute', { ...about, for_ms: time });
      case 'picture':
        return server.ask('mod.picture', about);
      case 'kick':
        return server.ask('mod.kick', about);
      case 'room-kick':
        return server.ask('mod.kick', { ...about, ...(room && { room: room.id }) });
      case 'ban':
        return server.ask('mod.ban', { ...about, ...(time === FOREVER ? {} : { for_ms: time }) });
    }
  };
  const words = wordsOf(action, (person.role ?? 'guest') === 'guest');
  return (
    <div data-testid="confirm-dialog">
      <DialogForm
        action={words.name}
        ready
        submit={async () => {
          const answer = await ask();
          if (answer.ok !== true) return answer.err.message;
          onClose();
          toast.show(words.done(name));
          return undefined;
        }}
      >
        <p class="quiet">{words.help}</p>
        {times.length > 0 && (
          <label class="labelled">
            <span>{lateTexts.person.forHowLong}</span>
            <select value={time} data-testid="time" onChange={(event) => setTime(Number(event.currentTarget.value))}>
              {times.map((ms) => (
                <option key={ms} value={ms}>
                  {ms === FOREVER ? lateTexts.person.forEver : durationText(ms)}
                </option>
              ))}
            </select>
          </label>
        )}
        <label class="labelled">
          <span>
            {lateTexts.person.reason}{' '}
            <small>{action === 'mute' || action === 'picture' ? lateTexts.person.reasonForLog : lateTexts.person.reasonForThem}</small>
          </span>
          <input type="text" dir="auto" autocomplete="off" autoFocus maxLength={200} value={reason} data-testid="reason" onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
      </DialogForm>
    </div>
  );
}
