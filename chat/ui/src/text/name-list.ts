import { cached } from '../language/cached';
import { texts } from '../language/language';

const lists = cached(() => new Intl.ListFormat(texts.lists));

/** "Ada", "Ada and Bob", "Ada, Bob and Cem", "Ada, Bob and 3 others". `unnamed`: further people without a name here. */
export function nameList(names: readonly string[], unnamed = 0): string {
  const shown = names.length + unnamed > 3 ? names.slice(0, 2) : names;
  const others = names.length + unnamed - shown.length;
  return lists().format(others === 0 ? shown : [...shown, texts.common.others(others)]);
}
