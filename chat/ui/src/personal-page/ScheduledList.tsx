import { useState } from 'preact/hooks';
import { Icon } from '../design/Icon';
import { takeFocus } from '../design/take-focus';
import { textOrFiles } from '../files/shown-file';
import { lateTexts, texts, translated } from '../language/language';
import type { Scheduled } from '../net/personal-contract';
import { useStore } from '../store/context';
import { placeOf } from '../store/room-list';
import { PlaceLink } from '../sidebar/PlaceLink';
import { withMentions, withNames } from '../text/mentions';
import { plainText } from '../text/plain-text';
import { fieldValue, momentOf } from '../time/time-choices';
import { whenText } from '../time/when-text';
import './personal.css';

/** Messages that are sent later: to be changed, sent now or cancelled. */
export function ScheduledList({ list, rooms: withRooms = false }: { list: readonly Scheduled[]; rooms?: boolean }) {
  return (
    <ul class="scheduled-list">
      {list.map((message) => (
        <ScheduledCard key={message.cmid} message={message} withRoom={withRooms} />
      ))}
    </ul>
  );
}

function ScheduledCard({ message, withRoom }: { message: Scheduled; withRoom: boolean }) {
  const store = useStore();
  const { personal, toast, rooms, connection } = store;
  const [editing, setEditing] = useState(false);
  const lists = personal.value;
  const room = rooms.all.value.find((each) => each.id === message.room);
  const online = connection.online.value;
  if (!lists) return null;
  const { cmid, text, failure, send_at, files = [] } = message;
  const cancel = async () => {
    const problem = await lists.cancel(cmid);
    if (problem !== undefined || failure || send_at <= Date.now()) {
      toast.show(problem ?? lateTexts.personal.cancelled);
      return;
    }
    const undo = () => void lists.schedule(message).then((refused) => toast.show(refused));
    toast.show(lateTexts.personal.cancelled, { label: texts.message.undo, run: undo });
  };
  return (
    <li class={failure ? 'scheduled-card bad' : 'scheduled-card'} data-testid="scheduled">
      {withRoom && (
        <p class="scheduled-room">
          {room ? (
            <PlaceLink place={placeOf(room)}>
              {room.info.direct.value ? '' : '#'}
              <bdi>{room.name.value}</bdi>
            </PlaceLink>
          ) : (
            lateTexts.personal.roomLeft
          )}
        </p>
      )}
      {editing ? (
        <EditForm message={message} onClose={() => setEditing(false)} />
      ) : (
        <>
          <p class="scheduled-text" dir="auto">
            {plainText(text, store.knownPeople())}
          </p>
          {files.length > 0 && (
            <p class="scheduled-when" data-testid="scheduled-files">
              <Icon name="attach" size={15} />
              <bdi>{textOrFiles('', files)}</bdi>
            </p>
          )}
          <p class={failure ? 'scheduled-when problem' : 'scheduled-when'} role={failure ? 'alert' : undefined}>
            <Icon name={failure ? 'warn' : 'clock'} size={15} />
            {failure ? lateTexts.personal.notSent(translated(failure).message) : lateTexts.personal.sends(whenText(send_at))}
          </p>
          <div class="card-buttons">
            <button type="button" class="secondary" disabled={!online} onClick={() => setEditing(true)}>
              {texts.common.edit}
            </button>
            <button
              type="button"
              class="secondary"
              disabled={!online}
              onClick={() => void lists.sendNow(cmid).then((problem) => toast.show(problem))}
            >
              {lateTexts.personal.sendNow}
            </button>
            <button type="button" class="secondary danger" disabled={!online} onClick={() => void cancel()}>
              {lateTexts.personal.cancelSending}
            </button>
          </div>
        </>
      )}
    </li>
  );
}

function EditForm({ message, onClose }: { message: Scheduled; onClose: () => void }) {
  const store = useStore();
  const { personal, limits } = store;
  const [text, setText] = useState(() => withNames(message.text, store.knownPeople()));
  const [time, setTime] = useState(() => fieldValue(message.send_at));
  const [problem, setProblem] = useState('');
  const save = async () => {
    const at = momentOf(time);
    if (at === undefined) {
      setProblem(lateTexts.personal.chooseTime);
      return;
    }
    const moved = time !== fieldValue(message.send_at) || message.failure !== undefined;
    const refused = await personal.peek()?.reschedule(message.cmid, {
      text: withMentions(text, store.knownPeople()).text,
      ...(moved && { send_at: at }),
    });
    if (refused === undefined) onClose();
    else setProblem(refused);
  };
  return (
    <form
      class="dialog-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <label class="labelled">
        <span>{lateTexts.personal.message}</span>
        <textarea
          rows={3}
          dir="auto"
          ref={takeFocus}
          maxLength={limits.value.message}
          value={text}
          data-testid="scheduled-text"
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <label class="labelled">
        <span>{lateTexts.personal.dateAndTime}</span>
        <input
          type="datetime-local"
          value={time}
          data-testid="scheduled-time"
          onInput={(event) => setTime(event.currentTarget.value)}
        />
      </label>
      <p class="problem" role="alert">
        {problem}
      </p>
      <div class="dialog-buttons">
        <button type="button" class="secondary" onClick={onClose}>
          {lateTexts.personal.back}
        </button>
        <button type="submit" class="primary" disabled={text.trim() === '' && !message.files}>
          {texts.common.save}
        </button>
      </div>
    </form>
  );
}
