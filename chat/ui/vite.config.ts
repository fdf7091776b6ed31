import { type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { gemoji } from 'gemoji';

/** The sign of the letter a in flags. */
const FLAG_A = 0x1f1e6;

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
    // A feature's script imports others itself, and the service worker has them all. The list of them would be first load.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, files, { hostType }) => (hostType === 'html' ? files : files.filter((file) => file.endsWith('.css'))),
    },
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: 'index.html', sw: 'worker/service-worker.ts' },
      output: {
        // Each name stands in several files, and a hash does not compress.
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash:7].js'),
        chunkFileNames: 'assets/[name]-[hash:7].js',
        assetFileNames: 'assets/[name]-[hash:6][extname]',
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
 * tabs). A line with one field names a group. A flag is the two letters of its country, which are fewer bytes.
 */
function emojiData(): Plugin {
  const id = 'virtual:emoji';
  const lines = () => {
    const groups = [...new Set(gemoji.map((emoji) => emoji.category))];
    return groups.flatMap((group) => [
      group,
      ...gemoji
        .filter((emoji) => emoji.category === group)
        .map(({ emoji, names, tags }) => [flagLetters(emoji), names.join(' '), tags.join(' ')].join('\t').trimEnd()),
    ]);
  };
  return {
    name: 'emoji-data',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (source) => (source === `\0${id}` ? `export default ${JSON.stringify(lines().join('\n'))};` : undefined),
  };
}

/** The country of a flag such as "de", and any other emoji itself. */
function flagLetters(emoji: string): string {
  const letters = [...emoji].map((sign) => (sign.codePointAt(0) ?? 0) - FLAG_A);
  return letters.every((letter) => letter >= 0 && letter < 26) ? String.fromCharCode(...letters.map((letter) => letter + 97)) : emoji;
}

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
