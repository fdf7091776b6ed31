import { lateTexts } from '../language/language';

/** The words of the banner while the server cannot store anything. `trouble`: the code of the reason, if it is known. */
export function StorageWords({ trouble }: { trouble: string | undefined }) {
  return (
    <span>
      {(trouble !== undefined && lateTexts.storage.cannot[trouble]) || lateTexts.storage.cannotAtAll} {lateTexts.storage.meanwhile}
    </span>
  );
}
