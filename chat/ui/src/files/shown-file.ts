import { BASE } from '../browser/base-path';
import type { MessageFile } from '../net/contract';
import type { OutgoingFile } from '../outbox/entry';

/** A file as a message shows it. */
export type ShownFile = MessageFile | OutgoingFile;

/** The words for an image, and for a file where only words are possible. */
export const fileLabel = ({ name, alt }: ShownFile) => alt ?? name;

export const isImage = ({ width, height }: ShownFile) => width !== undefined && height !== undefined;

/** The address of the file; `small` of the smaller form of an image. */
export function fileAddress(file: MessageFile, small = false): string {
  return `${BASE}/files/${file.id}${small && file.preview === true ? '/preview' : ''}`;
}

/** The largest box of an image in the timeline. */
const MAX_WIDTH = 400;
const MAX_HEIGHT = 300;
/** A smaller side is hard to see and to press. */
const MIN_SIDE = 44;

/** Two stand side by side. */
const AMONG_OTHERS = 0.49;

/** The size of an image in the timeline, known before it is loaded. Among other images it is smaller. */
export function boxOf(width: number, height: number, among = false): { readonly width: number; readonly height: number } {
  const largest = among ? AMONG_OTHERS : 1;
  const scale = Math.min(1, (MAX_WIDTH * largest) / width, (MAX_HEIGHT * largest) / height);
  return {
    width: Math.max(MIN_SIDE, Math.round(width * scale)),
    height: Math.max(MIN_SIDE, Math.round(height * scale)),
  };
}

/** The text of a message for a list or an announcement, where a message may have files only. */
export function textOrFiles(text: string, files: readonly ShownFile[] | undefined): string {
  if (text !== '' || files === undefined || files.length === 0) return text;
  return files.map(fileLabel).join(', ');
}
