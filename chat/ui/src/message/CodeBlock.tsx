import { signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../design/Icon';
import type { highlight, Token } from '../highlight/highlight';
import { texts } from '../language/language';

/** The highlighter, loaded with the first code that names its language. */
const highlighter = signal<typeof highlight | undefined>(undefined);
let loading = false;

function loadHighlighter(): void {
  if (loading) return;
  loading = true;
  import('../highlight/highlight').then(
    (module) => {
      highlighter.value = module.highlight;
    },
    () => {
      loading = false;
    },
  );
}

export function CodeBlock({ code, language, reachable }: { code: string; language: string; reachable: boolean }) {
  useEffect(() => {
    if (language !== '') loadHighlighter();
  }, [language]);
  const box = useRef<HTMLPreElement>(null);
  const scrolls = useScrolls(box, code);
  const tokens = language === '' ? undefined : highlighter.value?.(code, language);
  return (
    <figure class={language === '' ? 'code bare' : 'code'} dir="ltr">
      <figcaption>
        <span class="language">{language}</span>
        <CopyButton code={code} reachable={reachable} />
      </figcaption>
      <pre
        ref={box}
        tabIndex={scrolls ? 0 : -1}
        aria-label={language === '' ? texts.message.code : texts.message.codeIn(language)}
        role="group"
      >
        <code>{tokens ? tokens.map(drawToken) : code}</code>
      </pre>
    </figure>
  );
}

/** Is the content wider than the box? The keyboard must reach such a box to scroll it. */
function useScrolls(box: RefObject<HTMLElement | null>, content: string): boolean {
  const [scrolls, setScrolls] = useState(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box, content]);
  return scrolls;
}

function drawToken(token: Token) {
  return typeof token === 'string' ? token : <span class={`token-${token.kind}`}>{token.text}</span>;
}

function CopyButton({ code, reachable }: { code: string; reachable: boolean }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    // Plain http has no clipboard. Selecting the code works everywhere.
    navigator.clipboard?.writeText(code).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <button
      type="button"
      class={copied ? 'copy copied' : 'copy'}
      tabIndex={reachable ? 0 : -1}
      aria-label={copied ? texts.message.copied : texts.message.copyCode}
      onClick={copy}
    >
      <Icon name={copied ? 'check' : 'copy'} size={14} />
      <span aria-live="polite">{copied ? texts.message.copied : texts.message.copy}</span>
    </button>
  );
}
