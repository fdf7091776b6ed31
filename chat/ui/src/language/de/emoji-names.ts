/** The German names of all emoji, for the picker. The build makes them from the CLDR: see vite.config.ts. */
export { default as names } from 'virtual:emoji/de';
