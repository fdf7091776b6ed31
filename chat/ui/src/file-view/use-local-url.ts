import { useEffect, useState } from 'preact/hooks';
import type { ShownFile } from '../files/shown-file';
import { useStore } from '../store/context';

/** Places whose image this browser sent, with the token of the content. */
const sentFrom = new Map<string, string>();
const KEPT = 200;

/** The content in this browser of an image that is sent from here, also after its message has arrived. */
export function useLocalUrl(file: ShownFile, place: string): string | undefined {
  const { attachments } = useStore();
  const [, loaded] = useState(0);
  const token = 'token' in file ? file.token : undefined;
  if (token !== undefined && !sentFrom.has(place)) {
    sentFrom.set(place, token);
    if (sentFrom.size > KEPT) sentFrom.delete(sentFrom.keys().next().value ?? '');
  }
  const known = token ?? sentFrom.get(place);
  const url = known === undefined ? undefined : attachments.url(known);
  useEffect(() => {
    // After a reload the content is in the browser's database.
    if (token !== undefined && url === undefined) void attachments.content(token).then(() => loaded((n) => n + 1));
  }, [token, url, attachments]);
  return url;
}
