import { Icon } from '../design/Icon';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { whenText } from '../time/when-text';
import './personal.css';

const FAILED = 'A scheduled message was not sent.';
const SHOW = 'Show';
const ONE = (when: string) => `One message will be sent ${when}.`;
const SEVERAL = (count: number, when: string) => `${count} messages will be sent, the next ${when}.`;

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
      <span>{first.failure ? FAILED : list.length === 1 ? ONE(when) : SEVERAL(list.length, when)}</span>
      <button type="button" class="link" onClick={() => dialogs.show({ kind: 'scheduled', room })}>
        {SHOW}
      </button>
    </div>
  );
}
