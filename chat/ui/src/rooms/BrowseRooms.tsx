import { useEffect, useState } from 'preact/hooks';
import { Dialog } from '../design/Dialog';
import { Icon } from '../design/Icon';
import { lateTexts } from '../language/language';
import type { FoundRoom } from '../net/contract';
import { useStore } from '../store/context';

/** The wait after the last key before the server is asked. */
const TYPING_MS = 150;

/** Lists the public rooms, to go to or to join. */
export function BrowseRooms() {
  const { actions, dialogs } = useStore();
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<readonly FoundRoom[] | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const close = () => dialogs.close();

  useEffect(() => {
    let over = false;
    const timer = setTimeout(
      () =>
        void actions.findRooms(query.trim()).then((rooms) => {
          if (over) return;
          setFound(rooms ?? []);
          setProblem(rooms ? undefined : lateTexts.roomDialogs.notLoaded);
        }),
      query === '' ? 0 : TYPING_MS,
    );
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [query, actions]);

  const enter = async (room: FoundRoom) => {
    const refused = await actions.join(room.id);
    if (refused === undefined) close();
    else setProblem(refused);
  };

  return (
    <Dialog title={lateTexts.roomDialogs.browse} onClose={close} testId="browse-dialog">
      <input
        type="search"
        class="search-field"
        autoFocus
        placeholder={lateTexts.roomDialogs.find}
        aria-label={lateTexts.roomDialogs.find}
        value={query}
        data-testid="room-query"
        onInput={(event) => setQuery(event.currentTarget.value)}
      />
      <p class="problem" role="alert">
        {problem}
      </p>
      <ul class="found-rooms" aria-busy={found === undefined}>
        {found?.map((room) => (
          <li key={room.id} class="found-room" data-testid="found-room" data-id={room.id}>
            <Icon name="hash" size={18} />
            <div class="found-text">
              <b>
                <bdi>{room.name}</bdi>
              </b>
              <small dir="auto">
                {lateTexts.roomDialogs.members(room.members)}
                {room.topic ? ` · ${room.topic}` : ''}
              </small>
            </div>
            <button
              type="button"
              class={room.joined ? 'secondary' : 'primary'}
              aria-label={room.joined ? lateTexts.roomDialogs.openNamed(room.name) : lateTexts.roomDialogs.joinNamed(room.name)}
              onClick={() => void enter(room)}
            >
              {room.joined ? lateTexts.roomDialogs.open : lateTexts.roomDialogs.join}
            </button>
          </li>
        ))}
      </ul>
      {found?.length === 0 && problem === undefined && (
        <div class="nothing">
          <p>{lateTexts.roomDialogs.noneNamed}</p>
          <button type="button" class="secondary" onClick={() => dialogs.show({ kind: 'new-room' })}>
            {lateTexts.roomDialogs.createRoom}
          </button>
        </div>
      )}
    </Dialog>
  );
}
