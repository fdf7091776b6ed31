import { BASE } from '../browser/base-path';
import { texts, translated } from '../language/language';
import type { Refusal } from '../net/contract';

/** Sets the picture of the person. Resolves with undefined, or with the message to show. */
export function sendPicture(content: Blob): Promise<string | undefined> {
  return request({ method: 'PUT', body: content });
}

export function removePicture(): Promise<string | undefined> {
  return request({ method: 'DELETE' });
}

async function request(init: RequestInit): Promise<string | undefined> {
  try {
    const response = await fetch(`${BASE}/api/picture`, { ...init, headers: { 'X-Natter': '1' } });
    if (response.ok) return undefined;
    const { err } = (await response.json()) as { err: Refusal };
    return translated(err).message;
  } catch {
    return texts.common.noAnswer;
  }
}
