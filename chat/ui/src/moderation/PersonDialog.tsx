import { useState } from 'preact/hooks';
import { Avatar } from '../design/Avatar';
import { Dialog } from '../design/Dialog';
import { Icon } from '../design/Icon';
import '../design/large-avatar.css';
import { lateTexts, texts } from '../language/language';
import type { Person, PersonOnline, Role } from '../net/contract';
import { useStore } from '../store/context';
import { request } from '../store/request';
import { GENERAL } from '../store/room-list';
import { localTime, whenText } from '../time/when-text';
import { ConfirmAction, type ModeratorAction, titleOf } from './ConfirmAction';
import { useMinute } from './use-minute';
import './moderation.css';

/** A person: status and role, and what one may do about them. */
export function PersonDialog({ person }: { person: Person }) {
  const store = useStore();
  const { dialogs, standing, members, people, actions, rooms, toast, day } = store;
  const [action, setAction] = useState<ModeratorAction | undefined>(undefined);
  const shown: Partial<PersonOnline> & Person = members.members.value?.people.find((each) => each.id === person.id) ?? person;
  const role = shown.role ?? 'guest';
  const room = rooms.current.value;
  const now = useMinute() + day.clockOffset.value;
  const muted = (shown.muted_until ?? 0) > now ? shown.muted_until : undefined;
  const below = standing.outranks(role);
  const fromRoom =
    room !== undefined && room.id !== GENERAL && room.info.kind.value !== 'direct' && (below || (room.info.mine.value && role !== 'owner' && role !== 'moderator'));
  const close = () => dialogs.close();
  const write = () => {
    close();
    void actions.direct(person.id).then((problem) => toast.show(problem));
  };
  // One dialog for both: one that is taken away would close the page's dialog.
  if (action)
    return (
      <Dialog title={titleOf(action, people.nameOf(person))} onClose={close} testId="person-dialog">
        <ConfirmAction person={shown} action={action} room={room} onClose={close} />
      </Dialog>
    );
  return (
    <Dialog title={people.nameOf(person)} onClose={close} testId="person-dialog">
      <div class="person-card">
        <Avatar person={shown} large />
        <div>
          <p>
            {shown.bot ? texts.common.bot : lateTexts.person.roles[standing.roles.value ? role : 'member']} · {people.isOnline(person.id) ? texts.common.online : texts.common.offline}
          </p>
          {shown.status && (
            <p class="quiet" dir="auto">
              {shown.status}
            </p>
          )}
          {shown.zone !== undefined && (
            <p class="quiet" data-testid="local-time">
              {lateTexts.person.localTime(localTime(now, shown.zone), shown.zone.replaceAll('_', ' '))}
            </p>
          )}
          {muted !== undefined && <p class="quiet">{lateTexts.person.mutedUntil(whenText(muted))}</p>}
        </div>
      </div>
      <div class="person-actions">
        <button type="button" class="secondary" onClick={write}>
          <Icon name="send" size={18} />
          {texts.people.writeTo(people.nameOf(person))}
        </button>
        {standing.owner.value && shown.account === true && (
          <label class="role-choice">
            <span>{lateTexts.person.role}</span>
            <select value={role} data-testid="role" onChange={(event) => void request(store, 'role.set', { person: person.id, role: event.currentTarget.value as Role })}>
              {(['member', 'moderator', 'owner'] as const).map((each) => (
                <option key={each} value={each}>
                  {lateTexts.person.roles[each]}
                </option>
              ))}
            </select>
          </label>
        )}
        {below && muted !== undefined && (
          <button type="button" class="secondary" data-testid="unmute" onClick={() => void request(store, 'mod.mute', { person: person.id, for_ms: 0 })}>
            <Icon name="bell" size={18} />
            {lateTexts.person.unmute}
          </button>
        )}
        {below && muted === undefined && (
          <button type="button" class="secondary" data-testid="mute" onClick={() => setAction('mute')}>
            <Icon name="hush" size={18} />
            {lateTexts.person.mute}
          </button>
        )}
        {below && people.pictureOf(shown) !== undefined && (
          <button type="button" class="secondary" data-testid="remove-their-picture" onClick={() => setAction('picture')}>
            <Icon name="trash" size={18} />
            {lateTexts.person.picture}
          </button>
        )}
        {fromRoom && (
          <button type="button" class="secondary" data-testid="room-kick" onClick={() => setAction('room-kick')}>
            <Icon name="leave" size={18} />
            {lateTexts.person.takeOutOfRoom}
          </button>
        )}
        {below && (
          <>
            <button type="button" class="secondary" data-testid="kick" onClick={() => setAction('kick')}>
              <Icon name="leave" size={18} />
              {lateTexts.person.kick}
            </button>
            <button type="button" class="secondary danger" data-testid="ban" onClick={() => setAction('ban')}>
              <Icon name="shield" size={18} />
              {lateTexts.person.ban}
            </button>
          </>
        )}
      </div>
    </Dialog>
  );
}
