import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { deferred } from '../design/Deferred';
import { Icon } from '../design/Icon';
import { emojiIndex } from '../emoji/emoji-index';
import { AttachButton } from '../file-view/AttachButton';
import { useFileDrop } from '../file-view/use-file-drop';
import { filesOf } from '../files/transferred-files';
import { texts } from '../language/language';
import type { Person } from '../net/contract';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { withEmoji } from '../text/shortcodes';
import { focusNewest } from '../timeline/message-focus';
import { Activity } from './Activity';
import type { Option } from './completion';
import { CompletionList, LIST_ID, optionId } from './CompletionList';
import { ComposingStrip } from './ComposingStrip';
import { editLastOwn } from './edit-last-own';
import { insertInto } from './insert-text';
import { useCompletion } from './use-completion';
import { sendableText } from './sendable-text';
import './composer.css';
import './completions.css';

const GROWS_ITSELF = CSS.supports('field-sizing', 'content');

const NO_FILES: readonly never[] = [];

/** On touch the Enter key breaks the line, and the button sends. */
const touch = matchMedia('(hover: none) and (pointer: coarse)');

const Attached = deferred(() => import('../file-view/AttachedFiles').then((module) => module.AttachedFiles));
/** Files can be attached without a connection, so the code must be here before it is lost. */
export const preloadAttached = () => Attached.preload();
const LaterButton = deferred(() => import('../personal-page/LaterButton').then((module) => module.LaterButton));
const ScheduledStrip = deferred(() => import('../personal-page/ScheduledStrip').then((module) => module.ScheduledStrip));
const Picker = deferred(() => import('../emoji/EmojiPicker').then((module) => module.EmojiPicker));

