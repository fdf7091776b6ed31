// Steps that the comparisons are made of, each on a port.
import { visible } from './comparison.mjs';
import { RawWebSocket, request } from './wire.mjs';

export const polling = '/socket.io/?EIO=4&transport=polling';
export const websocket = '/socket.io/?EIO=4&transport=websocket';

/** What one request shows. */
export const ask = (path, options) => async (port) => visible(await request(port, path, options));

/** A new polling session: its id, with `get` and `post` on it. */
export async function pollingSession(port, path = polling) {
  const { body } = await request(port, path);
  const { sid } = JSON.parse(/\{.*?\}/s.exec(body)[0]);
  const own = `${path}&sid=${sid}`;
  return {
    sid,
    path: own,
    get: (options) => request(port, own, options),
    post: (content, options) => request(port, own, { method: 'POST', body: content, ...options }),
  };
}

/** Whether a polling session still works: its end, or what comes back when it joins `/`. */
export async function health({ get, post }) {
  const posted = await post('40');
  if (posted.status !== 200) return { ended: posted.status, body: posted.body };
  return { alive: (await get()).body };
}

/** A WebSocket session past its handshake. */
export async function webSocketSession(port, headers, path = websocket) {
  const socket = new RawWebSocket(port, path, headers);
  socket.answer = await socket.opened();
  if (socket.answer.status === 101) socket.handshake = await socket.next();
  return socket;
}

/** A WebSocket session that has joined `/`. */
export async function joined(port, payload = '') {
  const socket = await webSocketSession(port);
  socket.send(`40${payload}`);
  await socket.until((frame) => String(frame).startsWith('42["auth"'));
  return socket;
}

/** What comes until the socket answers an `e` on `/` (it is unharmed) or closes. */
export async function outcome(socket, { join = false } = {}) {
  if (join) socket.send('40');
  socket.send('42["e"]');
  const frames = await socket.until((frame) => frame === '42["e2"]');
  socket.close();
  return frames.map((frame) => (Buffer.isBuffer(frame) ? { bytes: frame.toString('hex') } : frame));
}

/** Who opens a session and hands it on. */
export const withPolling = (look) => async (port) => look(await pollingSession(port), port);
export const withWebSocket = (look) => async (port) => look(await webSocketSession(port), port);
export const withJoined = (look) => async (port) => look(await joined(port), port);
