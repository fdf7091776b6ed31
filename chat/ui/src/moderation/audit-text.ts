import type { AuditEntry } from '../net/contract';

/** A line of the audit log as a sentence. `%a`: the person who acted, `%t`: the person concerned, `%r`: the room. */
const SENTENCES: Readonly<Record<string, string>> = {
  set_up: '%a became the first owner',
  sign_up: '%a signed up',
  sign_in: '%a signed in',
  sign_in_failed: 'A wrong password for %t',
  password: '%a changed the password',
  session_revoked: '%a signed a device out',
  renamed: '%a changed the name',
  role: '%a changed the role of %t',
  policy: '%a changed who may join',
  invite: '%a made an invite',
  invite_revoked: '%a revoked an invite',
  kick: '%a kicked %t',
  room_kick: '%a took %t out of %r',
  ban: '%a banned %t',
  unban: '%a took back the ban of %t',
  mute: '%a muted %t',
  unmute: '%a let %t write again',
  slow: '%a changed the slow mode of %r',
  console_password: 'The operator set a password for %t',
  console_owner: 'The operator made %t an owner',
  console_deleted: 'The operator deleted a person',
  console_archived: 'The operator closed %r',
  console_opened: 'The operator opened %r again',
  bot: '%a made the bot %t',
  bot_renewed: '%a gave the bot %t another token',
  bot_revoked: '%a took the token of the bot %t away',
  webhook: '%a made a webhook',
  webhook_revoked: '%a revoked a webhook',
  webhook_enabled: '%a enabled a webhook again',
  webhook_disabled: 'A webhook was disabled, for its receiver failed',
  console_bot: 'The operator made the bot %t',
  console_bot_renewed: 'The operator gave the bot %t another token',
  console_bot_revoked: 'The operator took the token of the bot %t away',
  message_deleted: '%a deleted a message of %t in %r',
};

export function auditText({ action, actor_name, target_name, room }: AuditEntry): string {
  const words: Readonly<Record<string, string>> = {
    '%a': actor_name ?? 'Somebody',
    '%t': target_name ?? '',
    '%r': room ?? 'a private room',
  };
  return (SENTENCES[action] ?? `%a: ${action} %t`).replace(/%[atr]/g, (name) => words[name] ?? '').trim();
}
