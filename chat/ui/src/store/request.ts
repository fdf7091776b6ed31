import type { Granted, Query, Request } from '../net/contract';
import { problemOf } from '../net/problem';
import type { ChatStore } from './chat-store';

/** Asks the server. A refusal is shown as a toast and gives undefined. */
export async function request<E extends Request>({ server, toast }: ChatStore, event: E, query: Query<E>): Promise<Granted<E> | undefined> {
  const answer = await server.ask(event, query).catch(() => undefined);
  if (answer?.ok === true) return answer as Granted<E>;
  toast.show(problemOf(answer));
  return undefined;
}
