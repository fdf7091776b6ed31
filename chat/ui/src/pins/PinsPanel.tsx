import { useEffect, useState } from 'preact/hooks';
import { Avatar } from '../design/Avatar';
import { Icon } from '../design/Icon';
import { lateTexts } from '../language/language';
import { MessageText } from '../message/MessageText';
import type { Message } from '../net/contract';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { clockTime, dayName } from '../time/date-format';
import './pins.css';

/** The pinned messages of a room, newest first. A press goes to the message. `onJump` follows, to close the panel. */
export function PinsPanel({ room, onJump }: { room: Room; onJump?: () => void }) {
  const store = useStore();
  const [pins, setPins] = useState<readonly Message[] | 'failed' | undefined>(undefined);
  const changes = room.pinChanges.value;
  const online = store.connection.online.value;

  useEffect(() => {
    let left = false;
    store.server.ask('pins', { room: room.id }).then(
      (answer) => !left && setPins(answer.ok === true ? answer.messages : 'failed'),
      () => !left && setPins((known) => known ?? 'failed'),
    );
    return () => {
      left = true;
    };
  }, [store, room, changes, online]);

  const go = ({ seq }: Message) => {
    room.show(seq);
    onJump?.();
  };

  return (
    <div class="pins" data-testid="pins">
      {pins === undefined && <span class="spinner" role="img" aria-label={lateTexts.pins.loading} />}
      {pins === 'failed' && <p class="note">{lateTexts.pins.failed}</p>}
      {Array.isArray(pins) && pins.length === 0 && (
        <div class="pins-empty">
          <Icon name="pin" size={28} />
          <p>{lateTexts.pins.empty}</p>
        </div>
      )}
      {Array.isArray(pins) && (
        <ul>
          {(pins as readonly Message[])
            .toSorted((a, b) => b.seq - a.seq)
            .map((message) => (
              <li key={message.seq} class="pin-card">
                <div class="pin-head">
                  <Avatar person={message.sender} small />
                  <bdi>{message.sender.name}</bdi>
                  <time>
                    {dayName(message.ts, store.day.moment.value)}, {clockTime(message.ts)}
                  </time>
                </div>
                <div class="pin-text">
                  <MessageText
                    id={`pin-${message.seq}`}
                    text={message.text}
                    mentions={message.mentions ?? []}
                    me={store.session.me.value}
                    reachable
                  />
                </div>
                <button type="button" class="pin-jump" onClick={() => go(message)}>
                  {lateTexts.pins.goTo}
                </button>
              </li>
            ))}
        </ul>
      )}
    </div>
  );
}
