/**
 * The page's own files in the browser's cache, so that the page opens without a network. Each build has a cache of its
 * own. The cache of the build before stays: an open tab may still load a part of it.
 */
const PREFIX = 'natter-shell-';

export interface Shell {
  /** Changes with each build. */
  readonly version: string;
  /** The addresses of all files that the build made, below the base path. */
  readonly files: readonly string[];
  /** The path below which the page is, such as `/chat`; empty for `/`. */
  readonly base: string;
}

/** How a request is answered: `page` with the cached page, `file` from the cache, `network` as if there were no worker. */
export type Strategy = 'page' | 'file' | 'network';

/** Requests to the server's own addresses must never be answered from a cache. */
const SERVER = /^\/(api|socket\.io|files|pictures|healthz|readyz|metrics|admin-ui)(\/|$)/;

export function strategy(request: Pick<Request, 'method' | 'mode' | 'url'>, origin: string, shell: Shell): Strategy {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== origin || !url.pathname.startsWith(`${shell.base}/`)) return 'network';
  const path = url.pathname.slice(shell.base.length);
  if (SERVER.test(path)) return 'network';
  if (request.mode === 'navigate') return 'page';
  return shell.files.includes(path) || path.startsWith('/assets/') ? 'file' : 'network';
}

export class ShellCache {
  constructor(
    private readonly caches: CacheStorage,
    private readonly shell: Shell,
    private readonly fetch: (request: string | Request) => Promise<Response>,
  ) {}

  private get name(): string {
    return PREFIX + this.shell.version;
  }

  /** Fetches all files of this build. Fails when one of them is missing; the browser then tries again later. */
  async fill(): Promise<void> {
    const cache = await this.caches.open(this.name);
    await cache.addAll(['/', ...this.shell.files].map((file) => this.shell.base + file));
  }

  /** Removes the caches of all builds but this one and the one before. */
  async clean(): Promise<void> {
    const names = (await this.caches.keys()).filter((name) => name.startsWith(PREFIX));
    const old = names.filter((name) => name !== this.name).slice(0, -1);
    await Promise.all(old.map((name) => this.caches.delete(name)));
  }

  /** The page. It comes from the cache; the network is asked only when the cache has been emptied. */
  async page(request: Request): Promise<Response> {
    const cache = await this.caches.open(this.name);
    return (await cache.match(`${this.shell.base}/`)) ?? this.fetch(request);
  }

  /** A file of this build or of the one before. */
  async file(request: Request): Promise<Response> {
    return (await this.caches.match(request, { ignoreVary: true })) ?? this.fetch(request);
  }
}
