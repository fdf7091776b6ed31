import { Icon } from '../design/Icon';
import { texts } from '../language/language';
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
    <div class="reactions" role="group" aria-label={texts.message.reactions}>
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
        aria-label={texts.message.addReaction}
        title={texts.message.addReaction}
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
  const names = others.length < people.length ? [texts.common.you, ...others] : others;
  return nameList(names, Math.max(0, count - names.length));
}
