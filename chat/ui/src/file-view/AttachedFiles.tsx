import { useState } from 'preact/hooks';
import { Icon } from '../design/Icon';
import { takeFocus } from '../design/take-focus';
import type { Attachment } from '../files/attachments';
import { fileSize, percentText } from '../files/file-size';
import { lateTexts, texts } from '../language/language';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import './attached.css';

/** The files above the field of the composer. They are sent while the person still writes. */
export function AttachedFiles({ room }: { room: Room }) {
  const { attachments } = useStore();
  return (
    <ul class="attached-files" aria-label={lateTexts.attached.label}>
      {attachments.in(room.id).value.map((file) => (
        <Chip key={file.token} file={file} room={room} />
      ))}
    </ul>
  );
}

function Chip({ file, room }: { file: Attachment; room: Room }) {
  const { attachments, focus } = useStore();
  const [describing, setDescribing] = useState(false);
  const { state, sent, reason } = attachments.progress(file.token).value;
  const image = file.width !== undefined;
  const percent = Math.floor((sent * 100) / file.size);
  const words =
    state === 'failed'
      ? (reason ?? texts.message.notSent)
      : state === 'done'
        ? fileSize(file.size)
        : state === 'waiting'
          ? `${lateTexts.attached.waiting} · ${fileSize(file.size)}`
          : lateTexts.attached.part(percentText(percent), fileSize(file.size));
  return (
    <li class="attached" data-testid="chip" data-state={state}>
      {image ? <img src={attachments.url(file.token)} alt="" width={44} height={44} /> : <Icon name="file" size={24} />}
      <div class="attached-words">
        <bdi class="attached-name" title={file.name}>
          {file.name}
        </bdi>
        {describing ? (
          <input
            type="text"
            dir="auto"
            ref={takeFocus}
            maxLength={500}
            value={file.alt ?? ''}
            placeholder={lateTexts.attached.describeHelp}
            aria-label={lateTexts.attached.description(file.name)}
            data-testid="chip-alt"
            onInput={(event) => attachments.describe(room.id, file.token, event.currentTarget.value)}
            onBlur={() => setDescribing(false)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' && event.key !== 'Escape') return;
              event.preventDefault();
              event.stopPropagation();
              setDescribing(false);
              focus.requestComposer();
            }}
          />
        ) : (
          <small class={state === 'failed' ? 'bad' : undefined} role={state === 'failed' ? 'alert' : undefined}>
            {file.alt !== undefined && state !== 'failed' ? file.alt : words}
          </small>
        )}
        {(state === 'sending' || state === 'waiting') && <progress value={percent} max={100} aria-label={lateTexts.attached.upload(file.name)} />}
      </div>
      {state === 'failed' && (
        <button type="button" class="attached-button" onClick={() => attachments.retry(room.id, file.token)}>
          {texts.common.retry}
        </button>
      )}
      {image && state !== 'failed' && !describing && (
        <button type="button" class="attached-button" aria-label={lateTexts.attached.describeFile(file.name)} title={lateTexts.attached.describe} data-testid="describe" onClick={() => setDescribing(true)}>
          <Icon name="pencil" size={16} />
        </button>
      )}
      <button
        type="button"
        class="attached-button"
        aria-label={lateTexts.attached.removeFile(file.name)}
        title={lateTexts.attached.remove}
        data-testid="chip-remove"
        onClick={() => {
          attachments.remove(room.id, file.token);
          focus.requestComposer();
        }}
      >
        <Icon name="close" size={16} />
      </button>
    </li>
  );
}
