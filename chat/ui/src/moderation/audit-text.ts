import { lateTexts } from '../language/language';
import type { AuditEntry } from '../net/contract';

/** A line of the audit log as a sentence. */
export function auditText({ action, actor_name, target_name, room }: AuditEntry): string {
  const words: Readonly<Record<string, string>> = {
    '%a': actor_name ?? lateTexts.auditNames.somebody,
    '%t': target_name ?? '',
    '%r': room ?? lateTexts.auditNames.privateRoom,
  };
  const sentences: Readonly<Record<string, string>> = lateTexts.audit;
  return (sentences[action] ?? `%a: ${action} %t`).replace(/%[atr]/g, (name) => words[name] ?? '').trim();
}
