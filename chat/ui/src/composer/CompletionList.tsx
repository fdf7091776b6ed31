import { useEffect, useRef } from 'preact/hooks';
import { Avatar } from '../design/Avatar';
import { Icon } from '../design/Icon';
import { texts } from '../language/language';
import type { Completion, Option } from './completion';

export const LIST_ID = 'completions';
export const optionId = (i: number) => `completion-${i}`;

/** The options as a list above the field. The focus stays in the field. */
export function CompletionList({ completion, onTake }: { completion: Completion; onTake: (option: Option) => void }) {
  const options = completion.options.value;
  const active = completion.active.value;
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active, options]);
  return (
    <>
      {options.length > 0 && (
        <ul
          ref={list}
          id={LIST_ID}
          class="completions"
          role="listbox"
          aria-label={texts.composer.suggestions}
          data-testid="completions"
        >
          {options.map((option, i) => (
            <li
              key={keyOf(option)}
              id={optionId(i)}
              role="option"
              aria-selected={i === active}
              // The field keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onTake(option)}
            >
              <OptionContent option={option} />
            </li>
          ))}
        </ul>
      )}
      <span class="visually-hidden" role="status">
        {options.length > 0 ? texts.composer.suggestionCount(options.length) : ''}
      </span>
    </>
  );
}

function keyOf(option: Option): string {
  return option.kind === 'person' ? option.person.id : option.kind === 'emoji' ? option.emoji : 'room';
}

function OptionContent({ option }: { option: Option }) {
  switch (option.kind) {
    case 'person':
      return (
        <>
          <Avatar person={option.person} small />
          <bdi>{option.person.name}</bdi>
        </>
      );
    case 'room':
      return (
        <>
          <span class="option-sign">
            <Icon name="people" size={18} />
          </span>
          <span>room</span>
          <span class="option-note">{texts.composer.everyoneHere}</span>
        </>
      );
    case 'emoji':
      return (
        <>
          <span class="option-sign">{option.emoji}</span>
          <span>:{option.name}:</span>
        </>
      );
  }
}
