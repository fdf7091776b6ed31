import { useState } from 'preact/hooks';
import { Icon } from '../design/Icon';
import { lateTexts } from '../language/language';
import { fieldValue, momentOf, type TimeChoice } from '../time/time-choices';
import './personal.css';

const HOUR = 3_600_000;

interface Props {
  readonly choices: readonly TimeChoice[];
  readonly now: number;
  /** The words of the button for an own time. */
  readonly action: string;
  readonly onPick: (at: number) => void;
}

/** Some moments to choose from, and a field for any other. Times are those of the reader's time zone. */
export function TimeChoices({ choices, now, action, onPick }: Props) {
  const [own, setOwn] = useState(() => fieldValue(now + HOUR));
  const [problem, setProblem] = useState('');
  return (
    <div class="time-choices" data-testid="time-choices">
      {choices.map(({ label, at }, i) => (
        <button key={label} type="button" class="time-choice" autoFocus={i === 0} onClick={() => onPick(at)}>
          <Icon name="clock" size={18} />
          {label}
        </button>
      ))}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          const at = momentOf(own);
          if (at === undefined || at <= now) setProblem(lateTexts.personal.past);
          else onPick(at);
        }}
      >
        <label class="labelled">
          <span>{lateTexts.personal.dateAndTime}</span>
          <input
            type="datetime-local"
            value={own}
            min={fieldValue(now)}
            data-testid="own-time"
            onInput={(event) => setOwn(event.currentTarget.value)}
          />
        </label>
        <p class="problem" role="alert">
          {problem}
        </p>
        <button type="submit" class="secondary" data-testid="own-time-set">
          {action}
        </button>
      </form>
    </div>
  );
}
