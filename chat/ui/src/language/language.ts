import { signal } from '@preact/signals';
import type { First } from './en/first';
import type { Later } from './en/later';

/** The folders of the languages. A new folder is a new language. */
const firsts = import.meta.glob<{ first: First }>('./*/first.ts');
const laters = import.meta.glob<{ later: Later }>('./*/later.ts');

/** The tags of all languages, such as "en". */
export const LANGUAGES: readonly string[] = Object.keys(firsts).map((path) => path.split('/')[1] ?? '');

/** The texts of the first load. They are there before the page is drawn. */
export let texts: First;
/** The texts of features that are loaded when needed. `deferred` loads them with the feature. */
export let lateTexts: Later;
/** The locale for dates, numbers and plurals: the language, with the person's region if the browser names one. */
export let locale = 'en';
/** The tag of the language that the page shows. */
export const shownLanguage = signal('');

/** The language to show: the chosen one, else the first of the browser's languages that there is, else English. */
export function languageFor(chosen: string | undefined, browser: readonly string[], known = LANGUAGES): string {
  const wanted = [...(chosen === undefined ? [] : [chosen]), ...browser].map((tag) => tag.split('-')[0]?.toLowerCase() ?? '');
  return wanted.find((tag) => known.includes(tag)) ?? 'en';
}

/** The language that was asked for last; its texts may still be on their way. */
let wanted = 'en';

/** Loads a language and shows it. A later call wins. An unknown language changes nothing. */
export async function showLanguage(tag: string, browser: readonly string[]): Promise<void> {
  const load = firsts[`./${tag}/first.ts`];
  if (!load) return;
  wanted = tag;
  const [{ first }, late] = await Promise.all([load(), lateTexts && laters[`./${tag}/later.ts`]?.()]);
  if (wanted !== tag) return;
  texts = first;
  if (late) lateTexts = late.later;
  locale = browser.find((each) => each.split('-')[0] === tag) ?? tag;
  shownLanguage.value = tag;
}

/** Loads the texts of the features outside of the first load. */
export async function loadLateTexts(): Promise<void> {
  while (!lateTexts) {
    const tag = wanted;
    const load = laters[`./${tag}/later.ts`];
    if (!load) throw new Error(`the language ${tag} has no later.ts`);
    const { later } = await load();
    if (wanted === tag) lateTexts ??= later;
  }
}

/** The server's refusal in the person's language. The server's English sentence stays where there is none. */
export function translated<E extends { readonly code: string; readonly message: string }>(err: E): E {
  const sentence = lateTexts?.errors[err.code];
  return sentence ? { ...err, message: sentence(err.message) } : err;
}
