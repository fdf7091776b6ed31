import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { limits, notices, send, typing } from '../app/natter';
import type { Room } from '../app/room';
import { Icon } from '../look/Icon';
import { focusComposer, textOf, write } from './draft';
import './composer.css';

const GROWS_ITSELF = CSS.supports('field-sizing', 'content');

/** On touch the Enter key breaks the line, and the button sends. */
const touch = matchMedia('(hover: none) and (pointer: coarse)');

export function Composer({ room }: { room: Room }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const text = textOf(room.id).value ?? '';
  const left = limits.value.message - text.length;
  const near = text.length >= limits.value.message * 0.9;
  const ready = text.trim() !== '' && left >= 0;

  useLayoutEffect(() => {
    const area = field.current;
    if (GROWS_ITSELF || !area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);

  useEffect(() => {
    if (!touch.matches || focusComposer.value > 0) field.current?.focus();
  }, [room, focusComposer.value]);

  const submit = () => {
    if (!ready) return;
    send(text);
    write(room.id, '');
    field.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // 229: an input method is composing, also where isComposing is told too late.
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return;
    if (event.shiftKey || event.altKey || touch.matches) return;
    event.preventDefault();
    submit();
  };

  return (
    <form
      class="composer"
      data-region="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div class="whispers">
        <span class="typing" data-testid="typing">
          {room.typing.value && <TypingDots />}
          {room.typing.value}
        </span>
        <span key={notices.value} class="notice" data-testid="notice">
          {notices.value}
        </span>
      </div>
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={text}
          placeholder={`Write to ${room.name.value || 'everyone'}`}
          aria-label={`Message to ${room.name.value}`}
          aria-describedby={near ? 'counter' : undefined}
          aria-invalid={left < 0}
          enterkeyhint={touch.matches ? 'enter' : 'send'}
          autocomplete="off"
          data-testid="composer"
          onInput={(event) => {
            write(room.id, event.currentTarget.value);
            if (event.currentTarget.value.trim() !== '') typing();
          }}
          onKeyDown={onKeyDown}
        />
        {near && (
          <span id="counter" class={left < 0 ? 'counter over' : 'counter'} data-testid="counter">
            {left < 0 ? `${-left} too many` : left}
          </span>
        )}
        <button type="submit" class="send" disabled={!ready} aria-label="Send" title="Send" data-testid="send">
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}

function TypingDots() {
  return (
    <span class="dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}
