import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../design/Icon';
import { lateTexts } from '../language/language';
import type { FoundRoom } from '../net/contract';
import { useStore } from '../store/context';
import { HOME, type Place } from '../store/place';
import '../design/dialogs.css';

/** The address names a room that the person is not in: offers to join it, or says that there is none. */
export function MissingRoom({ place }: { place: Extract<Place, { kind: 'room' | 'direct' }> }) {
  const { actions, navigation } = useStore();
  const [found, setFound] = useState<FoundRoom | undefined>(undefined);
  const [state, setState] = useState<'asking' | 'found' | 'none'>('asking');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const { kind, key } = place;

  useEffect(() => {
    let over = false;
    setState('asking');
    const ask = async () => {
      if (kind === 'direct') {
        const refused = await actions.direct(key);
        if (!over && refused !== undefined) setState('none');
        return;
      }
      const rooms = await actions.findRooms(key);
      const room = rooms?.find((each) => each.slug === key || each.id === key);
      if (over) return;
      setFound(room);
      setState(room ? 'found' : 'none');
    };
    void ask();
    return () => {
      over = true;
    };
  }, [kind, key, actions]);

  if (state === 'asking') return <div class="empty" aria-busy="true" />;
  return (
    <div class="empty" data-testid="missing-room">
      <Icon name={kind === 'room' ? 'hash' : 'people'} size={44} />
      {state === 'found' && found ? (
        <>
          <h2>{found.name}</h2>
          <p dir="auto">{found.topic || lateTexts.roomDialogs.notIn}</p>
          <p>{lateTexts.roomDialogs.members(found.members)}</p>
          <button type="button" class="primary" data-testid="join-room" onClick={() => void actions.join(found.id).then(setProblem)}>
            {lateTexts.roomDialogs.joinRoom}
          </button>
        </>
      ) : (
        <>
          <h2>{kind === 'room' ? lateTexts.roomDialogs.noRoom : lateTexts.roomDialogs.noPerson}</h2>
          <p>{kind === 'room' ? lateTexts.roomDialogs.noRoomHelp : lateTexts.roomDialogs.noPersonHelp}</p>
          <button type="button" class="primary" onClick={() => navigation.replace(HOME)}>
            {lateTexts.roomDialogs.goToRooms}
          </button>
        </>
      )}
      <p class="problem" role="alert">
        {problem}
      </p>
    </div>
  );
}
