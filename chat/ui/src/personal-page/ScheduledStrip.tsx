import { Icon } from '../design/Icon';
import { lateTexts, texts } from '../language/language';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { whenText } from '../time/when-text';
import './personal.css';

/** Above the field: the messages of this room that are sent later. */
export function ScheduledStrip({ room }: { room: Room }) {
  const { personal, dialogs } = useStore();
  const list = personal.value?.inRoom(room.id) ?? [];
  const [first] = list;
  if (!first) return null;
  const when = whenText(first.send_at);
  return (
    <div class={first.failure ? 'scheduled-strip bad' : 'scheduled-strip'} data-testid="scheduled-strip">
      <Icon name={first.failure ? 'warn' : 'clock'} size={15} />
      <span>{first.failure ? lateTexts.personal.failedHere : list.length === 1 ? lateTexts.personal.sendsOne(when) : lateTexts.personal.sendsSeveral(list.length, when)}</span>
      <button type="button" class="link" onClick={() => dialogs.show({ kind: 'scheduled', room })}>
        {texts.common.show}
      </button>
    </div>
  );
}
