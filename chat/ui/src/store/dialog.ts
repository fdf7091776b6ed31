import { type ReadonlySignal, signal } from '@preact/signals';
import type { Person } from '../net/contract';
import type { Room } from '../room/room';

/** A dialog of the page. */
export type Dialog =
  | { readonly kind: 'switcher' }
  | { readonly kind: 'new-room' }
  | { readonly kind: 'browse' }
  | { readonly kind: 'new-direct' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'account' }
  | { readonly kind: 'place' }
  | { readonly kind: 'notifications' }
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'edit-room' | 'invite' | 'leave' | 'pins' | 'slow' | 'scheduled'; readonly room: Room };

/** The open dialog; one at a time. */
export class Dialogs {
  private readonly open = signal<Dialog | undefined>(undefined);

  get current(): ReadonlySignal<Dialog | undefined> {
    return this.open;
  }

  show(dialog: Dialog): void {
    this.open.value = dialog;
  }

  close(): void {
    this.open.value = undefined;
  }
}
