import { useEffect, useState } from 'preact/hooks';
import { Avatar } from '../design/Avatar';
import { Icon } from '../design/Icon';
import { textOrFiles } from '../files/shown-file';
import { lateTexts, texts } from '../language/language';
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

/** The cards that are shown at first, and with each press. */
const PAGE = 50;

/** The saved messages: reminders that are due, then the last saved first. */
export function SavedPage() {
  const { personal, connection } = useStore();
  const lists = personal.value;
  const [shown, setShown] = useState(PAGE);
  const all = lists?.saved.value ?? [];
  const list = all.slice(0, shown);
  const read = lists?.texts.value;
  const online = connection.online.value;
  useEffect(() => {
    if (online) void lists?.readTexts(list);
  });
  const loading = lists?.known.value !== true;
  return (
    <PageFrame title={texts.common.saved} icon="bookmark" testId="saved-page" loading={loading} empty={all.length === 0 ? { title: lateTexts.personal.savedEmpty, text: lateTexts.personal.savedHelp } : undefined}>
      <ul>
        {lists &&
          list.map((saved) => (
            <SavedCard key={savedKey(saved.room, saved.seq)} saved={saved} lists={lists} text={read?.get(savedKey(saved.room, saved.seq))} />
          ))}
      </ul>
      {all.length > shown && (
        <p class="page-note">
          <button type="button" class="secondary" onClick={() => setShown(shown + PAGE)}>
            {texts.message.showMore}
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
  const reminding = due ? lateTexts.personal.reminder : at === undefined ? lateTexts.personal.savedOn(whenText(saved.saved_at)) : lateTexts.personal.reminds(whenText(at));
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
          {due ? lateTexts.personal.snooze : at === undefined ? lateTexts.personal.remindMe : lateTexts.personal.changeReminder}
        </button>
        {at !== undefined && !due && (
          <button
            type="button"
            class="secondary"
            disabled={!online}
            onClick={() => void lists.remind(id, seq).then((problem) => toast.show(problem))}
          >
            {lateTexts.personal.noReminder}
          </button>
        )}
        <button
          type="button"
          class="secondary"
          disabled={!online}
          data-testid="saved-done"
          onClick={() => void removeSaved(store, saved)}
        >
          {due ? lateTexts.personal.done : lateTexts.personal.remove}
        </button>
      </div>
      {opener && <RemindMenu room={id} seq={seq} opener={opener} onClose={() => setOpener(undefined)} />}
    </li>
  );
}

function SavedBody({ room, seq, text }: { room: Room | undefined; seq: number; text: SavedText | undefined }) {
  if (!room || text === 'gone') return <p class="saved-note">{lateTexts.personal.leftRoom}</p>;
  if (text === undefined) return <p class="saved-note">{texts.common.loading}</p>;
  return (
    <PlaceLink place={placeOf(room, seq)} class="saved-link" testId="saved-message">
      <Avatar person={text.sender} />
      <span class="mention-text">
        <FoundHead message={text} room={room} />
        <span class={text.deleted ? 'mention-words saved-note' : 'mention-words'} dir="auto">
          {text.deleted ? lateTexts.personal.deleted : textOrFiles(plainText(text.text, text.mentions), text.files)}
        </span>
      </span>
    </PlaceLink>
  );
}
