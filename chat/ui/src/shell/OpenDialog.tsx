import { deferred } from '../design/Deferred';
import { BrowseRooms } from '../rooms/BrowseRooms';
import { EditRoom } from '../rooms/EditRoom';
import { InvitePeople } from '../rooms/InvitePeople';
import { LeaveRoom } from '../rooms/LeaveRoom';
import { NewDirect } from '../rooms/NewDirect';
import { NewRoom } from '../rooms/NewRoom';
import { useStore } from '../store/context';
import { Switcher } from '../switcher/Switcher';
import { ShortcutsHelp } from './ShortcutsHelp';

const Pins = deferred(() => import('../pins/PinsDialog').then((module) => module.PinsDialog));
const Account = deferred(() => import('../accounts/AccountDialog').then((module) => module.AccountDialog));
const PlaceRules = deferred(() => import('../moderation/PlaceDialog').then((module) => module.PlaceDialog));
const AboutPerson = deferred(() => import('../moderation/PersonDialog').then((module) => module.PersonDialog));
const SlowMode = deferred(() => import('../moderation/SlowDialog').then((module) => module.SlowDialog));

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
    case 'place':
      return <PlaceRules />;
    case 'person':
      return <AboutPerson key={dialog.person.id} person={dialog.person} />;
    case 'slow':
      return <SlowMode room={dialog.room} />;
    case 'leave':
      return <LeaveRoom room={dialog.room} />;
  }
}
