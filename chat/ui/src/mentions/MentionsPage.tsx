import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Avatar } from '../design/Avatar';
import { Icon } from '../design/Icon';
import { lateTexts, texts } from '../language/language';
import type { Found } from '../net/contract';
import { BackButton } from '../rooms/Header';
import { PlaceLink } from '../sidebar/PlaceLink';
import { useStore } from '../store/context';
import { MentionList } from '../store/mention-list';
import { placeOf } from '../store/room-list';
import { plainText } from '../text/plain-text';
import { FoundHead } from './FoundHead';
import './mentions.css';

/** The messages that mention the person. Each leads to its place in the room. */
export function MentionsPage() {
  const store = useStore();
  const { connection, totals } = store;
  const list = useMemo(() => new MentionList((query) => store.server.ask('mentions', query)), [store]);
  const title = useRef<HTMLHeadingElement>(null);
  const online = connection.online.value;
  const unread = totals.channelMentions.value;
  useEffect(() => title.current?.focus(), []);
  useEffect(() => {
    if (online) void list.load();
  }, [list, online, unread]);
  const found = list.found.value;

  return (
    <>
      <header class="header">
        <BackButton />
        <h1 ref={title} class="room-title" tabIndex={-1}>
          <Icon name="at" size={18} />
          {texts.common.mentions}
        </h1>
      </header>
      <div class="page-scroll" data-testid="mentions">
        {found?.map((each) => <MentionCard key={`${each.room}/${each.m.seq}`} found={each} />)}
        {found?.length === 0 && (
          <div class="empty">
            <Icon name="at" size={44} />
            <h2>{lateTexts.mentions.empty}</h2>
            <p>{lateTexts.mentions.emptyHelp}</p>
          </div>
        )}
        {list.failed.value && online && (
          <p class="page-note" role="status">
            {lateTexts.mentions.failed}{' '}
            <button type="button" class="secondary" onClick={() => void list.load()}>
              {texts.common.tryAgain}
            </button>
          </p>
        )}
        {found === undefined && !list.failed.value && <p class="page-note">{texts.common.loading}</p>}
        {list.more.value && (
          <p class="page-note">
            <button type="button" class="secondary" disabled={list.loading.value} onClick={() => void list.loadMore()}>
              {lateTexts.mentions.older}
            </button>
          </p>
        )}
      </div>
    </>
  );
}

function MentionCard({ found: { room: id, m } }: { found: Found }) {
  const { rooms } = useStore();
  const room = rooms.all.value.find((each) => each.id === id);
  if (!room) return null;
  return (
    <PlaceLink place={placeOf(room, m.seq)} class="mention-card" testId="mention">
      <Avatar person={m.sender} />
      <span class="mention-text">
        <FoundHead message={m} room={room} />
        <span class="mention-words" dir="auto">
          {plainText(m.text, m.mentions)}
        </span>
      </span>
    </PlaceLink>
  );
}
