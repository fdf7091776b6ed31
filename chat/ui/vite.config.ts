import { defineConfig } from 'vitest/config';

declare const process: { env: Record<string, string | undefined> };

/** Where `npm run dev` finds a running server; the page itself never needs it. */
const server = process.env['NATTER_SERVER'] ?? 'http://localhost:3000';

export default defineConfig({
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
