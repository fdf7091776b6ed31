import { useState } from 'preact/hooks';
import { deferred } from '../design/Deferred';
import { Icon } from '../design/Icon';
import { fileSize, percentText } from '../files/file-size';
import { boxOf, fileAddress, fileLabel, isImage, type ShownFile } from '../files/shown-file';
import { texts } from '../language/language';
import type { MessageFile } from '../net/contract';
import type { Room } from '../room/room';
import type { MessageRow } from '../room/timeline-rows';
import { useStore } from '../store/context';
import { useLocalUrl } from './use-local-url';
import './files.css';

const Viewer = deferred(() => import('./ImageViewer').then((module) => module.ImageViewer));

interface Props {
  readonly row: MessageRow;
  readonly room: Room;
  /** The message has the focus, so its links and buttons take part in the Tab order. */
  readonly reachable: boolean;
}

/** The files of a message: images in their size, films and sounds with controls, and all others as downloads. */
export function MessageFiles({ row, room, reachable }: Props) {
  const [viewed, setViewed] = useState<string | undefined>(undefined);
  const among = row.files.filter(isImage).length > 1;
  const waiting = row.seq === undefined && row.state !== 'failed';
  return (
    <div class="files" data-testid="files">
      {row.files.map((file, i) => {
        const key = `${row.cmid}/${i}`;
        if (isImage(file)) return <Image key={key} file={file} place={key} among={among} reachable={reachable} onView={setViewed} />;
        return 'id' in file ? (
          <SentFile key={key} file={file} reachable={reachable} />
        ) : (
          <FileLine key={key} file={file} />
        );
      })}
      {waiting && <Uploading row={row} />}
      {viewed !== undefined && <Viewer room={room} first={viewed} onClose={() => setViewed(undefined)} />}
    </div>
  );
}

interface ImageProps {
  readonly file: ShownFile;
  readonly place: string;
  /** The message has other images. */
  readonly among: boolean;
  readonly reachable: boolean;
  readonly onView: (id: string) => void;
}

function Image({ file, place, among, reachable, onView }: ImageProps) {
  const [broken, setBroken] = useState(false);
  const local = useLocalUrl(file, place);
  const { width, height } = boxOf(file.width ?? 1, file.height ?? 1, among);
  const source = local ?? ('id' in file ? fileAddress(file, true) : undefined);
  return (
    <button
      type="button"
      class="image"
      style={{ width: `${width}px`, aspectRatio: `${width} / ${height}` }}
      aria-label={texts.message.image(fileLabel(file))}
      title={fileLabel(file)}
      tabIndex={reachable ? 0 : -1}
      disabled={!('id' in file)}
      data-testid="image"
      onClick={() => 'id' in file && onView(file.id)}
    >
      {source !== undefined && !broken ? (
        <img src={source} alt={fileLabel(file)} width={width} height={height} loading="lazy" decoding="async" draggable={false} onError={() => setBroken(true)} />
      ) : (
        broken && <span class="image-gone">{texts.files.cannotShow(file.name)}</span>
      )}
    </button>
  );
}

function SentFile({ file, reachable }: { file: MessageFile; reachable: boolean }) {
  const address = fileAddress(file);
  const tabIndex = reachable ? 0 : -1;
  return (
    <>
      {file.type.startsWith('video/') && (
        <video class="film" src={address} controls preload="metadata" aria-label={fileLabel(file)} tabIndex={tabIndex} />
      )}
      {file.type.startsWith('audio/') && (
        <audio class="sound" src={address} controls preload="none" aria-label={fileLabel(file)} tabIndex={tabIndex} />
      )}
      <a class="file" href={address} download={file.name} tabIndex={tabIndex} data-testid="file">
        <FileParts file={file} />
        <Icon name="save" size={18} />
        <span class="visually-hidden">{texts.files.download}</span>
      </a>
    </>
  );
}

function FileLine({ file }: { file: ShownFile }) {
  return (
    <div class="file" data-testid="file">
      <FileParts file={file} />
    </div>
  );
}

function FileParts({ file }: { file: ShownFile }) {
  return (
    <>
      <Icon name="file" size={22} />
      <span class="file-words">
        <bdi class="file-name" title={file.name}>
          {file.name}
        </bdi>
        <small>
          {fileSize(file.size)}
          {file.alt !== undefined && ` · ${file.alt}`}
        </small>
      </span>
    </>
  );
}

/** How far the files of an own message are. */
function Uploading({ row }: { row: MessageRow }) {
  const { attachments } = useStore();
  const outgoing = row.files.flatMap((file) => ('token' in file ? [file] : []));
  const size = outgoing.reduce((sum, file) => sum + file.size, 0);
  const sent = outgoing.reduce((sum, file) => sum + attachments.progress(file.token).value.sent, 0);
  if (outgoing.length === 0) return null;
  const percent = size === 0 ? 0 : Math.floor((sent * 100) / size);
  return (
    <div class="uploading">
      <progress value={percent} max={100} aria-label={texts.files.upload} />
      <span>{percentText(percent)}</span>
      <button type="button" onClick={() => attachments.cancel(outgoing)}>
        {texts.common.cancel}
      </button>
    </div>
  );
}
