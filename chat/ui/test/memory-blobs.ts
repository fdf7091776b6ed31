import type { BlobStore } from '../src/files/blob-store';

export class MemoryBlobs implements BlobStore {
  readonly kept = new Map<string, Blob>();
  get = async (token: string) => this.kept.get(token);
  put = async (token: string, content: Blob) => void this.kept.set(token, content);
  remove = async (tokens: readonly string[]) => tokens.forEach((token) => this.kept.delete(token));
  clean = async () => undefined;
}
