/** Made by the build: see `emojiData` in vite.config.ts. */
declare module 'virtual:emoji' {
  const lines: string;
  export default lines;
}

/** The names in another language, by the tag of the language. */
declare module 'virtual:emoji/*' {
  const lines: string;
  export default lines;
}
