import { useId } from 'preact/hooks';
import { Icon } from '../design/Icon';
import { texts } from '../language/language';
import type { NotifyLevel } from '../net/contract';
import type { Room } from '../room/room';
import { useStore } from '../store/context';

const levels = (): readonly [NotifyLevel, string, string][] => [
  ['all', texts.rooms.all, texts.rooms.allHelp],
  ['mentions', texts.common.mentions, texts.rooms.mentionsHelp],
  ['none', texts.rooms.none, texts.rooms.noneHelp],
];

/** Which messages of the room notify. */
export function LevelItems({ room, close }: { room: Room; close: () => void }) {
  const { actions, toast, dialogs } = useStore();
  const level = room.info.level.value;
  const name = useId();
  return (
    <>
    <fieldset class="levels">
      <legend>{texts.rooms.notifyMe}</legend>
      {levels().map(([value, label, explanation]) => (
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
      {texts.rooms.notifySettings}
    </button>
    </>
  );
}
