import { useEffect, useState } from 'preact/hooks';
import { Avatar } from '../design/Avatar';
import { Icon } from '../design/Icon';
import { textOrFiles } from '../files/shown-file';
import { FoundHead } from '../mentions/FoundHead';
import type { Saved } from '../net/personal-contract';
import { type PersonalLists, savedKey, type SavedText } from '../personal/personal-lists';
import type { Room } from '../room/room';
import { PlaceLink } from '../sidebar/PlaceLink';
import { useStore } from '../store/context';
import { placeOf } from '../store/room-list';
import { plainText } from '../text/plain-text';
import { whenText } from '../time/when-text';
import { PageFrame } from './PageFrame';
import { RemindMenu } from './RemindMenu';
import { removeSaved } from './remove-saved';

const TITLE = 'Saved';
const EMPTY = {
  title: 'No saved messages yet',
  text: 'Save a message in its menu, or with the key S. Only you see what you have saved.',
};
const MORE = 'Show more';
const LOADING = 'Loading…';
const DELETED = 'This message was deleted.';
const LEFT_ROOM = 'You are no longer in the room of this message.';
const DUE = 'Reminder';
const DONE = 'Done';
const REMOVE = 'Remove';
const SNOOZE = 'Remind again';
const REMIND = 'Remind me';
const CHANGE = 'Change the reminder';
const NO_REMINDER = 'No reminder';
const REMINDS = (when: string) => `Reminder ${when}`;
const SAVED_ON = (when: string) => `Saved ${when}`;

/** The cards that are shown at first, and with each press. */
const PAGE = 50;

/** The saved messages: reminders that are due, then the last saved first. */
export function SavedPage() {
  const { personal, connection } = useStore();
  const lists = personal.value;
  const [shown, setShown] = useState(PAGE);
  const all = lists?.saved.value ?? [];
  const list = all.slice(0, shown);
  const texts = lists?.texts.value;
  const online = connection.online.value;
  useEffect(() => {
    if (online) void lists?.readTexts(list);
  });
  const loading = lists?.known.value !== true;
  return (
    <PageFrame title={TITLE} icon="bookmark" testId="saved-page" loading={loading} empty={all.length === 0 ? EMPTY : undefined}>
      <ul>
        {lists &&
          list.map((saved) => (
            <SavedCard key={savedKey(saved.room, saved.seq)} saved={saved} lists={lists} text={texts?.get(savedKey(saved.room, saved.seq))} />
          ))}
      </ul>
      {all.length > shown && (
        <p class="page-note">
          <button type="button" class="secondary" onClick={() => setShown(shown + PAGE)}>
            {MORE}
          </button>
        </p>
      )}
    </PageFrame>
  );
}

function SavedCard({ saved, lists, text }: { saved: Saved; lists: PersonalLists; text: SavedText | undefined }) {
  const store = useStore();
  const { rooms, connection, toast } = store;
  const [opener, setOpener] = useState<HTMLElement | undefined>(undefined);
  const { room: id, seq, remind_at: at, due } = saved;
  const room = rooms.all.value.find((each) => each.id === id);
  const online = connection.online.value;
  const reminding = due ? DUE : at === undefined ? SAVED_ON(whenText(saved.saved_at)) : REMINDS(whenText(at));
  return (
    <li class={due ? 'saved-card due' : 'saved-card'} data-testid="saved">
      <SavedBody room={room} seq={seq} text={text} />
      <p class="saved-when">
        <Icon name={due || at !== undefined ? 'bell' : 'bookmark'} size={15} />
        {reminding}
      </p>
      <div class="card-buttons">
        <button
          type="button"
          class="secondary"
          disabled={!online}
          data-testid="saved-remind"
          onClick={(event) => setOpener(event.currentTarget)}
        >
          {due ? SNOOZE : at === undefined ? REMIND : CHANGE}
        </button>
        {at !== undefined && !due && (
          <button
            type="button"
            class="secondary"
            disabled={!online}
            onClick={() => void lists.remind(id, seq).then((problem) => toast.show(problem))}
          >
            {NO_REMINDER}
          </button>
        )}
        <button
          type="button"
          class="secondary"
          disabled={!online}
          data-testid="saved-done"
          onClick={() => void removeSaved(store, saved)}
        >
          {due ? DONE : REMOVE}
        </button>
      </div>
      {opener && <RemindMenu room={id} seq={seq} opener={opener} onClose={() => setOpener(undefined)} />}
    </li>
  );
}

function SavedBody({ room, seq, text }: { room: Room | undefined; seq: number; text: SavedText | undefined }) {
  if (!room || text === 'gone') return <p class="saved-note">{LEFT_ROOM}</p>;
  if (text === undefined) return <p class="saved-note">{LOADING}</p>;
  return (
    <PlaceLink place={placeOf(room, seq)} class="saved-link" testId="saved-message">
      <Avatar person={text.sender} />
      <span class="mention-text">
        <FoundHead message={text} room={room} />
        <span class={text.deleted ? 'mention-words saved-note' : 'mention-words'} dir="auto">
          {text.deleted ? DELETED : textOrFiles(plainText(text.text, text.mentions), text.files)}
        </span>
      </span>
    </PlaceLink>
  );
}
