import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { texts } from '../language/language';
import type { Answer, Person, Refused } from '../net/contract';
import type { OutgoingFile, SendEntry } from '../outbox/entry';
import type { Done } from '../outbox/sender';
import type { Clock } from '../time/clock';
import type { BlobStore } from './blob-store';
import type { Progress, Uploader } from './uploader';

export const MAX_FILES = 10;
export const MAX_BYTES = 25 << 20;

/** A file in the composer of a room. */
export interface Attachment extends OutgoingFile {
  readonly content: Blob;
}

/** The size of an image, and undefined for any other file. */
export type Measure = (content: Blob) => Promise<{ readonly width: number; readonly height: number } | undefined>;

/** Keeps the list of the files in the composers of this tab over a reload; their content is in the blob store. */
export interface AttachedList {
  /** This person signed in. Gives the files of each room, and removes what others left. */
  begin(person: Person): ReadonlyMap<string, readonly OutgoingFile[]>;
  write(room: string, files: readonly OutgoingFile[]): void;
  /** The person left. */
  clear(): void;
}

export interface AttachmentsOptions {
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly blobs: BlobStore;
  readonly kept: AttachedList;
  readonly measure: Measure;
  /** Loads the code that sends. */
  readonly uploader: (progress: (token: string, progress: Progress) => void) => Promise<Uploader>;
  readonly objectUrl: (content: Blob) => string;
  readonly ask: (query: {
    room: string;
    cmid: string;
    text: string;
    reply_to?: number;
    files: readonly { id: string; alt?: string }[];
  }) => Promise<Answer<Done>>;
}

const WAITING: Progress = { state: 'waiting', sent: 0 };
const lost = (): Refused => ({ err: { code: 'file_lost', message: texts.files.lost, permanent: true } });
/** Object URLs that are kept, so that an image does not flicker when its message arrives. */
const KEPT_URLS = 40;

/** Files in the composers, and those of messages on their way: their content, their uploads and their progress. */
export class Attachments {
  private readonly rooms = new Map<string, Signal<readonly Attachment[]>>();
  private readonly running = new Map<string, Signal<Progress>>();
  private readonly contents = new Map<string, Blob>();
  private readonly urls = new Map<string, string>();
  private loading: Promise<Uploader> | undefined;
  private author: string | undefined;

  constructor(private readonly options: AttachmentsOptions) {}

  /** This person signed in: the files that this tab had attached before a reload come back. */
  async begin(person: Person): Promise<void> {
    if (this.author !== undefined && this.author !== person.name) this.clear();
    this.author = person.name;
    const rooms = this.options.kept.begin(person);
    await Promise.all(
      [...rooms].map(async ([room, files]) => {
        const found = await Promise.all(
          files.map(async (file) => {
            const content = await this.content(file.token);
            return content ? [{ ...file, content }] : [];
          }),
        );
        const present = this.list(room).peek();
        this.restore(room, found.flat().filter(({ token }) => !present.some((file) => file.token === token)));
      }),
    );
  }

  /** Files come back into the composer. */
  restore(room: string, files: readonly Attachment[]): void {
    this.set(room, [...files, ...this.list(room).peek()].slice(0, MAX_FILES));
    for (const file of files) {
      this.keep(file);
      void this.start(file);
    }
  }

  /** The person left. */
  clear(): void {
    for (const [room, list] of this.rooms) for (const { token } of list.peek()) this.remove(room, token);
    this.options.kept.clear();
  }

  in(room: string): ReadonlySignal<readonly Attachment[]> {
    return this.list(room);
  }

  progress(token: string): ReadonlySignal<Progress> {
    return this.progressOf(token);
  }

  /** Adds files to the composer and begins to send them. Returns a problem for the person. */
  async add(room: string, files: readonly File[]): Promise<string | undefined> {
    const list = this.list(room);
    const good = files.filter((file) => file.size > 0 && file.size <= MAX_BYTES);
    const taken = good.slice(0, Math.max(0, MAX_FILES - list.peek().length));
    const added = await Promise.all(
      taken.map(async (file): Promise<Attachment> => {
        const size = await this.options.measure(file).catch(() => undefined);
        const { name, type } = file;
        return { token: this.options.uuid(), name: name || 'file', type, size: file.size, ...size, content: file };
      }),
    );
    this.set(room, [...list.peek(), ...added].slice(0, MAX_FILES));
    for (const file of added) {
      this.keep(file);
      void this.start(file);
    }
    if (taken.length < good.length) return texts.files.tooMany(MAX_FILES);
    const [bad] = files.filter((file) => !good.includes(file));
    if (!bad) return undefined;
    return bad.size === 0 ? texts.files.empty(bad.name) : texts.files.tooLarge(bad.name, MAX_BYTES >> 20);
  }

  /** `sent`: the server keeps the file, for a scheduled message. */
  remove(room: string, token: string, sent = false): void {
    this.set(room, this.list(room).peek().filter((file) => file.token !== token));
    this.drop([token], sent);
  }

  retry(room: string, token: string): void {
    const file = this.list(room).peek().find((each) => each.token === token);
    if (file) void this.start(file);
  }

