import { join } from "node:path";
import { defineConfig } from "vitepress";
import { root, sidebar, sitePath, withoutSourceLinks } from "./pages.mjs";

export default defineConfig({
  title: "Natter",
  description: "A Socket.IO server for the JVM, and a chat built on it",
  srcDir: root,
  outDir: join(root, "target/site"),
  cacheDir: join(root, "target/site-cache"),
  srcExclude: ["**/node_modules/**", "**/target/**", "**/dist/**"],
  rewrites: sitePath,
  cleanUrls: true,
  markdown: { config: withoutSourceLinks },
  themeConfig: {
    nav: [
      { text: "Guide", link: "/guide" },
      { text: "API map", link: "/api-map" },
      { text: "Examples", link: "/examples/" },
      { text: "Changelog", link: "/CHANGELOG" },
    ],
    sidebar: sidebar(),
    search: { provider: "local" },
    outline: [2, 3],
  },
});
