import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { KeyValueStorage } from '../browser/key-value-storage';
import type { Person } from '../net/contract';

export type Theme = 'auto' | 'light' | 'dark';

/** Values that this browser remembers between visits. */
export class Preferences {
  private readonly chosenTheme = signal<Theme>('auto');
  private readonly browserLanguage = signal<string | undefined>(undefined);
  private readonly accountLanguage = signal<string | undefined>(undefined);
  private device: string | undefined;

  constructor(
    private readonly storage: KeyValueStorage,
    private readonly uuid: () => string,
  ) {
    const stored = storage.get('theme');
    if (stored === 'light' || stored === 'dark') this.chosenTheme.value = stored;
    this.browserLanguage.value = storage.get('language');
    this.accountLanguage.value = storage.get('account-language');
  }

  /** The name of the last sign-in, or ''. */
  get lastName(): string {
    return this.storage.get('name') ?? '';
  }

  rememberName(name: string): void {
    this.storage.set('name', name || undefined);
  }

  /** The person who was signed in last, so that the page draws before the server answers. */
  get lastPerson(): Person | undefined {
    try {
      const { id, name, hue } = JSON.parse(this.storage.get('person') ?? '{}') as Partial<Person>;
      return typeof id === 'string' && typeof name === 'string' && typeof hue === 'number' ? { id, name, hue } : undefined;
    } catch {
      return undefined;
    }
  }

  /** Undefined forgets the person. */
  rememberPerson(person: Person | undefined): void {
    this.storage.set('person', person && JSON.stringify(person));
    if (!person) this.setAccountLanguage(undefined);
  }

  /** Identifies this browser to the server. Without storage it is the same for as long as the page is open. */
  get deviceId(): string {
    this.device ??= this.storage.get('device') ?? this.uuid();
    if (this.storage.get('device') === undefined) this.storage.set('device', this.device);
    return this.device;
  }

  get theme(): ReadonlySignal<Theme> {
    return this.chosenTheme;
  }

  setTheme(theme: Theme): void {
    this.chosenTheme.value = theme;
    this.storage.set('theme', theme === 'auto' ? undefined : theme);
  }

  /** The tag of the language that was chosen for the account, else in this browser; '' and undefined for none. */
  readonly language: ReadonlySignal<string | undefined> = computed(() => this.accountLanguage.value ?? this.browserLanguage.value);

  setLanguage(tag: string | undefined): void {
    this.browserLanguage.value = tag;
    this.storage.set('language', tag);
  }

  /** Kept here too, so that the page draws before the server answers. '' follows each browser; undefined: no choice. */
  setAccountLanguage(tag: string | undefined): void {
    this.accountLanguage.value = tag;
    this.storage.set('account-language', tag);
  }
}