  describe(room: string, token: string, alt: string): void {
    const described = this.list(room).peek().map((file) => {
      const { alt: _, ...rest } = file;
      return file.token !== token ? file : alt === '' ? rest : { ...rest, alt };
    });
    this.set(room, described);
  }

  /** The composer is sent: its files go with the message. */
  take(room: string): OutgoingFile[] {
    const taken = this.list(room).peek();
    this.set(room, []);
    for (const file of taken) this.keep(file);
    return taken.map(({ content: _, ...file }) => file);
  }

  /** Loads the code that sends, which a page without a connection could not. */
  prepare(): void {
    void this.uploader().catch(() => undefined);
  }

  /** Files of a message that was not sent go back into the composer. */
  async putBack(room: string, files: readonly OutgoingFile[]): Promise<void> {
    for (const file of files) {
      const content = await this.content(file.token);
      if (content) this.set(room, [...this.list(room).peek(), { ...file, content }].slice(0, MAX_FILES));
    }
  }

  /** Sends a message after its files. */
  async send({ room, cmid, text, replyTo, files = [] }: SendEntry): Promise<Answer<Done>> {
    const sent = await this.upload(files);
    if (sent.ok !== true) return sent;
    const answer = await this.options.ask({ room, cmid, text, ...(replyTo && { reply_to: replyTo.seq }), files: sent.files });
    if (answer.ok === true || answer.err.code !== 'file_unknown') return answer;
    // The server keeps uploads for an hour only.
    const uploader = await this.uploader();
    for (const { token } of files) uploader.forget(token);
    return { err: { ...answer.err, permanent: false, retry_after_ms: 1_000 } };
  }

  /** Waits until the server has these files. */
  async upload(files: readonly OutgoingFile[]): Promise<Answer<{ readonly files: readonly { id: string; alt?: string }[] }>> {
    const sent: { id: string; alt?: string }[] = [];
    for (const { token, name, alt } of files) {
      const content = await this.content(token);
      if (!content) return lost();
      const result = await (await this.uploader()).upload(token, name, content);
      if (!result.ok) return { err: result.err };
      sent.push({ id: result.file.id, ...(alt !== undefined && { alt }) });
    }
    return { ok: true, files: sent };
  }

  /** Ends the uploads of a message that is not sent yet. It counts as not sent then. */
  cancel(files: readonly OutgoingFile[]): void {
    void this.uploader().then((uploader) => {
      for (const { token } of files) uploader.cancel(token);
    });
  }

  /** The message is sent or discarded: its files are not needed any more. */
  drop(tokens: readonly string[], sent = false): void {
    for (const token of tokens) {
      void this.loading?.then((uploader) => (sent ? uploader.forget(token) : uploader.cancel(token)));
      this.contents.delete(token);
      this.running.delete(token);
    }
    void this.options.blobs.remove(tokens).catch(() => undefined);
  }

  /** Removes what no message needs. */
  clean(kept: readonly string[]): void {
    const day = 24 * 60 * 60 * 1000;
    void this.options.blobs.clean(kept, this.options.clock.now() - day).catch(() => undefined);
  }

  /** The address of the content in this browser; undefined while it is not in memory. */
  url(token: string): string | undefined {
    const known = this.urls.get(token);
    const content = this.contents.get(token);
    if (known !== undefined || !content) return known;
    const url = this.options.objectUrl(content);
    this.urls.set(token, url);
    for (const [oldest, old] of this.urls) {
      if (this.urls.size <= KEPT_URLS) break;
      this.urls.delete(oldest);
      URL.revokeObjectURL(old);
    }
    return url;
  }

  /** Loads the content of an image that is on its way, after a reload. */
  async content(token: string): Promise<Blob | undefined> {
    const known = this.contents.get(token);
    if (known) return known;
    const content = await this.options.blobs.get(token).catch(() => undefined);
    if (content) this.contents.set(token, content);
    return content;
  }

  private keep({ token, content }: Attachment): void {
    void this.options.blobs.put(token, content, this.options.clock.now()).catch(() => undefined);
  }

  private set(room: string, files: readonly Attachment[]): void {
    this.list(room).value = files;
    this.options.kept.write(room, files.map(({ content: _, ...file }) => file));
  }

  private async start({ token, name, content }: Attachment): Promise<void> {
    this.contents.set(token, content);
    this.progressOf(token).value = WAITING;
    const uploader = await this.uploader();
    // Removed while the code was loaded.
    if (this.contents.has(token)) await uploader.upload(token, name, content);
  }

  private uploader(): Promise<Uploader> {
    this.loading ??= this.options
      .uploader((token, progress) => {
        this.progressOf(token).value = progress;
      })
      .catch((error: unknown) => {
        this.loading = undefined;
        throw error;
      });
    return this.loading;
  }

  private list(room: string): Signal<readonly Attachment[]> {
    let list = this.rooms.get(room);
    if (!list) this.rooms.set(room, (list = signal<readonly Attachment[]>([])));
    return list;
  }

  private progressOf(token: string): Signal<Progress> {
    let progress = this.running.get(token);
    if (!progress) this.running.set(token, (progress = signal(WAITING)));
    return progress;
  }
}
