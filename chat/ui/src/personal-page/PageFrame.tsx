import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from '../design/Icon';
import { texts } from '../language/language';
import { BackButton } from '../rooms/Header';
import '../mentions/mentions.css';
import './personal.css';

interface Props {
  readonly title: string;
  readonly icon: IconName;
  readonly testId: string;
  readonly loading: boolean;
  /** The text of the empty page; undefined while it is not empty. */
  readonly empty?: { readonly title: string; readonly text: string } | undefined;
  readonly children: ComponentChildren;
}

/** The frame of the pages of saved and scheduled messages. */
export function PageFrame({ title, icon, testId, loading, empty, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <header class="header">
        <BackButton />
        <h1 ref={heading} class="room-title" tabIndex={-1}>
          <Icon name={icon} size={18} />
          {title}
        </h1>
      </header>
      <div class="page-scroll" data-testid={testId}>
        {children}
        {loading && <p class="page-note">{texts.common.loading}</p>}
        {!loading && empty && (
          <div class="empty">
            <Icon name={icon} size={44} />
            <h2>{empty.title}</h2>
            <p>{empty.text}</p>
          </div>
        )}
      </div>
    </>
  );
}
