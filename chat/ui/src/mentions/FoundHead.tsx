import { lateTexts } from '../language/language';
import { withParts } from '../language/with-parts';
import type { Message } from '../net/contract';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { clockTime, dayName, wholeTime } from '../time/date-format';

/** The sender, room and time of a message that is shown outside of its room. */
export function FoundHead({ message: { sender, ts }, room }: { message: Message; room: Room }) {
  const { day } = useStore();
  return (
    <span class="mention-head">
      <b>
        <bdi>{sender.name}</bdi>
      </b>
      <span>
        {withParts(lateTexts.mentions.inRoom, { room: <bdi>{`${room.info.direct.value ? '' : '#'}${room.name.value}`}</bdi> })}
      </span>
      <time dateTime={new Date(ts).toISOString()} title={wholeTime(ts)}>
        {dayName(ts, day.moment.value)}, {clockTime(ts)}
      </time>
    </span>
  );
}
