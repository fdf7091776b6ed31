import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { NotifyLevel, Person, RoomHead } from '../net/contract';
import { nameList } from '../text/name-list';

/** The server's description of a room besides its messages. */
export class RoomInfo {
  private readonly head = signal<RoomHead | undefined>(undefined);

  readonly kind = computed(() => this.head.value?.kind ?? 'public');
  readonly slug = computed(() => this.head.value?.slug);
  readonly topic = computed(() => this.head.value?.topic ?? '');
  readonly level: ReadonlySignal<NotifyLevel> = computed(() => this.head.value?.level ?? 'all');
  readonly archived = computed(() => this.head.value?.archived === true);
  /** The person created the room. */
  readonly mine = computed(() => this.head.value?.mine === true);
  /** Slow mode: the time between two messages of a person; 0 without it. */
  readonly slowMs = computed(() => this.head.value?.slow_ms ?? 0);
  /** The others in a direct or group room. */
  readonly people: ReadonlySignal<readonly Person[]> = computed(() => this.head.value?.people ?? []);
  /** Direct or group: messages between a few people, without a name of their own. */
  readonly direct = computed(() => this.kind.value === 'direct' || this.kind.value === 'group');
  /** The name to show: of a direct room the others', and of a room whose slug is its name the slug. */
  readonly name = computed(() => {
    const head = this.head.value;
    if (!head) return '';
    if (head.kind === 'group' && head.name !== '') return head.name;
    if (this.direct.value && this.people.value.length > 0) return nameList(this.people.value.map((p) => p.name));
    return head.slug?.toLocaleLowerCase() === head.name.toLocaleLowerCase() ? head.slug : head.name;
  });

  update(head: RoomHead): void {
    this.head.value = head;
  }

  setLevel(level: NotifyLevel): void {
    const head = this.head.peek();
    if (head) this.head.value = { ...head, level };
  }

  /** The last head, with its facts as they are now; the counts are those of the moment when it came. */
  get last(): RoomHead | undefined {
    return this.head.peek();
  }
}
