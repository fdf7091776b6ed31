import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Popup } from '../design/Popup';
import { lateTexts, texts } from '../language/language';
import { emojiIndex, loadEmoji } from './emoji-index';
import { EmojiGrid } from './EmojiGrid';
import './emoji-picker.css';

interface Props {
  readonly opener: HTMLElement;
  readonly recent: readonly string[];
  readonly onPick: (emoji: string) => void;
  readonly onClose: () => void;
}

const FOUND = 64;
const RECENT = 'recent';
const FIRST = 'Smileys & Emotion';
const SIGNS: Readonly<Record<string, string>> = {
  recent: '🕘', 'Smileys & Emotion': '😀', 'People & Body': '👋', 'Animals & Nature': '🐻', 'Food & Drink': '🍔',
  'Travel & Places': '🚗', Activities: '⚽', Objects: '💡', Symbols: '❤️', Flags: '🏁',
}; // prettier-ignore

/** The name of a group in the person's language. The list of emoji has English names. */
function groupName(name: string): string {
  const names: Readonly<Record<string, string>> = lateTexts.emoji.groups;
  return name === RECENT ? lateTexts.emoji.recent : (names[name] ?? name);
}

/** All emoji by groups, and a search. ↓ goes from the search into the grid, and Enter takes the first one. */
export function EmojiPicker({ opener, recent, onPick, onClose }: Props) {
  const index = emojiIndex.value;
  const [query, setQuery] = useState('');
  const [group, setGroup] = useState(recent.length > 0 ? RECENT : FIRST);
  const [hint, setHint] = useState<string | undefined>(undefined);
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  // The list of recent emoji stays as it was when the picker opened.
  const recently = useMemo(() => recent, []);

  useEffect(() => {
    void loadEmoji();
    search.current?.focus({ preventScroll: true });
  }, []);

  const shown = useMemo(() => {
    if (query.trim() !== '') return index?.search(query, FOUND).map(({ emoji }) => emoji) ?? [];
    if (group === RECENT) return recently;
    return index?.groups.find(({ name }) => name === group)?.emoji.map(({ emoji }) => emoji) ?? [];
  }, [index, query, group, recently]);
  /** The list may still be loading when a person types fast. */
  const takeFirst = async () => {
    const [first] = (await loadEmoji())?.search(query, 1) ?? [];
    if (first) onPick(first.emoji);
  };

  const groups = [...(recently.length > 0 ? [RECENT] : []), ...(index?.groups.map(({ name }) => name) ?? [])];
  const searching = query.trim() !== '';

  return (
    <Popup opener={opener} label={texts.composer.emoji} class="emoji-picker" onClose={onClose}>
      <input
        ref={search}
        type="search"
        class="emoji-search"
        placeholder={lateTexts.emoji.search}
        aria-label={lateTexts.emoji.search}
        autocomplete="off"
        value={query}
        data-testid="emoji-search"
        onInput={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            grid.current?.querySelector<HTMLElement>('button')?.focus();
          } else if (event.key === 'Enter' && !event.isComposing) {
            event.preventDefault();
            void takeFirst();
          }
        }}
      />
      <div class="emoji-groups" role="group" aria-label={lateTexts.emoji.groupsLabel}>
        {groups.map((name) => (
          <button
            key={name}
            type="button"
            title={groupName(name)}
            aria-label={groupName(name)}
            aria-pressed={!searching && name === group}
            onClick={() => {
              setQuery('');
              setGroup(name);
            }}
          >
            {SIGNS[name] ?? name.charAt(0)}
          </button>
        ))}
      </div>
      <div ref={grid} class="emoji-scroll">
        <EmojiGrid
          emoji={shown}
          nameOf={(emoji) => index?.nameOf(emoji) ?? emoji}
          onPick={onPick}
          onHint={setHint}
          onLeaveUp={() => search.current?.focus()}
        />
        {index && shown.length === 0 && <p class="emoji-none">{lateTexts.emoji.none}</p>}
      </div>
      <p class="emoji-hint" aria-hidden="true">
        {hint === undefined ? (searching ? texts.common.search : groupName(group)) : `${hint}  ${index?.nameOf(hint) ?? ''}`}
      </p>
    </Popup>
  );
}
