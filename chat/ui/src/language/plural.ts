import { locale } from './language';

type Forms = Readonly<{ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>>;

/** A number in the person's language. */
export const numberText = (count: number): string => new Intl.NumberFormat(locale).format(count);

/** The form of a text for a number by the rules of the language. # stands for the number. */
export function plural(count: number, forms: Forms): string {
  return (forms[new Intl.PluralRules(locale).select(count)] ?? forms.other).replace('#', numberText(count));
}
