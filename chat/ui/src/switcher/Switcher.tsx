import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Avatar } from '../design/Avatar';
import { Icon } from '../design/Icon';
import { lateTexts } from '../language/language';
import type { FoundRoom, Person } from '../net/contract';
import { RoomIcon } from '../rooms/RoomIcon';
import { useStore } from '../store/context';
import { shortCount } from '../store/totals';
import { type Target, targets } from './targets';
import '../design/dialogs.css';
import './switcher.css';

const PAGE_ICONS = { mentions: 'at', saved: 'bookmark', scheduled: 'clock' } as const;

/** The wait after the last key before the server is asked for people and rooms. */
const TYPING_MS = 120;

/** Goes to a room or a person by a few letters. */
export function Switcher() {
  const store = useStore();
  const { rooms, recent, people, actions, dialogs, session, navigation, toast } = store;
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const [found, setFound] = useState<{ people: readonly Person[]; rooms: readonly FoundRoom[] }>({ people: [], rooms: [] });
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();

  // Before the next key: what is typed at once goes to the dialog.
  useLayoutEffect(() => {
    dialog.current?.showModal();
    return () => dialog.current?.close();
  }, []);
  useEffect(() => {
    setActive(0);
    const wanted = query.trim();
    if (wanted === '') return undefined;
    let over = false;
    const timer = setTimeout(
      () =>
        void Promise.all([actions.findPeople(wanted), actions.findRooms(wanted)]).then(([named, open]) => {
          if (!over) setFound({ people: named, rooms: open ?? [] });
        }),
      TYPING_MS,
    );
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [query, actions]);

  const known = new Map([...people.roster.value.people, ...found.people].map((person) => [person.id, person]));
  const listed = targets({
    query,
    rooms: rooms.all.value,
    recent: recent.ids.value,
    current: rooms.current.value?.id,
    people: [...known.values()],
    found: found.rooms,
    me: session.me.value?.id ?? '',
  });
  const chosen = listed[Math.min(active, listed.length - 1)];
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen?.key]);

  const go = (target: Target | undefined) => {
    if (!target) return;
    dialogs.close();
    if (target.kind === 'room') actions.go(target.room);
    else if (target.kind === 'search') store.search(target.text);
    else if (target.kind === 'person') void actions.direct(target.person.id).then((problem) => toast.show(problem));
    else if (target.kind === 'join') void actions.join(target.found.id).then((problem) => toast.show(problem));
    else navigation.go({ kind: target.kind });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const last = listed.length - 1;
    if (event.key === 'ArrowDown') setActive(active >= last ? 0 : active + 1);
    else if (event.key === 'ArrowUp') setActive(active <= 0 ? last : active - 1);
    else if (event.key === 'Enter') go(chosen);
    else return;
    event.preventDefault();
  };

  return (
    <dialog
      ref={dialog}
      class="dialog switcher"
      aria-label={lateTexts.switcher.label}
      data-testid="switcher"
      onClose={() => dialogs.close()}
      onPointerDown={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div class="switcher-field">
        <Icon name="search" size={18} />
        <input
          type="text"
          role="combobox"
          autoFocus
          dir="auto"
          autocomplete="off"
          spellcheck={false}
          placeholder={lateTexts.switcher.placeholder}
          aria-label={lateTexts.switcher.label}
          aria-expanded={listed.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen ? `${id}-${chosen.key}` : undefined}
          value={query}
          data-testid="switcher-query"
          onInput={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </div>
      <ul ref={list} id={`${id}-list`} class="options" role="listbox" aria-label={lateTexts.switcher.list}>
        {listed.map((target) => (
          <li
            key={target.key}
            id={`${id}-${target.key}`}
            role="option"
            class="option"
            aria-selected={target === chosen}
            data-testid="switcher-option"
            onClick={() => go(target)}
          >
            <TargetLine target={target} />
          </li>
        ))}
      </ul>
      {listed.length === 0 && <p class="note">{lateTexts.switcher.none}</p>}
    </dialog>
  );
}

function TargetLine({ target }: { target: Target }) {
  switch (target.kind) {
    case 'room': {
      const { room } = target;
      const mentions = room.mentions.value;
      return (
        <>
          <RoomIcon room={room} size={18} />
          <bdi class={room.unread.value > 0 ? 'bold' : undefined}>{target.name}</bdi>
          {mentions > 0 && <span class="pill">{shortCount(mentions)}</span>}
          {mentions === 0 && room.info.topic.value && <small>{room.info.topic.value}</small>}
        </>
      );
    }
    case 'person':
      return (
        <>
          <Avatar person={target.person} small />
          <bdi>{target.name}</bdi>
          <small>{lateTexts.switcher.write}</small>
        </>
      );
    case 'join':
      return (
        <>
          <Icon name="hash" size={18} />
          <bdi>{target.name}</bdi>
          <small>{lateTexts.switcher.join}</small>
        </>
      );
    case 'search':
      return (
        <>
          <Icon name="search" size={18} />
          <bdi>{target.text === '' ? lateTexts.switcher.search : lateTexts.switcher.searchFor(target.text)}</bdi>
        </>
      );
    case 'mentions':
    case 'saved':
    case 'scheduled':
      return (
        <>
          <Icon name={PAGE_ICONS[target.kind]} size={18} />
          <bdi>{target.name}</bdi>
        </>
      );
  }
}
