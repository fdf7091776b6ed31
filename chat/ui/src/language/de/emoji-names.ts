/** The German names of all emoji, for the picker. `scripts/emoji-names.mjs` writes them. */
export { default as names } from './emoji-names.txt?raw';
