import { type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { gemoji } from 'gemoji';

declare const process: { env: Record<string, string | undefined> };

/** Where `npm run dev` finds a running server; the page itself never needs it. */
const server = process.env['NATTER_SERVER'] ?? 'http://localhost:3000';

export default defineConfig({
  plugins: [emojiData()],
  build: {
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    // The page's Content-Security-Policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: {
    proxy: {
      '/api': server,
      '/socket.io': { target: server, ws: true },
    },
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
});

/**
 * The module `virtual:emoji`: a text with a line for each emoji (the emoji, its shortcodes, its keywords, separated by
 * tabs). A line with one field names a group.
 */
function emojiData(): Plugin {
  const id = 'virtual:emoji';
  const lines = () => {
    const groups = [...new Set(gemoji.map((emoji) => emoji.category))];
    return groups.flatMap((group) => [
      group,
      ...gemoji
        .filter((emoji) => emoji.category === group)
        .map(({ emoji, names, tags }) => [emoji, names.join(' '), tags.join(' ')].join('\t')),
    ]);
  };
  return {
    name: 'emoji-data',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (source) => (source === `\0${id}` ? `export default ${JSON.stringify(lines().join('\n'))};` : undefined),
  };
}
