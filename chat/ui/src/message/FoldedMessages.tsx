import { useState } from 'preact/hooks';
import { texts } from '../language/language';
import type { Room } from '../room/room';
import type { FoldedRow } from '../room/timeline-rows';
import { MessageView } from './MessageView';

interface Props {
  readonly row: FoldedRow;
  readonly room: Room;
  readonly onToggle: (row: HTMLElement, expand: boolean) => void;
}

/** A run of deleted messages on one line. */
export function FoldedMessages({ row, room, onToggle }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <div
        class="folded"
        data-key={row.key}
        data-seq={row.rows[0]?.seq}
        data-last-seq={row.rows.at(-1)?.seq}
        data-testid="folded"
        tabIndex={-1}
      >
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {texts.message.deletedCount(row.rows.length)}
          <span class="folded-toggle">{open ? texts.common.hide : texts.common.show}</span>
        </button>
      </div>
      {open &&
        row.rows.map((message) => <MessageView key={message.key} row={message} room={room} onToggle={onToggle} />)}
    </>
  );
}
