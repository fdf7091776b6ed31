import { BASE } from '../browser/base-path';
import { translated } from '../language/language';
import type { MessageFile, Refusal } from '../net/contract';
import type { UploadAnswer, UploadApi } from './uploader';

/** Longer than the server waits for a part and for the check of a large image. */
const ANSWER_MS = 120_000;

const HEADERS = { 'X-Natter': '1' };

interface State {
  readonly id: string;
  readonly offset: number;
  readonly file?: MessageFile;
  readonly err?: Refusal;
}

/** Uploads over HTTP. */
export const uploadApi: UploadApi = {
  begin: (token, name, size) =>
    ask('/api/files', {
      method: 'POST',
      headers: { ...HEADERS, 'Content-Type': 'application/json' },
      body: JSON.stringify({ token, name, size }),
      signal: AbortSignal.timeout(10_000),
    }),
  append: (id, offset, bytes, abort) =>
    ask(`/api/files/${id}`, {
      method: 'PATCH',
      headers: { ...HEADERS, 'Content-Type': 'application/octet-stream', 'Upload-Offset': String(offset) },
      body: bytes,
      signal: AbortSignal.any([abort, AbortSignal.timeout(ANSWER_MS)]),
    }),
  async cancel(id) {
    await fetch(`${BASE}/api/files/${id}`, { method: 'DELETE', headers: HEADERS }).catch(() => undefined);
  },
};

async function ask(path: string, request: RequestInit): Promise<UploadAnswer> {
  try {
    const response = await fetch(BASE + path, request);
    const { err, ...state } = (await response.json()) as State;
    if (err) return { kind: 'refused', err: translated(err) };
    return response.ok ? { kind: 'state', ...state } : { kind: 'broken' };
  } catch {
    return { kind: 'broken' };
  }
}
