import { texts } from '../language/language';
import type { MessageFile, Refusal } from '../net/contract';
import { backoff } from '../time/backoff';
import type { Clock } from '../time/clock';

/** The server's answer about an upload. */
export type UploadAnswer =
  | { readonly kind: 'state'; readonly id: string; readonly offset: number; readonly file?: MessageFile }
  | { readonly kind: 'refused'; readonly err: Refusal }
  /** There was no answer. */
  | { readonly kind: 'broken' };

export interface UploadApi {
  /** Begins an upload, or says how far the one with this token is. */
  begin(token: string, name: string, size: number): Promise<UploadAnswer>;
  /** Sends the bytes from `offset` on. */
  append(id: string, offset: number, bytes: Blob, abort: AbortSignal): Promise<UploadAnswer>;
  cancel(id: string): Promise<void>;
}

export type UploadResult = { readonly ok: true; readonly file: MessageFile } | { readonly ok: false; readonly err: Refusal };

/** How far an upload is. `waiting`: without a connection, or the server asked to wait. */
export interface Progress {
  readonly state: 'waiting' | 'sending' | 'done' | 'failed';
  readonly sent: number;
  readonly reason?: string;
}

export interface UploaderOptions {
  readonly api: UploadApi;
  readonly clock: Clock;
  readonly random: () => number;
  readonly progress: (token: string, progress: Progress) => void;
}

/** A part that takes about this long shows progress, and little is lost when the line breaks. */
const PART_MS = 1_000;
const FIRST_PART = 64 << 10;
export const MAX_PART = 1 << 20;
const cancelled = (): Refusal => ({ code: 'cancelled', message: texts.files.cancelled, permanent: true });

interface Task {
  readonly abort: AbortController;
  readonly result: Promise<UploadResult>;
  id: string | undefined;
}

/**
 * Sends files to the server in parts. After a broken connection an upload goes on where the server is. Each token has
 * one upload; a second request for it gets the same result.
 */
export class Uploader {
  private readonly tasks = new Map<string, Task>();

  constructor(private readonly options: UploaderOptions) {}

  upload(token: string, name: string, content: Blob): Promise<UploadResult> {
    const known = this.tasks.get(token);
    if (known) return known.result;
    const abort = new AbortController();
    const task: Task = { abort, id: undefined, result: Promise.resolve().then(() => this.run(token, name, content)) };
    this.tasks.set(token, task);
    return task.result;
  }

  /** The next request for the token begins from what the server has. */
  forget(token: string): void {
    this.tasks.delete(token);
  }

  /** Ends the upload; the server forgets it. */
  cancel(token: string): void {
    const task = this.tasks.get(token);
    if (!task) return;
    this.tasks.delete(token);
    task.abort.abort();
    if (task.id !== undefined) void this.options.api.cancel(task.id);
  }

  private async run(token: string, name: string, content: Blob): Promise<UploadResult> {
    const { api, progress } = this.options;
    const task = this.tasks.get(token);
    const abort = task?.abort ?? new AbortController();
    let part = FIRST_PART;
    let attempts = 0;
    let state: Extract<UploadAnswer, { kind: 'state' }> | undefined;
    const fail = (err: Refusal): UploadResult => {
      if (this.tasks.get(token) === task) this.tasks.delete(token);
      if (!abort.signal.aborted) progress(token, { state: 'failed', sent: state?.offset ?? 0, reason: err.message });
      return { ok: false, err };
    };
    while (!abort.signal.aborted) {
      const began = this.options.clock.now();
      const answer: UploadAnswer = state
        ? await api.append(state.id, state.offset, content.slice(state.offset, state.offset + part), abort.signal)
        : await api.begin(token, name, content.size);
      if (abort.signal.aborted) break;
      if (answer.kind === 'state') {
        if (state && answer.offset > state.offset) {
          part = nextPart(part, this.options.clock.now() - began);
          attempts = 0;
        }
        state = answer;
        if (task) task.id = answer.id;
        progress(token, { state: answer.file ? 'done' : 'sending', sent: answer.offset });
        if (answer.file) return { ok: true, file: answer.file };
      } else {
        if (answer.kind === 'refused' && answer.err.permanent) return fail(answer.err);
        progress(token, { state: 'waiting', sent: state?.offset ?? 0 });
        // The server is asked again how much has arrived.
        state = undefined;
        part = Math.max(FIRST_PART, part / 2);
        attempts++;
        const atLeast = answer.kind === 'refused' ? (answer.err.retry_after_ms ?? 0) : 0;
        await this.wait(Math.max(atLeast, backoff(attempts, this.options.random)), abort.signal);
      }
    }
    return fail(cancelled());
  }

  private wait(ms: number, abort: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.options.clock.after(ms, resolve);
      abort.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });
  }
}

/** Twice as much when a part was fast, half as much when it was slow. */
function nextPart(part: number, ms: number): number {
  if (ms < PART_MS / 2) return Math.min(MAX_PART, part * 2);
  return ms > PART_MS * 2 ? Math.max(FIRST_PART, part / 2) : part;
}
