import { type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { gemoji } from 'gemoji';

declare const process: { env: Record<string, string | undefined> };

/** Where `npm run dev` finds a running server; the page itself never needs it. */
const server = process.env['NATTER_SERVER'] ?? 'http://localhost:3000';

/** Libraries and small modules that most others use. */
const BASE = /\/(preact|@preact|socket\.io-client|engine\.io-client|idb)\/|\/src\/(language\/[a-z-]+\.ts|text\/)/;

export default defineConfig({
  plugins: [emojiData(), serviceWorker()],
  // The page is at addresses of different depth, and perhaps below a base path. So the server makes these relative
  // addresses absolute in index.html.
  base: './',
  build: {
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    // The page's Content-Security-Policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: 'index.html', sw: 'worker/service-worker.ts' },
      output: {
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        // Small modules of the first load would be files of their own, which compress badly.
        codeSplitting: { groups: [{ name: 'base', test: BASE }] },
      },
    },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: {
    proxy: {
      '/api': server,
      '/socket.io': { target: server, ws: true },
    },
  },
  test: { include: ['test/**/*.test.ts'], setupFiles: ['test/english.ts'], environment: 'node' },
});

/**
 * The module `virtual:emoji`: a text with a line for each emoji (the emoji, its shortcodes, its keywords, separated by
 * tabs). A line with one field names a group. The module `virtual:emoji/TAG` has a line for each emoji in the same
 * order: its name in that language and its keywords, separated by a tab.
 */
function emojiData(): Plugin {
  const id = 'virtual:emoji';
  const groups = [...new Set(gemoji.map((emoji) => emoji.category))];
  const byGroup = (group: string) => gemoji.filter((emoji) => emoji.category === group);
  const english = () =>
    groups.flatMap((group) => [
      group,
      ...byGroup(group).map(({ emoji, names, tags }) => [emoji, names.join(' '), tags.join(' ')].join('\t')),
    ]);
  const inLanguage = async (tag: string) => {
    const { default: all } = (await import(`emojibase-data/${tag}/compact.json`, { with: { type: 'json' } })) as {
      default: readonly CompactEmoji[];
    };
    const known = new Map(all.map((each) => [plain(each.unicode), each]));
    return groups.flatMap(byGroup).map(({ emoji }) => {
      const { label = '', tags = [] } = known.get(plain(emoji)) ?? {};
      // The search finds words of the name anyway.
      const words = new Set(tags.flatMap((tag) => tag.split(' ')).filter((word) => !label.includes(word)));
      return words.size === 0 ? label : `${label}\t${[...words].join(' ')}`;
    });
  };
  const lines = async (source: string) => (source === id ? english() : inLanguage(source.slice(id.length + 1)));
  return {
    name: 'emoji-data',
    resolveId: (source) => (source === id || source.startsWith(`${id}/`) ? `\0${source}` : undefined),
    load: async (source) =>
      source.startsWith(`\0${id}`) ? `export default ${JSON.stringify((await lines(source.slice(1))).join('\n'))};` : undefined,
  };
}

/** An emoji as `emojibase-data` has it. */
interface CompactEmoji {
  readonly unicode: string;
  readonly label: string;
  readonly tags?: readonly string[];
}

/** An emoji without the mark that it is drawn in colour, which the lists set in different places. */
const plain = (emoji: string) => emoji.replaceAll('\ufe0f', '');

/** Tells the service worker which files the build has made. Its own text changes with them, so browsers notice. */
function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle['sw.js'];
      if (worker?.type !== 'chunk') throw new Error('the service worker is not part of the build');
      const files = Object.keys(bundle)
        .filter((name) => name.startsWith('assets/'))
        .sort()
        .map((name) => `/${name}`);
      files.push('/favicon.svg', '/favicon-unread.svg', '/manifest.webmanifest', '/icon-192.png', '/badge.png');
      // The names hold hashes of the contents already.
      const version = [...files.join()].reduce((sum, char) => (Math.imul(sum, 31) + char.charCodeAt(0)) | 0, 0);
      worker.code = worker.code.replaceAll('__SHELL__', JSON.stringify({ version: (version >>> 0).toString(36), files }));
    },
  };
}
