import { Dialog } from '../design/Dialog';
import { useStore } from '../store/context';

const SHORTCUTS: readonly [string, string][] = [
  ['Ctrl K', 'Go to a room or person'],
  ['Ctrl Shift F', 'Search messages of the room'],
  ['Ctrl K /', 'Search messages of all rooms'],
  ['Alt ↑ ↓', 'Room above or below'],
  ['Alt Shift ↑ ↓', 'Unread room above or below'],
  ['Enter', 'Send'],
  ['Shift Enter', 'New line'],
  ['Esc', 'Mark read and go to the newest'],
  ['Ctrl F6', 'Next part of the page'],
  ['↑', 'Edit your last message, from an empty field'],
  ['Enter', 'Newest message, from the timeline'],
  ['↑ ↓', 'From message to message'],
  ['R', 'Reply to the message'],
  ['E', 'Edit the message'],
  ['+', 'React to the message'],
  ['S', 'Save the message, or remove it from the saved ones'],
  ['M', 'Remind me of the message'],
  ['Del', 'Delete the message'],
  ['Tab', 'Links and buttons of the message'],
  ['Ctrl /', 'This help'],
];

export function ShortcutsHelp() {
  const { dialogs } = useStore();
  return (
    <Dialog title="Keyboard" onClose={() => dialogs.close()} testId="shortcuts-dialog">
      <dl class="shortcuts">
        {SHORTCUTS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
