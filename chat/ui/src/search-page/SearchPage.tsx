import { useEffect, useRef } from 'preact/hooks';
import { Avatar } from '../design/Avatar';
import { Icon } from '../design/Icon';
import { fileLabel } from '../files/shown-file';
import { lateTexts, texts } from '../language/language';
import { FoundHead } from '../mentions/FoundHead';
import type { Found } from '../net/contract';
import { BackButton } from '../rooms/Header';
import { excerpt } from '../search/excerpt';
import { withFilter } from '../search/search-query';
import { PlaceLink } from '../sidebar/PlaceLink';
import { useStore } from '../store/context';
import { placeOf } from '../store/room-list';
import { plainText } from '../text/plain-text';
import { searchListOf } from './search-lists';
import '../mentions/mentions.css';
import './search.css';

const FILTERS = ['from:', 'in:', 'after:', 'before:', 'has:image', 'has:file', 'has:link'] as const;

/** Searches the messages of all rooms of the person. Each result leads to its place in the room. */
export function SearchPage() {
  const store = useStore();
  const list = searchListOf(store);
  const field = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLOListElement>(null);
  const text = store.searchText.value;
  const found = list.found.value;
  const problem = list.problem.value;
  const loading = list.loading.value;

  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(text.length, text.length);
  }, []);
  useEffect(() => list.type(text), [list, text]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const links = [...(results.current?.querySelectorAll('a') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    if (event.key === 'ArrowDown') links[Math.min(at + 1, links.length - 1)]?.focus();
    else if (event.key === 'ArrowUp' && at > 0) links[at - 1]?.focus();
    else if (event.key === 'ArrowUp' && at === 0) field.current?.focus();
    else if (event.key === 'Enter' && event.target === field.current) void list.search();
    else return;
    event.preventDefault();
  };

  return (
    <div class="search-page" onKeyDown={onKeyDown}>
      <header class="header">
        <BackButton />
        <h1 class="visually-hidden">{texts.common.search}</h1>
        <search class="search-box">
          <Icon name="search" size={18} />
          <input
            ref={field}
            type="search"
            dir="auto"
            autocomplete="off"
            spellcheck={false}
            maxLength={400}
            placeholder={lateTexts.search.words}
            aria-label={lateTexts.search.words}
            aria-describedby="search-help"
            value={text}
            data-testid="search-query"
            onInput={(event) => {
              store.searchText.value = event.currentTarget.value;
            }}
          />
        </search>
      </header>
      <div class="search-filters" role="group" aria-label={lateTexts.search.filtersLabel}>
        {FILTERS.map((filter) => (
          <button
            key={filter}
            type="button"
            class="search-filter"
            title={filter}
            aria-pressed={filter.endsWith(':') ? undefined : text.split(/\s+/u).includes(filter)}
            onClick={() => {
              store.searchText.value = withFilter(store.searchText.peek(), filter);
              field.current?.focus();
            }}
          >
            {lateTexts.search.filters[filter]}
          </button>
        ))}
      </div>
      <div class="page-scroll" data-testid="search-results">
        <p class="visually-hidden" role="status">
          {loading ? lateTexts.search.searching : problem !== '' ? problem : found ? countWords(found.length, list.more.value) : ''}
        </p>
        {problem !== '' && (
          <p class="page-note bad" data-testid="search-problem">
            {problem}{' '}
            <button type="button" class="secondary" onClick={() => void list.search()}>
              {texts.common.tryAgain}
            </button>
          </p>
        )}
        {problem === '' && found && (
          <>
            <p class="result-count" aria-hidden="true">
              {found.length > 0 && countWords(found.length, list.more.value)}
            </p>
            <ol ref={results} class={loading ? 'results stale' : 'results'} aria-label={lateTexts.search.results}>
              {found.map((each) => (
                <li key={`${each.room}/${each.m.seq}`}>
                  <Result found={each} words={list.words.value} />
                </li>
              ))}
            </ol>
            {found.length === 0 && !loading && (
              <div class="empty">
                <Icon name="search" size={44} />
                <h2>{lateTexts.search.none}</h2>
                <p>{lateTexts.search.noneHelp}</p>
              </div>
            )}
          </>
        )}
        {problem === '' && !found && !loading && (
          <div class="empty" id="search-help">
            <Icon name="search" size={44} />
            <h2>{lateTexts.search.title}</h2>
            <p>
              {lateTexts.search.help} <code>from:Ada</code> <code>in:general</code> <code>after:2026-03-31</code>{' '}
              <code>before:today</code> <code>has:image</code>
            </p>
          </div>
        )}
        {list.more.value && problem === '' && (
          <p class="page-note">
            <button type="button" class="secondary" disabled={loading} onClick={() => void list.loadMore()}>
              {lateTexts.search.older}
            </button>
          </p>
        )}
      </div>
    </div>
  );
}

const countWords = (count: number, more: boolean) =>
  count === 0 ? lateTexts.search.none : more ? lateTexts.search.countOrMore(count) : lateTexts.search.count(count);

function Result({ found: { room: id, m }, words }: { found: Found; words: readonly string[] }) {
  const { rooms } = useStore();
  const room = rooms.all.value.find((each) => each.id === id);
  if (!room) return null;
  const text = plainText(m.text, m.mentions);
  return (
    <PlaceLink place={placeOf(room, m.seq)} class="mention-card" testId="result">
      <Avatar person={m.sender} />
      <span class="mention-text">
        <FoundHead message={m} room={room} />
        <span class="mention-words" dir="auto">
          {excerpt(text, words).map(({ text: part, hit }, i) => (hit ? <mark key={i}>{part}</mark> : part))}
        </span>
        {(m.files ?? []).map((file) => (
          <span key={file.id} class="result-file">
            <Icon name="file" size={14} />
            <bdi>{fileLabel(file)}</bdi>
          </span>
        ))}
      </span>
    </PlaceLink>
  );
}
