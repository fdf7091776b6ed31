import { texts } from '../language/language';
import { useStore } from '../store/context';
import { Avatar } from '../design/Avatar';
import { deferred } from '../design/Deferred';
import { Icon } from '../design/Icon';
import { Menu } from '../design/Menu';

const AccountItems = deferred(() => import('./AccountItems').then((module) => module.AccountItems));

export function AccountMenu({ showShortcuts }: { showShortcuts: () => void }) {
  const { session } = useStore();
  const person = session.me.value;
  if (!person) return <div class="me" />;

  return (
    <div class="me">
      <Menu
        label={texts.sidebar.settings}
        named
        buttonClass="me-button"
        testId="me"
        trigger={
          <>
            <Avatar person={person} small />
            <bdi>{person.name}</bdi>
            <span class="visually-hidden">: {texts.sidebar.settings}</span>
            <Icon name="more" />
          </>
        }
      >
        {(close) => <AccountItems close={close} showShortcuts={showShortcuts} />}
      </Menu>
    </div>
  );
}
