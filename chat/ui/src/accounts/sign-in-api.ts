import { texts, translated } from '../language/language';
import { askSession, request, type SessionAnswer } from '../net/session-api';

/** The ways to sign in that the operator allows. */
export interface Ways {
  readonly password: boolean;
  /** Passkeys work at this address. */
  readonly passkeys: boolean;
  readonly openid?: { readonly label: string };
}

/** A passkey, or an identity at the provider. */
export interface Method {
  readonly id: string;
  readonly name: string;
  readonly created_at: number;
  readonly used_at?: number;
}

export interface Methods {
  readonly password: boolean;
  readonly passkeys: readonly Method[];
  readonly identities: readonly Method[];
}

export type Purpose = 'sign_in' | 'keep' | 'link' | 'confirm';

/** The outcome of a sign-in at the provider. `name`: the account needs another name than this one. */
export interface Outcome {
  readonly problem?: string;
  /** The code of the problem. */
  readonly code?: string;
  readonly name?: string;
  readonly done?: 'linked' | 'confirmed';
}

/** A refusal as the forms show it. `confirm`: the person must first prove who it is. */
export interface Problem {
  readonly message: string;
  readonly confirm?: boolean;
}

/** Without an answer the page offers what every place has. */
const DEFAULT_WAYS: Ways = { password: true, passkeys: false };

export async function waysToSignIn(): Promise<Ways> {
  const { status, json } = await request<Ways>('/api/ways', 'GET');
  return status === 200 ? { ...DEFAULT_WAYS, ...json } : DEFAULT_WAYS;
}

/** The person's ways to sign in; undefined without an answer. */
export async function ownMethods(): Promise<Methods | undefined> {
  const { status, json } = await request<Methods>('/api/methods', 'GET');
  return status === 200 ? (json as Methods) : undefined;
}

export async function post<T>(path: string, body: unknown): Promise<{ readonly json: Partial<T>; readonly problem?: Problem }> {
  const { status, json } = await request<T>(path, 'POST', body);
  if (status >= 200 && status < 300) return { json };
  const { err } = json;
  return { json, problem: { message: err?.message ?? texts.common.noAnswer, ...(err?.code === 'confirm_needed' && { confirm: true }) } };
}

export const removePasskey = async (id: string) => (await post('/api/passkeys/remove', { id })).problem;

export const unlink = async (id: string) => (await post('/api/identities/remove', { id })).problem;

export const confirmByPassword = async (password: string) => (await post('/api/confirm', { password })).problem;

/**
 * Leaves the page for the provider, which sends the browser back. Resolves with a problem. Its message is empty when the
 * person comes back to this page by the button "Back".
 */
export async function goToProvider(
  purpose: Purpose,
  device: string,
  entry: { readonly invite?: string; readonly setup?: string } = {},
): Promise<Problem | undefined> {
  const { json, problem } = await post<{ location: string }>('/api/openid/start', {
    purpose,
    device,
    path: location.pathname,
    ...entry,
  });
  if (json.location === undefined) return problem;
  location.assign(json.location);
  return new Promise((back) => addEventListener('pageshow', () => back({ message: '' }), { once: true }));
}

export async function readOutcome(step: string): Promise<Outcome> {
  const { json, problem } = await post<Outcome>('/api/openid/outcome', { step });
  if (problem) return { problem: problem.message };
  const { code = '', problem: message } = json;
  return message === undefined ? json : { ...json, problem: translated({ code, message }).message };
}

export const signUpUnder = (step: string, name: string): Promise<SessionAnswer> => askSession('/api/openid/name', 'POST', { step, name });
