import { join } from "node:path";
import { defineConfig } from "vitepress";
import { sidebar, sitePath, withRelativeImages, withSiteLinks } from "./pages.mjs";

export default defineConfig({
  title: "Natter",
  description: "A Socket.IO server for the JVM, and a chat built on it",
  outDir: join(process.env.NATTER_ROOT, "target/site"),
  rewrites: sitePath,
  cleanUrls: true,
  markdown: {
    config: (markdown) => {
      withSiteLinks(markdown);
      withRelativeImages(markdown);
    },
  },
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
