import { useState } from 'preact/hooks';
import { Icon } from '../design/Icon';
import type { Attachment } from '../files/attachments';
import { fileSize } from '../files/file-size';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import './attached.css';

/** The files above the field of the composer. They are sent while the person still writes. */
export function AttachedFiles({ room }: { room: Room }) {
  const { attachments } = useStore();
  return (
    <ul class="attached-files" aria-label="Attached files">
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
      ? (reason ?? 'Not sent')
      : state === 'done'
        ? fileSize(file.size)
        : state === 'waiting'
          ? `Waiting · ${fileSize(file.size)}`
          : `${percent} % of ${fileSize(file.size)}`;
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
            autoFocus
            maxLength={500}
            value={file.alt ?? ''}
            placeholder="Describe it for people who cannot see it"
            aria-label={`Description of ${file.name}`}
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
        {(state === 'sending' || state === 'waiting') && <progress value={percent} max={100} aria-label={`Upload of ${file.name}`} />}
      </div>
      {state === 'failed' && (
        <button type="button" class="attached-button" onClick={() => attachments.retry(room.id, file.token)}>
          Retry
        </button>
      )}
      {image && state !== 'failed' && !describing && (
        <button type="button" class="attached-button" aria-label={`Describe ${file.name}`} title="Describe" data-testid="describe" onClick={() => setDescribing(true)}>
          <Icon name="pencil" size={16} />
        </button>
      )}
      <button
        type="button"
        class="attached-button"
        aria-label={`Remove ${file.name}`}
        title="Remove"
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
