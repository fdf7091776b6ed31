import { texts } from '../language/language';
import type { Person } from '../net/contract';
import { request } from '../net/session-api';

export interface Bot {
  readonly person: Person;
  /** A name; empty for the operator. */
  readonly created_by: string;
  readonly created_at: number;
  readonly used_at?: number;
  readonly revoked?: boolean;
}

/** `name` is absent for a room that the person may not see. */
export interface RoomName {
  readonly id: string;
  readonly name?: string;
}

export interface IncomingWebhook {
  readonly person: Person;
  readonly room: RoomName;
  readonly created_by: string;
  readonly created_at: number;
  readonly used_at?: number;
}

export interface OutgoingWebhook {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly rooms: readonly RoomName[];
  readonly created_by: string;
  readonly created_at: number;
  readonly waiting: number;
  readonly dropped: number;
  readonly delivered_at?: number;
  readonly failing_since?: number;
  readonly error?: string;
  readonly disabled?: boolean;
}

export interface WebhookLists {
  readonly incoming: readonly IncomingWebhook[];
  /** For owners only. */
  readonly outgoing?: readonly OutgoingWebhook[];
}

export interface NewOutgoing {
  readonly name: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly rooms: readonly string[];
}

/** The answer of the server, or a sentence about what went wrong. */
async function ask<T>(path: string, body?: unknown): Promise<T | string> {
  const { status, json } = await request<T>(path, body === undefined ? 'GET' : 'POST', body);
  return status >= 200 && status < 300 ? (json as T) : (json.err?.message ?? texts.common.noAnswer);
}

async function act(path: string, id: string): Promise<string | undefined> {
  const answer = await ask(path, { id });
  return typeof answer === 'string' ? answer : undefined;
}

export const listBots = () => ask<{ bots: readonly Bot[] }>('/api/bots');
export const createBot = (name: string) => ask<{ bot: Bot; token: string }>('/api/bots', { name });
export const renewBot = (id: string) => ask<{ bot: Bot; token: string }>('/api/bots/renew', { id });
export const revokeBot = (id: string) => act('/api/bots/revoke', id);

export const listWebhooks = () => ask<WebhookLists>('/api/webhooks');
export const createIncoming = (room: string, name: string) => ask<{ path: string }>('/api/webhooks/incoming', { room, name });
export const revokeIncoming = (id: string) => act('/api/webhooks/incoming/revoke', id);
export const createOutgoing = (wish: NewOutgoing) => ask<{ secret: string }>('/api/webhooks/outgoing', wish);
export const revokeOutgoing = (id: string) => act('/api/webhooks/outgoing/revoke', id);
export const enableOutgoing = (id: string) => act('/api/webhooks/outgoing/enable', id);
