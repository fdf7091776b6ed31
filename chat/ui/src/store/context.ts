import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ChatStore } from './chat-store';

export const StoreContext = createContext<ChatStore | undefined>(undefined);

/** The store of the page, for components below `StoreContext.Provider`. */
export function useStore(): ChatStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error('this component must stand inside StoreContext.Provider');
  return store;
}
