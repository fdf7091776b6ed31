/** The part of Vite's types that the worker uses; all of them would bring those of a page. */
interface ImportMeta {
  glob<T>(pattern: string, options: { eager: true; import: string }): Record<string, T>;
}
