// Steps that the comparisons are made of, each on a port.
import { inOrder, visible } from './comparison.mjs';
import { begin, RawWebSocket, request } from './wire.mjs';

export const polling = '/socket.io/?EIO=4&transport=polling';
export const websocket = '/socket.io/?EIO=4&transport=websocket';

/** The result of one request. */
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

/** The packets of GETs, joined, until `last` is among them or the session has ended. How they are split is chance. */
export async function gather({ get }, last) {
  let all = '';
  do {
    const { status, body } = await get();
    if (status !== 200) return { ended: status, body, before: all };
    all += (all && '\x1e') + body;
  } while (!all.includes(last) && !all.endsWith('\x1e1'));
  return all;
}

/** Joins `/`. */
export async function enter(session) {
  await session.post('40');
  await gather(session, '42["auth"');
}

/** Whether a polling session still works: its end, or what comes back when it joins `/`. */
export const health = (session) => told(session, '40', '42["auth"');

/**
 * Whether one that has joined still works. Its event comes back as no other does: answers to earlier ones may still be
 * due.
 */
export const healthJoined = (session) => told(session, '42["bin1","well"]', '42["bin1","well"]');

async function told(session, packet, answer) {
  const posted = await session.post(packet);
  if (posted.status !== 200) return { ended: posted.status, body: posted.body };
  return gather(session, answer);
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

/**
* The packets until the socket answers an `e` on `/` (it is unharmed) or closes. Close reasons are for people.
 * With `join` it joins `/` first; in which order namespaces answer is chance.
 */
export async function outcome(socket, { join = false } = {}) {
  const frames = [];
  if (join) {
    socket.send('40');
    frames.push(...(await socket.until((frame) => String(frame).startsWith('42["auth"'))));
    if (!frames.some(over)) frames.sort();
  }
  if (!frames.some(over)) {
    socket.send('42["e"]');
    frames.push(...(await socket.until((frame) => frame === '42["e2"]')));
  }
  socket.close();
  return frames.map(readable);
}
const over = (frame) => frame === 'ended' || frame.close;
export const readable = (frame) => {
  if (Buffer.isBuffer(frame)) return { bytes: frame.toString('hex') };
  return frame.close ? { close: frame.close } : frame;
};

/** A GET that waits at the server. The answer to a second request says that the server has heard the first. */
export async function waitingGet({ path }, port) {
  const poll = begin(port, path);
  await request(port, `${path}&x=1`, { method: 'PUT' });
  return poll;
}

/** Opens a session with a GET that waits, and passes both on. */
export const withWaitingGet = (look) => inOrder(async (port) => {
  const session = await pollingSession(port);
  return look(session, await waitingGet(session, port), port);
});

/** Opens a session and passes it on. */
export const withPolling = (look) => async (port) => look(await pollingSession(port), port);
export const withWebSocket = (look) => async (port) => look(await webSocketSession(port), port);
export const withJoined = (look) => async (port) => look(await joined(port), port);
