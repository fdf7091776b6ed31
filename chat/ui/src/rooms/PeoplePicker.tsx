import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Avatar } from '../design/Avatar';
import { Icon } from '../design/Icon';
import { lateTexts, texts } from '../language/language';
import type { Person, PersonOnline } from '../net/contract';
import { useStore } from '../store/context';

interface Props {
  readonly chosen: readonly Person[];
  readonly choose: (people: readonly Person[]) => void;
  readonly most: number;
  readonly label: string;
}

const TYPING_MS = 120;

/** A field that finds people. Enter takes one, Backspace in the empty field removes the last. */
export function PeoplePicker({ chosen, choose, most, label }: Props) {
  const { actions, people: online, session } = useStore();
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<readonly PersonOnline[]>([]);
  const [active, setActive] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const me = session.me.value?.id;
  const taken = new Set(chosen.map((p) => p.id));
  const options = found.filter((p) => p.id !== me && !taken.has(p.id));
  const full = chosen.length >= most;

  useEffect(() => {
    const wanted = query.trim();
    if (wanted === '') {
      setFound(online.roster.peek().people.map((p) => ({ ...p, online: true })));
      return undefined;
    }
    let over = false;
    const timer = setTimeout(() => void actions.findPeople(wanted).then((people) => over || setFound(people)), TYPING_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [query, actions, online]);
  useEffect(() => setActive(0), [query, chosen.length]);

  const take = (person: Person | undefined) => {
    if (!person || full) return;
    choose([...chosen, { id: person.id, name: person.name, hue: person.hue }]);
    setQuery('');
    field.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, options.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
    else if (event.key === 'Enter' && options[active] && !(query === '' && chosen.length > 0)) take(options[active]);
    else if (event.key === 'Backspace' && query === '') choose(chosen.slice(0, -1));
    else return;
    if (event.key !== 'Backspace') event.preventDefault();
  };

  return (
    <div class="picker">
      <div class="picker-field" onClick={() => field.current?.focus()}>
        {chosen.map((person) => (
          <button
            key={person.id}
            type="button"
            class="chip"
            aria-label={lateTexts.roomDialogs.remove(person.name)}
            data-testid="chosen"
            onClick={() => choose(chosen.filter((p) => p.id !== person.id))}
          >
            <bdi>{person.name}</bdi>
            <Icon name="close" size={14} />
          </button>
        ))}
        <input
          ref={field}
          type="text"
          role="combobox"
          autoFocus
          dir="auto"
          autocomplete="off"
          placeholder={chosen.length === 0 ? lateTexts.roomDialogs.typeName : ''}
          aria-label={label}
          aria-expanded={options.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={options[active] && !full ? `${id}-${options[active].id}` : undefined}
          disabled={full}
          value={query}
          data-testid="people-query"
          onInput={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      {full && <p class="note">{lateTexts.roomDialogs.atMost(most)}</p>}
      <ul id={`${id}-list`} class="options" role="listbox" aria-label={texts.common.people}>
        {!full &&
          options.map((person, at) => (
            <li
              key={person.id}
              id={`${id}-${person.id}`}
              role="option"
              aria-selected={at === active}
              class="option"
              data-testid="person-option"
              onPointerDown={(event) => {
                event.preventDefault();
                take(person);
              }}
            >
              <span class="face">
                <Avatar person={person} small />
                {person.online && <span class="dot" />}
              </span>
              <bdi>{person.name}</bdi>
              {person.online && <small>{texts.common.online}</small>}
            </li>
          ))}
      </ul>
      {!full && options.length === 0 && query.trim() !== '' && <p class="note">{lateTexts.roomDialogs.nobodyNamed}</p>}
      {!full && options.length === 0 && query.trim() === '' && chosen.length === 0 && (
        <p class="note">{lateTexts.roomDialogs.nobodyOnline}</p>
      )}
    </div>
  );
}
