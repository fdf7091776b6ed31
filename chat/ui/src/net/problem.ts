import { texts } from '../language/language';
import type { Refusal } from './contract';

/** Why a request failed, as a sentence; undefined when it succeeded. Without an answer it failed, too. */
export function problemOf(answer: { readonly ok?: boolean; readonly err?: Refusal } | undefined): string | undefined {
  return answer?.ok === true ? undefined : (answer?.err?.message ?? texts.common.noAnswer);
}
