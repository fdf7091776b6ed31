import { deferred } from '../design/Deferred';
import { useStore } from '../store/context';

const Switcher = deferred(() => import('../switcher/Switcher').then((module) => module.Switcher));
const NewRoom = deferred(() => import('../rooms/NewRoom').then((module) => module.NewRoom));
const BrowseRooms = deferred(() => import('../rooms/BrowseRooms').then((module) => module.BrowseRooms));
const NewDirect = deferred(() => import('../rooms/NewDirect').then((module) => module.NewDirect));
const ShortcutsHelp = deferred(() => import('./ShortcutsHelp').then((module) => module.ShortcutsHelp));
const EditRoom = deferred(() => import('../rooms/EditRoom').then((module) => module.EditRoom));
const InvitePeople = deferred(() => import('../rooms/InvitePeople').then((module) => module.InvitePeople));
const LeaveRoom = deferred(() => import('../rooms/LeaveRoom').then((module) => module.LeaveRoom));
const Pins = deferred(() => import('../pins/PinsDialog').then((module) => module.PinsDialog));
const Account = deferred(() => import('../accounts/AccountDialog').then((module) => module.AccountDialog));
const Notifications = deferred(() => import('../notify-page/NotificationsDialog').then((module) => module.NotificationsDialog));
const PlaceRules = deferred(() => import('../moderation/PlaceDialog').then((module) => module.PlaceDialog));
const AboutPerson = deferred(() => import('../moderation/PersonDialog').then((module) => module.PersonDialog));
const SlowMode = deferred(() => import('../moderation/SlowDialog').then((module) => module.SlowDialog));
const Scheduled = deferred(() => import('../personal-page/ScheduledDialog').then((module) => module.ScheduledDialog));

/** The quick switcher takes the keys that follow Ctrl K at once, so its code must be here. */
export const preloadSwitcher = () => Switcher.preload();

/** The open dialog of the page, if there is one. */
export function OpenDialog() {
  const dialog = useStore().dialogs.current.value;
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'switcher':
      return <Switcher />;
    case 'new-room':
      return <NewRoom />;
    case 'browse':
      return <BrowseRooms />;
    case 'new-direct':
      return <NewDirect />;
    case 'shortcuts':
      return <ShortcutsHelp />;
    case 'edit-room':
      return <EditRoom room={dialog.room} />;
    case 'invite':
      return <InvitePeople room={dialog.room} />;
    case 'pins':
      return <Pins room={dialog.room} />;
    case 'account':
      return <Account />;
    case 'notifications':
      return <Notifications />;
    case 'place':
      return <PlaceRules />;
    case 'person':
      return <AboutPerson key={dialog.person.id} person={dialog.person} />;
    case 'slow':
      return <SlowMode room={dialog.room} />;
    case 'scheduled':
      return <Scheduled room={dialog.room} />;
    case 'leave':
      return <LeaveRoom room={dialog.room} />;
  }
}
