import { Dialog } from '../design/Dialog';
import { lateTexts } from '../language/language';
import { useStore } from '../store/context';

const SHORTCUTS = [
  ['Ctrl K', 'goTo'],
  ['Ctrl Shift F', 'searchRoom'],
  ['Ctrl K /', 'searchAll'],
  ['Alt ↑ ↓', 'nextRoom'],
  ['Alt Shift ↑ ↓', 'nextUnread'],
  ['Enter', 'send'],
  ['Shift Enter', 'newLine'],
  ['Esc', 'markRead'],
  ['Ctrl F6', 'nextPart'],
  ['↑', 'editLast'],
  ['Enter', 'newest'],
  ['↑ ↓', 'nextMessage'],
  ['R', 'reply'],
  ['E', 'edit'],
  ['+', 'react'],
  ['S', 'save'],
  ['M', 'remind'],
  ['Del', 'delete'],
  ['Tab', 'links'],
  ['Ctrl /', 'help'],
] as const;

export function ShortcutsHelp() {
  const { dialogs } = useStore();
  return (
    <Dialog title={lateTexts.keys.title} onClose={() => dialogs.close()} testId="shortcuts-dialog">
      <dl class="shortcuts">
        {SHORTCUTS.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{lateTexts.keys.names[key] ?? key}</kbd>
              ))}
            </dt>
            <dd>{lateTexts.keys[what]}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