export function Composer({ room }: { room: Room }) {
  const store = useStore();
  const { composing } = room;
  const field = useRef<HTMLTextAreaElement>(null);
  /** The people of the mentions that were completed here. */
  const mentioned = useRef<Person[]>([]);
  const [picker, setPicker] = useState<HTMLElement | undefined>(undefined);
  const editing = composing.editing.value;
  const draft = store.drafts.text(room.id).value;
  const text = editing ? composing.editText.value : draft;
  const focusRequests = store.focus.composerRequests.value;
  const limit = store.limits.value.message;
  const wanted = sendableText(text);
  const left = limit - wanted.length;
  const near = wanted.length >= limit * 0.9;
  const attached = editing ? NO_FILES : store.attachments.in(room.id).value;
  const refused = attached.some(({ token }) => store.attachments.progress(token).value.state === 'failed');
  const ready = (wanted !== '' || attached.length > 0) && left >= 0 && !refused;

  const completion = useCompletion(room);
  const options = completion.options.value;

  const attach = useCallback(
    (files: readonly File[]) => {
      if (files.length === 0) return;
      room.composing.endEdit();
      void store.attachments.add(room.id, files).then((problem) => store.toast.show(problem));
      field.current?.focus();
    },
    [room, store],
  );
  const dragged = useFileDrop(attach);

  const write = (value: string) => {
    if (composing.editing.peek()) composing.editText.value = value;
    else store.drafts.write(room.id, value);
  };

  /** Puts text and caret into the field at once; the field is controlled by the text. */
  const put = (value: string, caret: number) => {
    write(value);
    const area = field.current;
    if (!area) return;
    area.value = value;
    area.focus();
    area.setSelectionRange(caret, caret);
  };

  useLayoutEffect(() => {
    const area = field.current;
    if (GROWS_ITSELF || !area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);

  useEffect(() => {
    if (!touch.matches || focusRequests > 0) field.current?.focus();
  }, [room, focusRequests]);

  useEffect(() => {
    const area = field.current;
    if (editing && area) area.setSelectionRange(area.value.length, area.value.length);
  }, [editing]);

  /** The text as it is sent. */
  const outgoing = () => {
    const index = emojiIndex.peek();
    return index ? withEmoji(wanted, (name) => index.find(name)) : wanted;
  };

  const sent = (edited: boolean) => {
    mentioned.current = [];
    completion.reset();
    if (!edited) store.drafts.write(room.id, '');
    field.current?.focus();
  };

  const submit = () => {
    if (!ready) return;
    const edited = editing !== undefined;
    store.send(room, outgoing(), mentioned.current);
    sent(edited);
  };

  const take = (option: Option) => {
    const completed = completion.take(option, text);
    if (!completed) return;
    if (option.kind === 'person') mentioned.current = [option.person, ...mentioned.current];
    put(completed.text, completed.caret);
  };

  /** Keys of the list of suggestions. Returns true for a key that it took. */
  const onCompletionKey = ({ key, shiftKey }: KeyboardEvent): boolean => {
    const option = options[completion.active.peek()];
    if (!option) return false;
    if (key === 'ArrowDown' || key === 'ArrowUp') completion.move(key === 'ArrowDown' ? 1 : -1);
    else if ((key === 'Enter' || key === 'Tab') && !shiftKey) take(option);
    else if (key === 'Escape') completion.close();
    else return false;
    return true;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // 229: an input method is composing, also where the browser sets isComposing too late.
    if (event.isComposing || event.keyCode === 229) return;
    if (onCompletionKey(event) || (event.key === 'Escape' && composing.leave())) {
      event.preventDefault();
      return;
    }
    if (
      event.key === 'ArrowUp' &&
      isEmpty(event) &&
      !editing &&
      (editLastOwn(room, (row) => store.messages.edit(room, row)) || focusNewest(room, store.focus))
    ) {
      event.preventDefault();
      return;
    }
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || touch.matches) return;
    event.preventDefault();
    submit();
  };

  const pick = (emoji: string) => {
    setPicker(undefined);
    store.recentEmoji.use(emoji);
    const area = field.current;
    const { text: next, caret } = insertInto(
      text,
      area?.selectionStart ?? text.length,
      area?.selectionEnd ?? text.length,
      emoji,
    );
    put(next, caret);
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
      <Activity room={room} />
      {store.personal.value && <ScheduledStrip room={room} />}
      <CompletionList completion={completion} onTake={take} />
      <div class="field">
        <ComposingStrip
          room={room}
          onLeave={() => {
            composing.leave();
            field.current?.focus();
          }}
        />
        {attached.length > 0 && <Attached room={room} />}
        <div class="field-row">
          {!editing && <AttachButton onFiles={attach} />}
          <textarea
            ref={field}
            rows={1}
            dir="auto"
            value={text}
            placeholder={editing ? texts.composer.edit : texts.composer.writeTo(room.name.value || texts.composer.everyone)}
            aria-label={editing ? texts.composer.edit : texts.composer.messageTo(room.name.value)}
            aria-describedby={near ? 'counter' : undefined}
            aria-invalid={left < 0}
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-controls={options.length > 0 ? LIST_ID : undefined}
            aria-activedescendant={options.length > 0 ? optionId(completion.active.value) : undefined}
            enterkeyhint={touch.matches ? 'enter' : 'send'}
            autocomplete="off"
            data-testid="composer"
            onInput={(event) => {
              const { value, selectionStart } = event.currentTarget;
              write(value);
              completion.update(value, selectionStart);
              if (!editing && sendableText(value) !== '') room.reportTyping();
            }}
            onSelect={(event) => completion.update(event.currentTarget.value, event.currentTarget.selectionStart)}
            onBlur={() => completion.reset()}
            onKeyDown={onKeyDown}
            onPaste={(event) => {
              const files = filesOf(event.clipboardData);
              // Programs that copy a table also offer a picture of it.
              if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return;
              event.preventDefault();
              attach(files);
            }}
          />
          {near && (
            <span id="counter" class={left < 0 ? 'counter over' : 'counter'} data-testid="counter">
              {left < 0 ? texts.composer.tooMany(-left) : left}
            </span>
          )}
          {ready && !editing && (
            <LaterButton room={room} text={outgoing} mentioned={mentioned.current} onDone={() => sent(false)} />
          )}
          <button
            type="button"
            class="field-button"
            aria-label={texts.composer.emoji}
            title={texts.composer.emoji}
            data-testid="emoji-button"
            onClick={(event) => setPicker(event.currentTarget)}
          >
            <Icon name="smile" />
          </button>
          <button
            type="submit"
            class="send"
            disabled={!ready}
            aria-label={editing ? texts.common.save : texts.composer.send}
            title={editing ? texts.common.save : texts.composer.send}
            data-testid="send"
          >
            <Icon name={editing ? 'check' : 'send'} />
          </button>
        </div>
      </div>
      {dragged && (
        <div class="drop-zone" data-testid="drop-zone">
          <Icon name="attach" size={32} />
          {texts.composer.drop}
        </div>
      )}
      {picker && (
        <Picker
          opener={picker}
          recent={store.recentEmoji.list.value}
          onPick={pick}
          onClose={() => setPicker(undefined)}
        />
      )}
    </form>
  );
}

/** ↑ without other keys in an empty field. */
function isEmpty(event: KeyboardEvent): boolean {
  const { value } = event.currentTarget as HTMLTextAreaElement;
  return value === '' && !(event.shiftKey || event.altKey || event.ctrlKey || event.metaKey);
}
