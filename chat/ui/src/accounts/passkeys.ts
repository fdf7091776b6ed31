import { lateTexts } from '../language/language';
import type { Refusal } from '../net/contract';
import { askSession, type SessionAnswer } from '../net/session-api';
import { post, type Problem } from './sign-in-api';

type PasskeyPurpose = 'add' | 'sign_in' | 'sign_up' | 'confirm';

interface Step {
  readonly step: string;
  readonly options: Options;
}

/** The JSON form of the options of WebAuthn. Not every browser reads it by itself. */
interface Options {
  readonly challenge: string;
  readonly user?: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly excludeCredentials?: readonly Descriptor[];
  readonly allowCredentials?: readonly Descriptor[];
}

interface Descriptor {
  readonly type: 'public-key';
  readonly id: string;
  readonly transports: AuthenticatorTransport[];
}

/** The browser's credential for a step. */
interface Ended {
  readonly step: string;
  readonly credential: unknown;
}

/** Not at plain http, except on localhost. */
export const hasPasskeys = () => typeof PublicKeyCredential === 'function';

const bytes = (text: string) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));

const text = (buffer: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '');

const descriptors = (list: readonly Descriptor[] = []): PublicKeyCredentialDescriptor[] => list.map((each) => ({ ...each, id: bytes(each.id) }));

async function create(options: Options): Promise<unknown> {
  const { user = { id: '', name: '', displayName: '' } } = options;
  const made = (await navigator.credentials.create({
    publicKey: {
      ...(options as unknown as PublicKeyCredentialCreationOptions),
      challenge: bytes(options.challenge),
      user: { ...user, id: bytes(user.id) },
      excludeCredentials: descriptors(options.excludeCredentials),
    },
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return json(made, {
    attestationObject: text(response.attestationObject),
    transports: response.getTransports(),
  });
}

async function get(options: Options, signal: AbortSignal | undefined, quiet: boolean): Promise<unknown> {
  const signed = (await navigator.credentials.get({
    publicKey: {
      ...(options as unknown as PublicKeyCredentialRequestOptions),
      challenge: bytes(options.challenge),
      allowCredentials: descriptors(options.allowCredentials),
    },
    ...(quiet && { mediation: 'conditional' }),
    ...(signal && { signal }),
  })) as PublicKeyCredential;
  const response = signed.response as AuthenticatorAssertionResponse;
  return json(signed, {
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    ...(response.userHandle && { userHandle: text(response.userHandle) }),
  });
}

const json = ({ id, rawId, type, response }: PublicKeyCredential, more: object) => ({
  id,
  rawId: text(rawId),
  type,
  response: { clientDataJSON: text(response.clientDataJSON), ...more },
  clientExtensionResults: {},
});

function problemOf(thrown: unknown): Problem {
  const name = thrown instanceof DOMException ? thrown.name : '';
  return { message: name === 'InvalidStateError' ? lateTexts.signIns.passkeyKnown : name === 'NotAllowedError' || name === 'AbortError' ? lateTexts.signIns.passkeyCancelled : lateTexts.signIns.passkeyNotHere };
}

/** Asks the server for a challenge and the browser for the answer to it. */
async function ask(purpose: PasskeyPurpose, name?: string, signal?: AbortSignal, quiet = false): Promise<Ended | Problem> {
  const { json: begun, problem } = await post<Step>('/api/passkeys/options', { purpose, ...(name && { name }) });
  const { step, options } = begun;
  if (step === undefined || options === undefined) return problem ?? { message: lateTexts.signIns.passkeyNotHere };
  try {
    return { step, credential: await (options.user ? create(options) : get(options, signal, quiet)) };
  } catch (thrown) {
    return problemOf(thrown);
  }
}

const refused = ({ message }: Problem): SessionAnswer => ({
  kind: 'refused',
  err: { code: 'passkey', message, permanent: true } satisfies Refusal,
});

async function finish(path: string, ended: Ended | Problem, more: object = {}): Promise<Problem | undefined> {
  return 'message' in ended ? ended : (await post(path, { ...ended, ...more })).problem;
}

async function enter(path: string, ended: Ended | Problem, more: object): Promise<SessionAnswer> {
  return 'message' in ended ? refused(ended) : askSession(path, 'POST', { ...ended, ...more });
}

/** Adds a passkey to the account. `name`: what the person calls it. */
export const addPasskey = async (name: string) => finish('/api/passkeys/add', await ask('add'), { name });

export const confirmByPasskey = async () => finish('/api/passkeys/confirm', await ask('confirm'));

export const signInByPasskey = async (device: string) => enter('/api/passkeys/sign-in', await ask('sign_in'), { device });

/** Makes an account with a passkey. Without a name the guest of this browser keeps the present one. */
export const signUpByPasskey = async (
  account: { readonly device: string; readonly invite?: string; readonly setup?: string },
  name?: string,
) => enter('/api/passkeys/sign-up', await ask('sign_up', name), account);

/** The browser offers passkeys among the names to fill in. Resolves with undefined when nothing was chosen. */
export async function signInByAutofill(device: string, signal: AbortSignal): Promise<SessionAnswer | undefined> {
  if (!hasPasskeys() || !(await PublicKeyCredential.isConditionalMediationAvailable?.()) || signal.aborted) return undefined;
  const ended = await ask('sign_in', undefined, signal, true);
  return 'message' in ended ? undefined : enter('/api/passkeys/sign-in', ended, { device });
}
