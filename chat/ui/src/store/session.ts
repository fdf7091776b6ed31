import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { texts } from '../language/language';
import type { Person, Place, Refusal, SessionEnd } from '../net/contract';
import type { SessionAnswer, SessionApi } from '../net/session-api';
import { backoff } from '../time/backoff';
import type { Cancel, Clock } from '../time/clock';
import type { Preferences } from './preferences';

/** `expired`: the session ended while the page was open; drafts stay. */
export type Phase = 'starting' | 'signed-out' | 'expired' | 'signed-in';

export interface SessionOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly api: SessionApi;
  readonly preferences: Preferences;
  /** The person of the last visit, before the server has confirmed that the session is still there. */
  readonly remembered: (person: Person) => void;
  /** Called after each sign-in; `previous` is the person of an earlier session of this page. */
  readonly signedIn: (person: Person, previous: Person | undefined) => void;
  readonly signedOut: () => void;
  /** The session of the last visit has ended. Stored data stays for a person with the same name. */
  readonly forgotten: () => void;
}


/** The time that the answer with the new cookie takes. */
const REPLACED_MS = 500;

/** The session of this browser at the server: finds it, starts it and ends it. */
export class Session {
  private readonly currentPhase = signal<Phase>('starting');
  private readonly person = signal<Person | undefined>(undefined);
  private readonly joinable = signal<Place | undefined>(undefined);
  private readonly ending = signal<SessionEnd | undefined>(undefined);
  /** The request that gives this browser another session. */
  private changing: Promise<unknown> | undefined;
  private retry: Cancel | undefined;
  private failures = 0;

  constructor(private readonly options: SessionOptions) {}

  get phase(): ReadonlySignal<Phase> {
    return this.currentPhase;
  }

  get me(): ReadonlySignal<Person | undefined> {
    return this.person;
  }

  /** The people who may join, as the server last answered a person without a session. */
  get place(): ReadonlySignal<Place | undefined> {
    return this.joinable;
  }

  /** Why the server ended the session, if it said so. */
  get end(): ReadonlySignal<SessionEnd | undefined> {
    return this.ending;
  }

  ended(end: SessionEnd): void {
    this.ending.value = end;
  }

  /** Shows what this browser kept for the person of the last visit. */
  remember(): void {
    const person = this.options.preferences.lastPerson;
    if (!person || this.person.peek()) return;
    this.person.value = person;
    this.options.remembered(person);
  }

  /** Asks the server for the session of the cookie, until it answers. */
  async identify(): Promise<void> {
    this.retry?.();
    const answer = await this.options.api.whoAmI();
    if (this.currentPhase.peek() === 'signed-in') return;
    if (answer.kind === 'in') this.enter(answer.me);
    else if (answer.kind === 'out') this.noSession(answer.place);
    if (answer.kind === 'in' || answer.kind === 'out') {
      this.failures = 0;
      return;
    }
    const atLeast = answer.kind === 'refused' ? (answer.err.retry_after_ms ?? 0) : 0;
    const { clock, random } = this.options;
    this.retry?.();
    this.retry = clock.after(Math.max(atLeast, backoff(++this.failures, random, 1_000, 10_000)), () => void this.identify());
  }

  /** Signs in as a guest. Resolves with undefined, or with the message to show. */
  join(name: string): Promise<Pick<Refusal, 'message'> | undefined> {
    const { api, preferences } = this.options;
    return this.authenticate(() => api.signIn(name, preferences.deviceId));
  }

  /** Asks for another session of this browser. Resolves with undefined, or with the message to show. */
  async authenticate(request: () => Promise<SessionAnswer>): Promise<Pick<Refusal, 'message'> | undefined> {
    const { api, preferences } = this.options;
    const asked = request();
    this.changing = asked;
    const answer = await asked;
    this.changing = undefined;
    switch (answer.kind) {
      case 'in':
        // A browser that blocks cookies did not keep the session.
        if ((await api.whoAmI()).kind === 'out') return { message: texts.shell.noCookie };
        preferences.rememberName(answer.me.name);
        this.ending.value = undefined;
        this.enter(answer.me);
        return undefined;
      case 'refused':
        return answer.err;
      case 'out':
        return { message: texts.shell.notAccepted };
      case 'offline':
        return { message: texts.common.noAnswer };
    }
  }

  async leave(): Promise<void> {
    if (!(await this.options.api.signOut())) return;
    this.options.preferences.rememberPerson(undefined);
    batch(() => {
      this.options.signedOut();
      this.person.value = undefined;
      this.currentPhase.value = 'signed-out';
    });
  }

  /** Is the session still valid? Waits for another one that this browser is about to get. */
  async check(): Promise<SessionAnswer> {
    await this.changing?.catch(() => undefined);
    if (this.ending.peek()?.reason === 'replaced') {
      // Another tab may be the one that asked.
      this.ending.value = undefined;
      await new Promise<void>((resume) => this.options.clock.after(REPLACED_MS, resume));
    }
    return this.options.api.whoAmI();
  }

  expire(): void {
    this.currentPhase.value = 'expired';
  }

  /** The server's answer to `hello` names the person. */
  confirm(person: Person): void {
    this.person.value = person;
    this.options.preferences.rememberPerson(person);
  }

  /** Without a session the page asks for a name; a session that ended meanwhile keeps the page behind the question. */
  private noSession(place: Place | undefined): void {
    if (this.currentPhase.peek() === 'expired') return;
    batch(() => {
      this.joinable.value = place;
      this.options.forgotten();
      this.person.value = undefined;
      this.currentPhase.value = 'signed-out';
    });
  }

  private enter(person: Person): void {
    const previous = this.person.peek();
    this.options.preferences.rememberPerson(person);
    if (this.currentPhase.peek() === 'signed-in' && previous?.id === person.id) return;
    batch(() => {
      this.person.value = person;
      this.currentPhase.value = 'signed-in';
      this.options.signedIn(person, previous);
    });
  }
}
