import { type ReadonlySignal, signal } from '@preact/signals';
import type { KeyValueStorage } from '../browser/key-value-storage';

/** How this browser tells the person of new messages while the page is not in front. */
export class NotifySettings {
  private readonly desktopOn = signal(false);
  private readonly soundOn = signal(false);

  constructor(private readonly storage: KeyValueStorage) {
    this.desktopOn.value = storage.get('notify') === 'on';
    this.soundOn.value = storage.get('sound') === 'on';
  }

  get desktop(): ReadonlySignal<boolean> {
    return this.desktopOn;
  }

  get sound(): ReadonlySignal<boolean> {
    return this.soundOn;
  }

  setDesktop(on: boolean): void {
    this.desktopOn.value = on;
    this.storage.set('notify', on ? 'on' : undefined);
  }

  setSound(on: boolean): void {
    this.soundOn.value = on;
    this.storage.set('sound', on ? 'on' : undefined);
  }
}
