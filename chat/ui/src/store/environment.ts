import type { KeyValueStorage } from '../browser/key-value-storage';
import type { AttachmentsOptions } from '../files/attachments';
import type { Notice } from '../notify/notifier';
import type { ChatSocket } from '../net/chat-socket';
import type { EntryLink } from '../net/entry-link';
import type { SessionApi } from '../net/session-api';
import type { EntryStore } from '../outbox/entry';
import type { Locks } from '../outbox/sending-tab';
import type { OwnedRecords } from '../storage/owned-records';
import type { Clock } from '../time/clock';
import type { DraftRecord } from './draft-storage';
import type { NavigationOptions } from './navigation';
import type { CacheRecord } from './room-cache';

/** The parts of the browser and of the server that the store needs. */
export interface Environment {
  readonly clock: Clock;
  readonly random: () => number;
  readonly uuid: () => string;
  readonly socket: ChatSocket;
  readonly sessionApi: SessionApi;
  readonly entryStore: EntryStore;
  readonly draftStore: OwnedRecords<DraftRecord>;
  readonly cacheStore: OwnedRecords<CacheRecord>;
  readonly files: Omit<AttachmentsOptions, 'clock' | 'uuid' | 'ask' | 'kept'>;
  readonly showNotice: (notice: Notice, clicked: () => void) => void;
  readonly playSound: () => void;
  readonly locks: Locks | undefined;
  readonly openTabChannel: (heard: () => void) => () => void;
  readonly navigation: NavigationOptions;
  /** The invite or set-up link that opened the page. */
  readonly entry?: EntryLink | undefined;
  /** Kept for this tab. */
  readonly tabStorage: KeyValueStorage;
  /** Kept for all tabs of this browser. */
  readonly browserStorage: KeyValueStorage;
}
