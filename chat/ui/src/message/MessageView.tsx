import { useComputed } from '@preact/signals';
import { Component } from 'preact';
import { useState } from 'preact/hooks';
import { Avatar } from '../design/Avatar';
import { deferred } from '../design/Deferred';
import { Icon } from '../design/Icon';
import { MessageFiles } from '../file-view/MessageFiles';
import { texts } from '../language/language';
import type { Room } from '../room/room';
import type { MessageRow } from '../room/timeline-rows';
import { useStore } from '../store/context';
import { Byline, Gutter } from './Byline';
import { useCollapsedText } from './collapsed-text';
import { useLongPress } from './long-press';
import { mentionsMe, stateWords } from './message-words';
import { EditedMark, StateMark } from './MessageMarks';
import { MessageText } from './MessageText';
import { MessageTools } from './MessageTools';
import { QuoteLine } from './QuoteLine';
import { Reactions } from './Reactions';
import { sameRow } from './same-row';

const ChangeProblem = deferred(() => import('./ChangeProblem').then((module) => module.ChangeProblem));
const NotSent = deferred(() => import('./NotSent').then((module) => module.NotSent));
/** Messages can be refused without a connection, when they are old. */
export const preloadProblems = () => {
  ChangeProblem.preload();
  NotSent.preload();
};

interface Props {
  readonly row: MessageRow;
  readonly room: Room;
  /** The row is about to expand or to collapse. */
  readonly onToggle: (row: HTMLElement, expand: boolean) => void;
}

/** One message. It renders only when it changed, because a busy room has new rows all the time. */
export class MessageView extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    return !sameRow(next.row, this.props.row);
  }

  override render({ row, room, onToggle }: Props) {
    return <Article row={row} room={room} onToggle={onToggle} />;
  }
}

function Article({ row, room, onToggle }: Props) {
  const { session, messages, overlay, personal } = useStore();
  const [focused, setFocused] = useState(false);
  const [hovered, setHovered] = useState(false);
  const collapse = useCollapsedText(row.text);
  const overlayOpen = useComputed(() => overlay.current.value?.row.key === row.key).value;
  const longPress = useLongPress((element) => overlay.open('sheet', row, room, element));
  const me = session.me.value;
  const id = `m-${row.key}`;
  const words = stateWords(row);
  const editing = useComputed(() => row.seq !== undefined && room.composing.editing.value?.seq === row.seq).value;
  const saved = useComputed(() => personal.value?.of(room.id, row.seq ?? 0) !== undefined && !row.deleted).value;
  const tail = (
    <>
      {row.edited && (
        <EditedMark reachable={focused} onPress={(button) => overlay.open('history', row, room, button)} />
      )}
      {row.own && <StateMark state={row.state} />}
    </>
  );
  const filesOnly = row.text === '' && row.files.length > 0 && !row.deleted;
  const toggle = () => {
    const article = collapse.box.current?.closest<HTMLElement>('[role=article]');
    if (article) onToggle(article, !collapse.expanded);
    collapse.toggle();
  };
  const classes = [
    'message',
    row.head && 'head',
    row.own && 'own',
    !row.deleted && mentionsMe(row, me) && 'mentions-me',
    row.pinned && 'pinned',
    editing && 'editing',
  ];
  return (
    <div
      role="article"
      class={classes.filter(Boolean).join(' ')}
      tabIndex={-1}
      aria-labelledby={`${id}-author ${id}-text ${id}-time${words === '' ? '' : ` ${id}-state`}`}
      data-key={row.key}
      data-testid="message"
      data-seq={row.seq}
      data-cmid={row.cmid}
      data-state={row.state}
      {...longPress}
      onPointerEnter={(event) => setHovered(event.pointerType !== 'touch')}
      onPointerLeave={() => setHovered(false)}
      onFocusIn={({ target }) => {
        setFocused(true);
        if (!collapse.long || collapse.expanded || !(target instanceof Element) || !isCut(target, collapse.box.current))
          return;
        toggle();
        // After the row has grown and the timeline has restored its position.
        requestAnimationFrame(() => requestAnimationFrame(() => target.scrollIntoView({ block: 'nearest' })));
      }}
      onFocusOut={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setFocused(false);
      }}
    >
      {row.head ? <Avatar person={row.author} /> : <Gutter id={id} row={row} />}
      <div class="body">
        {row.head && <Byline id={id} row={row} />}
        {row.pinned && (
          <span class="pin-mark">
            <Icon name="pin" size={12} /> {texts.message.pinned}
          </span>
        )}
        {saved && (
          <span class="pin-mark">
            <Icon name="bookmark" size={12} /> {texts.common.saved}
          </span>
        )}
        {row.quote && !row.deleted && <QuoteLine quote={row.quote} room={room} reachable={focused} />}
        {!filesOnly && <div class="line">
          {row.deleted ? (
            <p id={`${id}-text`} class="text tombstone">
              {texts.common.messageDeleted}
              {row.own && row.state !== 'sent' && <StateMark state={row.state} />}
            </p>
          ) : (
            <MessageText
              id={`${id}-text`}
              text={row.text}
              mentions={row.mentions}
              me={me}
              box={collapse.box}
              collapsed={!collapse.expanded}
              waiting={row.state === 'queued' || row.state === 'sending'}
              reachable={focused}
              tail={tail}
            />
          )}
        </div>}
        {row.files.length > 0 && !row.deleted && <MessageFiles row={row} room={room} reachable={focused} />}
        {filesOnly && <div id={`${id}-text`}>{tail}</div>}
        {(collapse.long || collapse.expanded) && (
          <button
            type="button"
            class="expand"
            aria-expanded={collapse.expanded}
            tabIndex={focused ? 0 : -1}
            data-testid="expand"
            onClick={toggle}
          >
            {collapse.expanded ? texts.message.less : texts.message.showMore}
          </button>
        )}
        <Reactions
          reactions={row.deleted ? [] : row.reactions}
          me={me}
          reachable={focused}
          onToggle={(emoji, on) => messages.react(room, row, emoji, on)}
          onAdd={(opener) => overlay.open('picker', row, room, opener)}
        />
        {words !== '' && (
          <span id={`${id}-state`} hidden>
            {words}
          </span>
        )}
        {row.state === 'failed' && <NotSent row={row} room={room.id} />}
        {row.changes.map(
          (change) =>
            change.state === 'failed' && (
              <ChangeProblem key={change.id} change={change} room={room} deleted={row.deleted} />
            ),
        )}
      </div>
      {(hovered || focused || overlayOpen) && !row.deleted && (
        <MessageTools row={row} room={room} reachable={focused} />
      )}
    </div>
  );
}

/** Is this part of the text below the cut of a collapsed text? */
function isCut(part: Element, text: HTMLElement | null): boolean {
  return text?.contains(part) === true && part.getBoundingClientRect().bottom > text.getBoundingClientRect().bottom + 1;
}
