import { useId } from 'preact/hooks';
import { Icon } from '../design/Icon';
import { Menu } from '../design/Menu';
import type { NotifyLevel } from '../net/contract';
import type { Room } from '../room/room';
import { useStore } from '../store/context';

const LEVELS: readonly [NotifyLevel, string, string][] = [
  ['all', 'All messages', 'Every new message counts'],
  ['mentions', 'Mentions', 'Only messages that mention you'],
  ['none', 'Nothing', 'The room stays quiet'],
];

/** Which messages of the room notify. */
export function LevelMenu({ room }: { room: Room }) {
  const { actions, toast, dialogs } = useStore();
  const level = room.info.level.value;
  const name = useId();
  return (
    <Menu label="Notifications" trigger={<Icon name={level === 'none' ? 'muted' : 'bell'} />} testId="level-menu">
      {(close) => (
        <>
        <fieldset class="levels">
          <legend>Notify me about</legend>
          {LEVELS.map(([value, label, explanation]) => (
            <label key={value} class="choice">
              <input
                type="radio"
                name={name}
                value={value}
                checked={level === value}
                data-testid={`level-${value}`}
                onChange={() => void actions.setLevel(room, value).then((problem) => toast.show(problem))}
              />
              <span>
                <b>{label}</b>
                <small>{explanation}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <button
          type="button"
          onClick={() => {
            close();
            dialogs.show({ kind: 'notifications' });
          }}
        >
          <Icon name="bell" size={18} />
          Notification settings
        </button>
        </>
      )}
    </Menu>
  );
}
