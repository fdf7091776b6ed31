import { useEffect, useState } from 'preact/hooks';
import { Dialog } from '../design/Dialog';
import { lateTexts } from '../language/language';
import { MessageText } from '../message/MessageText';
import type { Room } from '../room/room';
import type { MessageRow } from '../room/timeline-rows';
import { useStore } from '../store/context';
import { clockTime, dayName } from '../time/date-format';
import './edit-history.css';

type Versions = readonly { readonly text: string; readonly ts: number }[];

/** All versions of a message, newest first. */
export function EditHistory({ row, room, onClose }: { row: MessageRow; room: Room; onClose: () => void }) {
  const store = useStore();
  const [versions, setVersions] = useState<Versions | 'failed' | undefined>(undefined);
  const { seq } = row;

  useEffect(() => {
    if (seq === undefined) return;
    store.server.ask('edits', { room: room.id, seq }).then(
      (answer) => setVersions(answer.ok === true ? answer.versions : 'failed'),
      () => setVersions('failed'),
    );
  }, [store, room, seq]);

  return (
    <Dialog title={lateTexts.messageMenu.versions} onClose={onClose} testId="history">
      {versions === undefined && <span class="spinner" role="img" aria-label={lateTexts.messageMenu.loading} />}
      {versions === 'failed' && (
        <p role="alert">{lateTexts.messageMenu.versionsFailed}</p>
      )}
      {Array.isArray(versions) && (
        <ol class="versions">
          {(versions as Versions).toReversed().map(({ text, ts }, i) => (
            <li key={ts}>
              <p class="version-time">
                {i === 0 ? lateTexts.changeProblem.now : lateTexts.messageMenu.before} · {dayName(ts, store.day.moment.value)}, {clockTime(ts)}
              </p>
              <MessageText
                id={`version-${i}`}
                text={text}
                mentions={row.mentions}
                me={store.session.me.value}
                reachable
              />
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}
