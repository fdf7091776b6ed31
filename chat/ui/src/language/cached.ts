import { locale } from './language';

/** A format of `Intl` in the person's language. It is made once for each language, because making it is slow. */
export function cached<T>(make: (locale: string) => T): () => T {
  const made = new Map<string, T>();
  return () => {
    const known = made.get(locale) ?? make(locale);
    made.set(locale, known);
    return known;
  };
}
