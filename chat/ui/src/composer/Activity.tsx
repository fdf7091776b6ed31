import { texts } from '../language/language';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { durationText } from '../time/when-text';

/** The line above the field: the people who type, and who joined or left. */
export function Activity({ room }: { room: Room }) {
  const { people, standing } = useStore();
  const slow = standing.moderator.value ? 0 : room.info.slowMs.value;
  const notice = people.notice.value;
  return (
    <div class="activity">
      <span class="typing" data-testid="typing">
        {room.typing.line.value && <TypingDots />}
        {room.typing.line.value}
      </span>
      {slow > 0 && <span class="slow">{texts.common.slow(durationText(slow))}</span>}
      <span key={notice} class="notice" data-testid="notice">
        {notice}
      </span>
    </div>
  );
}

function TypingDots() {
  return (
    <span class="dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}
