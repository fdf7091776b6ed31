import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../look/Icon';
import { keysShown } from './keys';

const KEYS: readonly [string, string][] = [
  ['Enter', 'Send'],
  ['Shift Enter', 'New line'],
  ['Esc', 'Mark read and go to the newest'],
  ['Ctrl F6', 'Next part of the page'],
  ['↑ ↓', 'From message to message, in the timeline'],
  ['Ctrl /', 'This help'],
];

export function KeysHelp() {
  const dialog = useRef<HTMLDialogElement>(null);
  const shown = keysShown.value;
  useEffect(() => {
    if (shown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [shown]);
  const close = () => {
    keysShown.value = false;
  };
  return (
    <dialog ref={dialog} class="help-box" aria-labelledby="keys-title" onClose={close}>
      <div class="help-head">
        <h2 id="keys-title">Keyboard</h2>
        <button type="button" class="plain" aria-label="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      <dl>
        {KEYS.map(([keys, what]) => (
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
    </dialog>
  );
}
