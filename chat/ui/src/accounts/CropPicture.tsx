import { useEffect, useRef, useState } from 'preact/hooks';
import { lateTexts } from '../language/language';
import { type Crop, MAX_ZOOM, middle, moved, sideOf } from './crop';

/** The side of the canvas on the screen, and of the picture that is sent; the server makes smaller ones. */
const SHOWN = 240;
const SENT = 512;
/** The way of an arrow key, in pixels of the screen. */
const STEP = 8;

interface Props {
  readonly image: ImageBitmap;
  readonly busy: boolean;
  readonly onDone: (content: Blob) => void;
  readonly onBack: () => void;
}

/** Chooses a square of an image, by pointer or by keyboard. */
export function CropPicture({ image, busy, onDone, onBack }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [crop, setCrop] = useState(() => middle(image));
  useEffect(() => canvas.current?.focus(), []);
  useEffect(() => {
    if (canvas.current) draw(canvas.current, image, crop);
  }, [image, crop]);
  /** By pixels of the screen. */
  const move = (x: number, y: number) => {
    const scale = sideOf(image, crop) / SHOWN;
    setCrop(moved(image, crop, { x: x * scale, y: y * scale }));
  };
  const use = () => {
    const whole = document.createElement('canvas');
    whole.width = whole.height = SENT;
    draw(whole, image, crop);
    // Browsers that write no WebP give a PNG.
    whole.toBlob((content) => content && onDone(content), 'image/webp', 0.92);
  };
  return (
    <div class="crop" data-testid="crop">
      <canvas
        ref={canvas}
        width={SHOWN * 2}
        height={SHOWN * 2}
        tabIndex={0}
        role="img"
        aria-label={lateTexts.picture.area}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) move(-event.movementX, -event.movementY);
        }}
        onKeyDown={(event) => {
          const { key } = event;
          const x = key === 'ArrowLeft' ? -STEP : key === 'ArrowRight' ? STEP : 0;
          const y = key === 'ArrowUp' ? -STEP : key === 'ArrowDown' ? STEP : 0;
          if (x === 0 && y === 0) return;
          event.preventDefault();
          move(x, y);
        }}
      />
      <label class="labelled">
        <span>{lateTexts.picture.zoom}</span>
        <input
          type="range"
          min={1}
          max={MAX_ZOOM}
          step={0.05}
          value={crop.zoom}
          data-testid="crop-zoom"
          onInput={(event) => setCrop(moved(image, crop, { zoom: Number(event.currentTarget.value) }))}
        />
      </label>
      <div class="dialog-buttons">
        <button type="button" class="secondary" onClick={onBack}>
          {lateTexts.picture.back}
        </button>
        <button type="button" class="primary" disabled={busy} data-testid="use-picture" onClick={use}>
          {lateTexts.picture.use}
        </button>
      </div>
    </div>
  );
}

function draw(canvas: HTMLCanvasElement, image: ImageBitmap, crop: Crop): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const side = sideOf(image, crop);
  context.imageSmoothingQuality = 'high';
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, crop.x - side / 2, crop.y - side / 2, side, side, 0, 0, canvas.width, canvas.height);
}
