import { useStore } from '../store/context';

/** New messages, for screen readers. */
export function Announcements() {
  return (
    <div class="visually-hidden" role="status" aria-live="polite" data-testid="announcements">
      {useStore().announcement.value}
    </div>
  );
}
