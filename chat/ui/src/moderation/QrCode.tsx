import { generate } from 'lean-qr';
import { useMemo } from 'preact/hooks';

/** The empty border that scanners need, in modules. */
const QUIET = 4;

/** A QR code as one path, dark on light in every theme, because scanners expect that. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => draw(text), [text]);
  const side = size + 2 * QUIET;
  return (
    <svg class="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shape-rendering="crispEdges" data-testid="qr">
      <rect class="qr-paper" width={side} height={side} />
      <path class="qr-ink" d={path} />
    </svg>
  );
}

function draw(text: string): { size: number; path: string } {
  const code = generate(text);
  let path = '';
  for (let y = 0; y < code.size; y++)
    for (let x = 0; x < code.size; x++) if (code.get(x, y)) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
  return { size: code.size, path };
}
