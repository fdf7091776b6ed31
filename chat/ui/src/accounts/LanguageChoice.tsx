import { useEffect, useRef } from 'preact/hooks';
import { LANGUAGES, lateTexts } from '../language/language';
import { useStore } from '../store/context';
import { request } from '../store/request';
import './language-choice.css';

/** The name of a language in itself, such as "Deutsch". */
const nameOf = (tag: string) => new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;

/** A choice was made here. The page is drawn anew then, and the focus comes back. */
let justChosen = false;

/** Chooses the language of the page: for the account in all browsers, for others in this browser. */
export function LanguageChoice() {
  const store = useStore();
  const { preferences, standing } = store;
  const field = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (justChosen) field.current?.focus();
    justChosen = false;
  }, []);
  const choose = async (select: HTMLSelectElement) => {
    const { value } = select;
    if (standing.you.peek()?.account !== true) {
      justChosen = true;
      preferences.setLanguage(value || undefined);
    } else if (await request(store, 'me.language', { language: value })) {
      justChosen = true;
      preferences.setAccountLanguage(value);
    } else select.value = preferences.language.peek() ?? '';
  };
  return (
    <select
      ref={field}
      class="language-choice"
      aria-label={lateTexts.accounts.language}
      value={preferences.language.value ?? ''}
      data-testid="language"
      onChange={(event) => void choose(event.currentTarget)}
    >
      <option value="">{lateTexts.accounts.languageAuto}</option>
      {LANGUAGES.map((tag) => (
        <option key={tag} value={tag} lang={tag}>
          {nameOf(tag)}
        </option>
      ))}
    </select>
  );
}

/** The choice as a part of the account dialog. */
export function LanguagePart() {
  return (
    <section class="account-part" aria-label={lateTexts.accounts.language}>
      <h3>{lateTexts.accounts.language}</h3>
      <LanguageChoice />
    </section>
  );
}
