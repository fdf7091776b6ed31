import { Icon } from '../design/Icon';
import type { Person, Reaction } from '../net/contract';
import { nameList } from '../text/name-list';

interface Props {
  readonly reactions: readonly Reaction[];
  readonly me: Person | undefined;
  readonly reachable: boolean;
  readonly onToggle: (emoji: string, on: boolean) => void;
  readonly onAdd: (opener: HTMLElement) => void;
}

/** The reactions to a message. One's own are marked, and a press takes them away or joins them. */
export function Reactions({ reactions, me, reachable, onToggle, onAdd }: Props) {
  if (reactions.length === 0) return null;
  const tabIndex = reachable ? 0 : -1;
  return (
    <div class="reactions" role="group" aria-label="Reactions">
      {reactions.map((reaction) => {
        const mine = reaction.people.some((person) => person.id === me?.id);
        const names = reactionNames(reaction, me);
        return (
          <button
            key={reaction.emoji}
            type="button"
            class="reaction"
            aria-pressed={mine}
            aria-label={`${reaction.emoji} ${reaction.count}: ${names}`}
            title={names}
            tabIndex={tabIndex}
            data-testid="reaction"
            data-emoji={reaction.emoji}
            onClick={() => onToggle(reaction.emoji, !mine)}
          >
            <span class="reaction-emoji">{reaction.emoji}</span>
            <span class="reaction-count">{reaction.count}</span>
          </button>
        );
      })}
      <button
        type="button"
        class="reaction add"
        aria-label="Add a reaction"
        title="Add a reaction"
        tabIndex={tabIndex}
        onClick={(event) => onAdd(event.currentTarget)}
      >
        <Icon name="smile" size={16} />
      </button>
    </div>
  );
}

/** "You, Ada and 3 others" */
export function reactionNames({ people, count }: Reaction, me: Person | undefined): string {
  const others = people.filter((person) => person.id !== me?.id).map((person) => person.name);
  const names = others.length < people.length ? ['You', ...others] : others;
  const unnamed = count - names.length;
  if (unnamed <= 0) return nameList(names);
  const [first = '', second = ''] = names;
  return names.length === 1 ? `${first} and ${unnamed} others` : `${first}, ${second} and ${count - 2} others`;
}
