import { type ReadonlySignal, signal } from '@preact/signals';
import type { Room } from '../room/room';
import type { MessageRow } from '../room/timeline-rows';

/** `sheet`: the menu of a touch screen, with emoji. */
export type OverlayKind = 'menu' | 'sheet' | 'picker' | 'history' | 'remind';

export interface OpenOverlay {
  readonly kind: OverlayKind;
  readonly row: MessageRow;
  readonly room: Room;
  /** The overlay stands beside this element, which gets the focus back. */
  readonly opener: HTMLElement;
}

/** The menu, picker or dialog that is open for a message. There is one at most. */
export class MessageOverlay {
  private readonly shown = signal<OpenOverlay | undefined>(undefined);

  get current(): ReadonlySignal<OpenOverlay | undefined> {
    return this.shown;
  }

  open(kind: OverlayKind, row: MessageRow, room: Room, opener: HTMLElement): void {
    this.shown.value = { kind, row, room, opener };
  }

  close(): void {
    this.shown.value = undefined;
  }
}
