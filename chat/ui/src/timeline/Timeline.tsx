import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { texts } from '../language/language';
import type { Room } from '../room/room';
import { dayName } from '../time/date-format';
import { useStore } from '../store/context';
import { type Anchor, anchorOf, bottomGap, restore, rowOf, sizeOf, topGap } from './scroll-anchor';
import { FoldedMessages } from '../message/FoldedMessages';
import { MessageView } from '../message/MessageView';
import { Beginning, Empty, Gap, Loading, NewLine } from './TimelineParts';
import { OlderMessages } from './OlderMessages';
import { JumpToBottom, JumpToNew } from './JumpButtons';
import type { Row } from '../room/timeline-rows';
import { moveFocus } from './message-focus';
import { onMessageKey } from './message-keys';
import { useMessageJump } from './use-message-jump';

/** A smaller distance to the bottom counts as at the bottom. */
const NEAR_BOTTOM = 48;
/** Older messages are loaded before the reader reaches the top. */
const PRELOAD = 700;

export function Timeline({ room }: { room: Room }) {
  const store = useStore();
  const { focus } = store;
  const ref = useRef<HTMLDivElement>(null);
  const anchor = useRef<Anchor | undefined>(room.position);
  const size = useRef('');
  const rows = room.rows.value;

  // Before the rows change: the position of the row that the reader looks at.
  const rendered = useRef<readonly Row[]>([]);
  if (rendered.current !== rows && ref.current && !room.atBottom.peek()) anchor.current = anchorOf(ref.current);
  rendered.current = rows;

  const keepPosition = () => {
    const scroller = ref.current;
    if (!scroller) return;
    if (room.atBottom.peek()) scroller.scrollTop = 0;
    else if (anchor.current) restore(scroller, anchor.current);
    size.current = sizeOf(scroller);
  };

  const updateAtBottom = () => {
    const scroller = ref.current;
    if (scroller) room.setAtBottom(bottomGap(scroller) < NEAR_BOTTOM);
  };

  useLayoutEffect(() => {
    keepPosition();
    if (ref.current && topGap(ref.current) < PRELOAD) void room.loadOlder();
  }, [rows, room]);

  // The reader finds the same position after a visit to another room.
  useEffect(
    () => () => {
      room.position = room.atBottom.peek() ? undefined : anchor.current;
    },
    [room],
  );

  // The height changes with the composer, a phone's keyboard or its rotation. The row in view stays, and the reader
  // may be at the bottom now.
  useEffect(() => {
    const scroller = ref.current;
    const content = scroller?.firstElementChild;
    if (!scroller || !content) return undefined;
    const observer = new ResizeObserver(() => {
      keepPosition();
      updateAtBottom();
    });
    observer.observe(scroller);
    observer.observe(content);
    return () => observer.disconnect();
  }, [room]);

  const onScroll = () => {
    const scroller = ref.current;
    if (!scroller) return;
    updateAtBottom();
    // After a change of size the browser scrolled, not the reader.
    if (size.current !== sizeOf(scroller)) keepPosition();
    else anchor.current = room.atBottom.peek() ? undefined : anchorOf(scroller);
    if (topGap(scroller) < PRELOAD) void room.loadOlder();
    if (bottomGap(scroller) < PRELOAD) room.showNewer();
  };

  /** An expanding text grows downwards; a collapsing one stays in view. */
  const onToggle = (row: HTMLElement, expand: boolean) => {
    const scroller = ref.current;
    if (!scroller) return;
    const top = row.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    anchor.current = { key: row.dataset['key'] ?? '', top: expand ? top : Math.max(top, 12) };
    room.setAtBottom(false);
  };

  const jumpToNew = async () => {
    const after = room.readState.newAfter.peek();
    if (after === undefined) return;
    room.setAtBottom(false);
    await room.jumpTo(after + 1);
    requestAnimationFrame(() => {
      const scroller = ref.current;
      const line = scroller && (rowOf(scroller, 'new') ?? scroller.querySelector(`[data-seq="${after + 1}"]`));
      if (line) scroller.scrollTop += line.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 12;
      updateAtBottom();
    });
  };

  useMessageJump(room, ref, updateAtBottom);

  const toBottom = () => {
    room.toNewest();
    requestAnimationFrame(keepPosition);
  };

  return (
    <div class="timeline-box">
      <JumpToNew room={room} scroller={ref} onJump={() => void jumpToNew()} />
      <div
        ref={ref}
        class="timeline"
        role="log"
        aria-live="off"
        aria-label={texts.timeline.messagesIn(room.name.value)}
        tabIndex={0}
        data-testid="timeline"
        data-region="timeline"
        onScroll={onScroll}
        onKeyDown={(event) => {
          moveFocus(event, room, focus);
          onMessageKey(event, room, store);
        }}
      >
        <div class="rows">
          {room.ready.value && room.older.value && <OlderMessages room={room} />}
          {!room.ready.value && rows.length === 0 && <Loading room={room} />}
          {room.empty.value && <Empty name={room.name.value} />}
          {room.ready.value && !room.older.value && rows.length > 0 && <Beginning name={room.name.value} />}
          {rows.map((row) => {
            switch (row.kind) {
              case 'day':
                return <Day key={row.key} ts={row.ts} id={row.key} />;
              case 'new':
                return <NewLine key={row.key} />;
              case 'gap':
                return <Gap key={row.key} room={room} after={row.after} missing={row.missing} />;
              case 'message':
                return <MessageView key={row.key} row={row} room={room} onToggle={onToggle} />;
              case 'folded':
                return <FoldedMessages key={row.key} row={row} room={room} onToggle={onToggle} />;
            }
          })}
        </div>
      </div>
      <JumpToBottom room={room} onPress={toBottom} />
    </div>
  );
}

function Day({ ts, id }: { ts: number; id: string }) {
  const { day } = useStore();
  return (
    <div class="day" role="separator" data-day={id}>
      <span>{dayName(ts, day.moment.value)}</span>
    </div>
  );
}
