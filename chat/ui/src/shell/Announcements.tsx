import { announcement } from '../app/natter';

/** What a screen reader is told of a conversation that goes on. */
export function Announcements() {
  return (
    <div class="unseen" role="status" aria-live="polite" data-testid="announcements">
      {announcement.value}
    </div>
  );
}
