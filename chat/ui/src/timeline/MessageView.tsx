import { Component } from 'preact';
import { discard, retry } from '../app/natter';
import { takeBack } from '../composer/draft';
import { Avatar } from '../look/Avatar';
import { hue } from '../look/hue';
import { Icon } from '../look/Icon';
import { clockTime, wholeTime } from '../look/times';
import { MessageText } from './MessageText';
import type { MessageRow } from './rows';

const STATE_WORDS = { queued: 'Waiting to be sent', sending: 'Sending', sent: 'Sent', failed: 'Not sent' } as const;

interface Props {
  readonly row: MessageRow;
  readonly room: string;
}

/** One message. Drawn again only when it changed: a busy room brings new rows all the time. */
export class MessageView extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    return !sameRow(next.row, this.props.row);
  }

  override render({ row, room }: Props) {
    return <Article row={row} room={room} />;
  }
}

function sameRow(a: MessageRow, b: MessageRow): boolean {
  return (
    a.key === b.key &&
    a.seq === b.seq &&
    a.ts === b.ts &&
    a.text === b.text &&
    a.state === b.state &&
    a.reason === b.reason &&
    a.head === b.head &&
    a.own === b.own &&
    a.author.name === b.author.name
  );
}

function Article({ row, room }: Props) {
  const { author, ts, state } = row;
  return (
    <div
      role="article"
      class={`message${row.head ? ' head' : ''}${row.own ? ' own' : ''}`}
      tabIndex={-1}
      aria-label={`${author.name}, ${clockTime(ts)}${row.own && state !== 'sent' ? `, ${STATE_WORDS[state]}` : ''}`}
      data-key={row.key}
      data-testid="message"
      data-seq={row.seq}
      data-cmid={row.cmid}
      data-state={state}
    >
      {row.head ? <Avatar person={author} /> : <time class="gutter-time">{clockTime(ts)}</time>}
      <div class="body">
        {row.head && (
          <div class="byline">
            <bdi class="author" style={{ '--h': String(hue(author.id)) }}>
              {author.name}
            </bdi>
            <time dateTime={new Date(ts).toISOString()} title={wholeTime(ts)}>
              {clockTime(ts)}
            </time>
          </div>
        )}
        <div class="line">
          <MessageText text={row.text} waiting={state === 'queued' || state === 'sending'} />
          {row.own && state !== 'failed' && <StateMark state={state} />}
        </div>
        {state === 'failed' && <NotSent row={row} room={room} />}
      </div>
      <div class="tools">
        <button type="button" class="tool" title="Copy text" aria-label="Copy text" onClick={() => void copy(row.text)}>
          <Icon name="copy" size={16} />
        </button>
      </div>
    </div>
  );
}

function StateMark({ state }: { state: 'queued' | 'sending' | 'sent' }) {
  return (
    <span class={`mark ${state}`} title={STATE_WORDS[state]} aria-hidden="true">
      <Icon name={state === 'sent' ? 'check' : 'clock'} size={13} />
    </span>
  );
}

function NotSent({ row, room }: { row: MessageRow; room: string }) {
  const edit = () => {
    const text = discard(row.cmid);
    if (text !== undefined) takeBack(room, text);
  };
  return (
    <div class="not-sent">
      <Icon name="warn" size={15} />
      <span>Not sent</span>
      {row.reason && <span class="why">{row.reason}</span>}
      <span class="choices">
        <button type="button" onClick={() => retry(row.cmid)}>
          Retry
        </button>
        <button type="button" onClick={edit}>
          Edit
        </button>
        <button type="button" onClick={() => discard(row.cmid)}>
          Delete
        </button>
      </span>
    </div>
  );
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Plain http has no clipboard; selecting the text works everywhere.
  }
}
