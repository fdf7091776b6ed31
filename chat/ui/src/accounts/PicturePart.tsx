import { useRef, useState } from 'preact/hooks';
import { Avatar } from '../design/Avatar';
import { changedPictures } from '../design/changed-pictures';
import '../design/large-avatar.css';
import { lateTexts } from '../language/language';
import { useStore } from '../store/context';
import { CropPicture } from './CropPicture';
import { removePicture, sendPicture } from './picture-api';
import { useSaving } from './use-saving';

/** The person's own picture: a square of an image, which others see beside the name. */
export function PicturePart() {
  const { session, connection } = useStore();
  const input = useRef<HTMLInputElement>(null);
  const choose = useRef<HTMLButtonElement>(null);
  const [image, setImage] = useState<ImageBitmap | undefined>(undefined);
  const [unread, setUnread] = useState('');
  const { problem, busy, save } = useSaving();
  const me = session.me.value;
  if (!me) return null;
  const changed = changedPictures.value;
  const picture = changed.has(me.id) ? changed.get(me.id) : me.picture;
  const online = connection.online.value;
  const back = () => {
    setImage(undefined);
    requestAnimationFrame(() => choose.current?.focus());
  };
  const open = async (file: File | undefined) => {
    setUnread('');
    if (!file) return;
    try {
      setImage(await createImageBitmap(file));
    } catch {
      setUnread(lateTexts.picture.noImage);
    }
  };
  const send = (content: Blob) =>
    void save(async () => {
      const refused = await sendPicture(content);
      if (refused === undefined) back();
      return refused;
    });
  return (
    <section class="account-part" aria-label={lateTexts.picture.title}>
      <h3>{lateTexts.picture.title}</h3>
      {image ? (
        <CropPicture image={image} busy={busy || !online} onDone={send} onBack={back} />
      ) : (
        <div class="picture-row">
          <Avatar person={me} large />
          <div class="dialog-buttons">
            <input
              ref={input}
              type="file"
              accept="image/png,image/jpeg,image/webp,image/gif"
              hidden
              data-testid="picture-file"
              onChange={({ currentTarget }) => {
                void open(currentTarget.files?.[0]);
                currentTarget.value = '';
              }}
            />
            <button ref={choose} type="button" class="secondary" disabled={!online} data-testid="choose-picture" onClick={() => input.current?.click()}>
              {lateTexts.picture.choose}
            </button>
            {picture !== undefined && (
              <button type="button" class="secondary" disabled={busy || !online} data-testid="remove-picture" onClick={() => void save(removePicture)}>
                {lateTexts.picture.remove}
              </button>
            )}
          </div>
        </div>
      )}
      <p class="problem" role="alert" data-testid="picture-problem">
        {unread || problem}
      </p>
    </section>
  );
}
