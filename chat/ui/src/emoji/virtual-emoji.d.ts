/** Made by the build: see `emojiData` in vite.config.ts. */
declare module 'virtual:emoji' {
  const lines: string;
  export default lines;
}
