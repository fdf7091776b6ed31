import { useState } from 'preact/hooks';
import { Dialog } from '../design/Dialog';
import { lateTexts, texts } from '../language/language';
import type { Room } from '../room/room';
import { DialogForm } from '../rooms/DialogForm';
import { useStore } from '../store/context';
import { durationText } from '../time/when-text';
import './moderation.css';

const PAUSES = [0, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000];

/** Sets the time between two messages of a person in a room. */
export function SlowDialog({ room }: { room: Room }) {
  const { dialogs, server } = useStore();
  const [ms, setMs] = useState(room.info.slowMs.peek());
  const close = () => dialogs.close();
  return (
    <Dialog title={texts.rooms.slow} onClose={close} testId="slow-dialog">
      <DialogForm
        action={texts.common.save}
        ready
        submit={async () => {
          const answer = await server.ask('mod.slow', { room: room.id, ms });
          if (answer.ok === true) close();
          return answer.ok === true ? undefined : answer.err.message;
        }}
      >
        <label class="labelled">
          <span>{lateTexts.slow.every}</span>
          <select value={ms} data-testid="slow-pause" onChange={(event) => setMs(Number(event.currentTarget.value))}>
            {PAUSES.map((pause) => (
              <option key={pause} value={pause}>
                {pause === 0 ? lateTexts.slow.none : durationText(pause)}
              </option>
            ))}
          </select>
        </label>
        <p class="quiet">{lateTexts.slow.free}</p>
      </DialogForm>
    </Dialog>
  );
}
