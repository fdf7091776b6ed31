// Helpers that the client tests share. The server's address comes from the environment: NATTER_URL.
import { io } from 'socket.io-client';

export const url = process.env.NATTER_URL ?? 'http://127.0.0.1:3000';

/** The ways in which a client may connect; every rule is checked over each of them. */
export const ways = {
  'polling, then WebSocket': {},
  'polling only': { transports: ['polling'] },
  'WebSocket only': { transports: ['websocket'] },
};

/** A fresh client (never a shared connection) that the test closes when it ends. */
export function client(t, options = {}, namespace = '/') {
  const socket = io(url + namespace, { forceNew: true, reconnection: false, ...options });
  t.after(() => socket.disconnect());
  return socket;
}

/** The arguments of the next such event, or a failure after some seconds. */
export function next(emitter, event, ms = 10_000) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no "${event}" within ${ms} ms`)), ms);
    emitter.once(event, (...args) => {
      clearTimeout(timer);
      resolve(args);
    });
  });
}
