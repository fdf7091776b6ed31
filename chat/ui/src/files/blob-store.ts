import type { Database } from '../storage/database';

interface Kept {
  readonly token: string;
  readonly at: number;
  readonly content: Blob;
}

/** The content of files until their message is sent. Every method may fail; the page then works from memory. */
export interface BlobStore {
  get(token: string): Promise<Blob | undefined>;
  put(token: string, content: Blob, at: number): Promise<void>;
  remove(tokens: readonly string[]): Promise<void>;
  /** Removes what is older than `at` and not in `kept`: a page that closed too early left it. */
  clean(kept: readonly string[], at: number): Promise<void>;
}

export function blobStore(db: Database): BlobStore {
  return {
    get: async (token) => ((await (await db()).get('file', token)) as Kept | undefined)?.content,
    async put(token, content, at) {
      await (await db()).put('file', { token, at, content } satisfies Kept);
    },
    async remove(tokens) {
      const tx = (await db()).transaction('file', 'readwrite');
      await Promise.all([...tokens.map((token) => tx.store.delete(token)), tx.done]);
    },
    async clean(kept, at) {
      const tx = (await db()).transaction('file', 'readwrite');
      for (let cursor = await tx.store.openCursor(); cursor; cursor = await cursor.continue()) {
        const { token, at: put } = cursor.value as Kept;
        if (put < at && !kept.includes(token)) await cursor.delete();
      }
      await tx.done;
    },
  };
}
