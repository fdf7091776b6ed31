import { cached } from './cached';

type Forms = Readonly<{ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>>;

const numbers = cached((locale) => new Intl.NumberFormat(locale));
const rules = cached((locale) => new Intl.PluralRules(locale));

/** A number in the person's language. */
export const numberText = (count: number): string => numbers().format(count);

/** The form of a text for a number by the rules of the language. # stands for the number. */
export function plural(count: number, forms: Forms): string {
  return (forms[rules().select(count)] ?? forms.other).replace('#', numberText(count));
}
