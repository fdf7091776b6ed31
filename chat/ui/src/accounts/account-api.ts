import { texts } from '../language/language';
import type { Refusal } from '../net/contract';
import { askSession, request, type SessionAnswer } from '../net/session-api';

export interface SessionInfo {
  readonly id: string;
  readonly label: string;
  readonly address?: string;
  readonly created_at: number;
  /** To the hour. */
  readonly used_at: number;
  readonly current: boolean;
}

export interface NewAccount {
  /** Without a name the guest of this browser keeps the present one. */
  readonly name?: string;
  readonly password: string;
  readonly device: string;
  readonly invite?: string;
  readonly setup?: string;
}

export const signUp = (account: NewAccount): Promise<SessionAnswer> => askSession('/api/account', 'POST', account);

export const logIn = (name: string, password: string, device: string): Promise<SessionAnswer> =>
  askSession('/api/login', 'POST', { name, password, device });

export const changePassword = (old_password: string | undefined, password: string, device: string): Promise<SessionAnswer> =>
  askSession('/api/password', 'POST', { old_password, password, device });

/** The person's sessions; undefined without an answer. */
export async function ownSessions(): Promise<readonly SessionInfo[] | undefined> {
  return (await request<{ sessions: readonly SessionInfo[] }>('/api/sessions', 'GET')).json.sessions;
}

export const revokeSession = (id: string) => problemOf('/api/sessions/revoke', { id });

/** Makes the person, who has an account, the first owner. */
export const becomeOwner = (setup: string) => problemOf('/api/setup', { setup });

/** The person who made an invite, or the reason why it does not work. */
export async function readInvite(invite: string): Promise<{ from: string } | { err: Pick<Refusal, 'message'> }> {
  const { json } = await request<{ from: string }>('/api/invite', 'POST', { invite });
  return json.from === undefined ? { err: json.err ?? { message: texts.common.noAnswer } } : { from: json.from };
}

async function problemOf(path: string, body: unknown): Promise<string | undefined> {
  const { status, json } = await request(path, 'POST', body);
  return status >= 200 && status < 300 ? undefined : (json.err?.message ?? texts.common.noAnswer);
}
