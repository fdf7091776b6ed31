import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../design/Icon';
import { fileAddress, fileLabel, isImage } from '../files/shown-file';
import { lateTexts, texts } from '../language/language';
import type { Room } from '../room/room';
import './viewer.css';

interface Props {
  readonly room: Room;
  /** The id of the image to begin with. */
  readonly first: string;
  readonly onClose: () => void;
}

/** The images of the loaded part of a room, one at a time. ← → go on, Space or a press changes the size. */
export function ImageViewer({ room, first, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [id, setId] = useState(first);
  const [actual, setActual] = useState(false);
  const images = room.rows.value.flatMap((row) =>
    row.kind === 'message' && !row.deleted
      ? row.files.flatMap((file) => ('id' in file && isImage(file) ? [{ file, by: row.author.name }] : []))
      : [],
  );
  const at = images.findIndex(({ file }) => file.id === id);
  const shown = images[at];

  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => {
    // The message was deleted meanwhile.
    if (!shown) dialog.current?.close();
  }, [shown]);

  const go = (step: number) => {
    const next = images[at + step];
    if (!next) return;
    setActual(false);
    setId(next.file.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The viewer stands in its message, whose keys and those of the page are not meant here.
    event.stopPropagation();
    if (event.key === 'ArrowLeft') go(-1);
    else if (event.key === 'ArrowRight') go(1);
    else if (event.key === 'Home') go(-at);
    else if (event.key === 'End') go(images.length - 1 - at);
    else if (event.key === ' ' && !(event.target instanceof HTMLButtonElement) && !(event.target instanceof HTMLAnchorElement)) setActual(!actual);
    else return;
    event.preventDefault();
  };

  return (
    <dialog
      ref={dialog}
      class="viewer"
      aria-label={lateTexts.viewer.label}
      data-testid="viewer"
      onClose={onClose}
      onKeyDown={onKeyDown}
    >
      {shown && (
        <>
          <div class="viewer-bar">
            <span class="viewer-words" aria-live="polite">
              <bdi>{fileLabel(shown.file)}</bdi>
              <small>
                {shown.by} · {lateTexts.viewer.count(at + 1, images.length)}
              </small>
            </span>
            <button type="button" class="plain" aria-pressed={actual} aria-label={lateTexts.viewer.actualSize} title={lateTexts.viewer.actualSizeKeys} onClick={() => setActual(!actual)}>
              <Icon name="search" />
            </button>
            <a class="plain" href={fileAddress(shown.file)} download={shown.file.name} aria-label={texts.files.download} title={texts.files.download}>
              <Icon name="save" />
            </a>
            <button type="button" class="plain" aria-label={texts.common.close} title={lateTexts.viewer.closeKeys} data-testid="viewer-close" onClick={() => dialog.current?.close()}>
              <Icon name="close" />
            </button>
          </div>
          <div
            class={actual ? 'viewer-stage actual' : 'viewer-stage'}
            tabIndex={0}
            autoFocus
            role="group"
            aria-label={actual ? lateTexts.viewer.imageActual : lateTexts.viewer.image}
            onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
          >
            <img
              key={shown.file.id}
              src={fileAddress(shown.file)}
              alt={fileLabel(shown.file)}
              width={shown.file.width}
              height={shown.file.height}
              onClick={() => setActual(!actual)}
            />
          </div>
          {images.length > 1 && (
            <>
              <button type="button" class="plain viewer-step before" disabled={at === 0} aria-label={lateTexts.viewer.earlier} title={lateTexts.viewer.earlierKeys} onClick={() => go(-1)}>
                <Icon name="back" />
              </button>
              <button type="button" class="plain viewer-step after" disabled={at === images.length - 1} aria-label={lateTexts.viewer.later} title={lateTexts.viewer.laterKeys} onClick={() => go(1)}>
                <Icon name="back" />
              </button>
            </>
          )}
        </>
      )}
    </dialog>
  );
}
