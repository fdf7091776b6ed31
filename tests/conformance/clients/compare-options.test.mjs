// Every option that shows on the wire: Natter and npm's socket.io with the same options, asked the same.
import { describe } from 'node:test';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { compare, visible } from './comparison.mjs';
import {
  ask,
  enter,
  gather,
  health,
  outcome,
  readable,
  polling,
  pollingSession,
  webSocketSession,
  websocket,
} from './sessions.mjs';
import { RawWebSocket, request } from './wire.mjs';

const opening = (path, headers) => async (port) => {
  const socket = new RawWebSocket(port, path, headers);
  const answer = await socket.opened();
  const frame = answer.status === 101 ? await socket.next() : null;
  socket.close();
  return [visible(answer), frame];
};
const preflight = (origin, more) => ({
  method: 'OPTIONS',
  headers: { Origin: origin, 'Access-Control-Request-Method': 'POST', ...more },
});

describe('cors', () => {
  const a = 'http://a.example';
  for (const options of [
    'cors-any',
    'cors-one',
    'cors-some',
    'cors-true',
    'cors-word',
    'cors-status',
    'cors-continue',
  ]) {
    describe(options, () => {
      const same = (rule, look) => compare(options, rule, look);
      same('handshake', ask(polling, { headers: { Origin: a } }));
      same('handshake without an origin', ask(polling));
      same('an error has the headers too', ask('/socket.io/?EIO=4&transport=abc', { headers: { Origin: a } }));
      same('preflight', ask(polling, preflight(a)));
      same(
        'preflight with headers asked for',
        ask(polling, preflight(a, { 'Access-Control-Request-Headers': 'x-one, x-four' })),
      );
      same('preflight for a session', async (port) => {
        const { path } = await pollingSession(port);
        return ask(path, preflight(a))(port);
      });
      same('preflight for the client script', async (port) => {
        const { status, headers } = visible(await request(port, '/socket.io/socket.io.js', preflight(a)));
        return { status, headers };
      });
      same('GET and POST of a session', async (port) => {
        const session = await pollingSession(port);
        const headers = { Origin: a };
        const posted = visible(await session.post('40', { headers }));
        return [posted, visible(await session.get({ headers })).headers];
      });
      same('a body over the limit', async (port) => {
        const session = await pollingSession(port);
        return visible(await session.post('4'.repeat(1_000_001), { headers: { Origin: a } }));
      });
      same('WebSocket', opening(websocket, { Origin: a }));
      same('the client script', async (port) => {
        const { status, headers } = visible(await request(port, '/socket.io/socket.io.js', { headers: { Origin: a } }));
        return { status, headers };
      });
    });
  }
});

describe('cookie', () => {
  for (const options of ['cookie', 'cookie-full']) {
    compare(options, `${options}: comes with a handshake by polling`, ask(polling));
    compare(options, `${options}: does not come with a handshake by WebSocket`, opening(websocket));
    compare(options, `${options}: does not come with later answers`, async (port) => {
      const session = await pollingSession(port);
      const posted = visible(await session.post('40'));
      return [posted, visible(await session.get()).headers];
    });
  }
});

describe('allowRequest', () => {
  for (const options of ['deny', 'deny-message']) {
    compare(options, `${options}: a handshake by polling`, ask(polling));
    compare(options, `${options}: a handshake by WebSocket`, opening(websocket));
    compare(options, `${options}: comes behind the other checks`, ask(polling, { method: 'POST' }));
    compare(options, `${options}: comes before the protocol version`, ask('/socket.io/?EIO=3&transport=polling'));
    compare(options, `${options}: does not ask for the client script`, async (port) =>
      (await request(port, '/socket.io/socket.io.js')).status);
  }
});

describe('transports and upgrades', () => {
  compare('no-upgrades', 'allowUpgrades: false says so in the handshake', ask(polling));
  compare('no-upgrades', 'allowUpgrades: false leaves WebSocket', opening(websocket));
  compare('no-upgrades', 'allowUpgrades: false does not stop who upgrades all the same', async (port) => {
    const session = await pollingSession(port);
    const socket = new RawWebSocket(port, `${websocket}&sid=${session.sid}`);
    await socket.opened();
    socket.send('2probe');
    const pong = await socket.next();
    socket.send('5');
    return [pong, await outcome(socket, { join: true })];
  });
  compare('websocket-only', 'transports: websocket refuses polling', ask(polling));
  compare('websocket-only', 'transports: websocket', opening(websocket));
  compare('polling-only', 'transports: polling offers no upgrade', ask(polling));
  compare('polling-only', 'transports: polling refuses WebSocket without an upgrade', ask(websocket));
});

describe('path', () => {
  compare('path', 'is taken with its slash', ask('/custom/?EIO=4&transport=polling'));
  compare('path', 'leaves the default path to others', async (port) => (await request(port, polling)).status);
  compare('path', 'moves the client script', async (port) => (await request(port, '/custom/socket.io.js')).status);
  compare('no-slash', 'addTrailingSlash: false', ask('/custom?EIO=4&transport=polling'));
  compare('no-slash', 'addTrailingSlash: false takes what begins so', ask('/customer?EIO=4&transport=polling'));
  compare('no-slash', 'addTrailingSlash: false takes the slash as well', ask('/custom/?EIO=4&transport=polling'));
  compare('no-slash', 'addTrailingSlash: false over WebSocket', opening('/custom?EIO=4&transport=websocket'));
});

describe('maxHttpBufferSize', () => {
  compare('small', 'is told in the handshake', ask(polling));
  compare('small', 'bounds a POST', async (port) => {
    const session = await pollingSession(port);
    return [visible(await session.post('4'.repeat(101))), await health(session)];
  });
  compare('small', 'allows a POST of just that', async (port) => {
    const session = await pollingSession(port);
    await enter(session);
    return [visible(await session.post(`42["e","${'x'.repeat(90)}"]`)), (await session.get()).body];
  });
  compare('small', 'bounds a frame', async (port) => {
    const socket = await webSocketSession(port);
    socket.send('4'.repeat(101));
    return outcome(socket, { join: true });
  });
  compare('small', 'does not bound what is sent', async (port) => {
    const socket = await webSocketSession(port);
    socket.send('40');
    await socket.until((frame) => String(frame).startsWith('42'));
    socket.send('42["big"]');
    return outcome(socket);
  });
});

describe('times', () => {
  compare('quick', 'are told in the handshake', ask(polling));
  compare('quick', 'a session that joins nothing is closed when connectTimeout is over', async (port) => {
    const socket = await webSocketSession(port);
    const answer = (frame) => frame === '2' && socket.send('3');
    return (await socket.until((frame) => answer(frame) && false)).filter((frame) => frame !== '2');
  });
  compare('quick', 'by polling, the session that joins nothing is closed with a close packet', async (port) => {
    const session = await pollingSession(port);
    for (;;) {
      const { status, body } = await session.get();
      if (body !== '2') return [status, body, await health(session)];
      await session.post('3');
    }
  });
  compare('quick', 'a ping comes, and who does not answer is closed', async (port) => {
    const socket = await webSocketSession(port);
    socket.send('40');
    return (await socket.until(() => false)).filter((frame) => !String(frame).startsWith('4')).map(readable);
  });
  compare('quick', 'a ping comes by polling, and the GET of who does not answer it ends', async (port) => {
    const session = await pollingSession(port);
    await enter(session);
    const ping = await session.get();
    const last = await session.get();
    return [visible(ping), visible(last), await health(session)];
  });
  compare(
    'upgrade-timeout',
    'a WebSocket that does not end its upgrade is closed, and polling goes on',
    async (port) => {
      const session = await pollingSession(port);
      const socket = new RawWebSocket(port, `${websocket}&sid=${session.sid}`);
      await socket.opened();
      socket.send('2probe');
      return [(await socket.until(() => false)).map(readable), await health(session)];
    },
  );
});

describe('compression', () => {
  const offered = (offer) => async (port) => {
    const socket = new RawWebSocket(port, websocket, { 'Sec-WebSocket-Extensions': offer });
    const { status, headers } = await socket.opened();
    socket.close();
    return [status, headers['sec-websocket-extensions'] ?? 'none'];
  };
  const without = 'permessage-deflate; server_no_context_takeover; client_no_context_takeover';
  compare('deflate', 'offered without context takeover', offered(without));
  for (const offer of [
    'permessage-deflate',
    'permessage-deflate; client_max_window_bits',
    'x-webkit-deflate-frame, permessage-deflate',
  ]) {
    compare('deflate', `offered as "${offer}"`, offered(offer), {
      reason: 'a context takes some 300 kB for each connection, and a broadcast can be compressed once without it',
      natter: [101, without],
    });
  }
  for (const offer of [
    'permessage-deflate; server_max_window_bits=10',
    'permessage-deflate; client_max_window_bits=9; server_max_window_bits=9',
  ]) {
    compare('deflate', `offered as "${offer}"`, offered(offer), {
      reason: 'a smaller window would need a compression of its own for that client',
      natter: [101, 'none'],
    });
  }
  for (const offer of ['server_max_window_bits=7', 'unknown', 'server_no_context_takeover=1', 'a="']) {
    compare('deflate', `offered as "permessage-deflate; ${offer}"`, offered(`permessage-deflate; ${offer}`), {
      reason: 'an offer that cannot be taken is declined (RFC 7692 §5.1); npm refuses the connection',
      natter: [101, 'none'],
    });
  }
  compare('deflate', 'offered twice, the first unknown', offered('permessage-deflate; unknown, permessage-deflate'), {
    reason: 'an offer that cannot be taken is declined, and the next one is looked at (RFC 7692 §5.1)',
    natter: [101, without],
  });
  const deflated = (text) => deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);
  const inflated = (data) =>
    inflateRawSync(Buffer.concat([data, Buffer.from([0, 0, 255, 255])]), {
      finishFlush: constants.Z_SYNC_FLUSH,
    }).toString();
  const compressing = async (port) => {
    const socket = await webSocketSession(port, { 'Sec-WebSocket-Extensions': without });
    socket.send('40');
    await socket.next();
    await socket.next();
    return socket;
  };
  for (const options of ['deflate', 'deflate-true']) {
    compare(options, `${options}: a message over the threshold is compressed`, async (port) => {
      const socket = await compressing(port);
      socket.send('42["big"]');
      const { flags, data } = await socket.next();
      socket.close();
      return [flags, inflated(data)];
    });
    compare(options, `${options}: a compressed message is taken, and bounded`, async (port) => {
      const socket = await compressing(port);
      socket.send(deflated('42["bin1",1]'), { opcode: 1, rsv: 4 });
      const answer = await socket.next();
      socket.send(deflated('4'.repeat(1_000_001)), { opcode: 1, rsv: 4 });
      return [answer.flags ? inflated(answer.data) : answer, (await socket.until(() => false)).map(readable)];
    });
  }
  compare('http-plain', 'httpCompression: false', async (port) => {
    const session = await pollingSession(port);
    await enter(session);
    await session.post('42["big"]');
    return visible(await session.get({ headers: { 'Accept-Encoding': 'gzip' } }));
  });
  compare('http-true', 'httpCompression: true has no threshold', async (port) => {
    const session = await pollingSession(port);
    await enter(session);
    await session.post('42["e"]');
    const { status, headers } = visible(await session.get({ headers: { 'Accept-Encoding': 'gzip' } }));
    return { status, headers };
  });
  compare('http-all', 'httpCompression with another threshold', async (port) => {
    const session = await pollingSession(port);
    await enter(session);
    await session.post(`42["bin1","${'x'.repeat(500)}"]`);
    const { status, headers } = visible(await session.get({ headers: { 'Accept-Encoding': 'gzip' } }));
    return { status, headers };
  });
});

describe('initialPacket', () => {
  compare('initial', 'comes in the answer to the handshake', ask(polling));
  compare('initial', 'comes as the second frame', async (port) => {
    const socket = await webSocketSession(port);
    return [socket.handshake, await socket.next()];
  });
});

describe('connectionStateRecovery', () => {
  const offsetsHidden = (frames) =>
    frames.map((frame) => (typeof frame === 'string' ? frame.replace(/^(42\[.*),"[^"]+"\]$/, '$1,offset]') : frame));
  const enter = async (port) => {
    const socket = await webSocketSession(port);
    socket.send('40');
    const answer = await socket.next();
    const auth = await socket.next();
    return { socket, answer, pid: JSON.parse(answer.slice(2)).pid, offset: JSON.parse(auth.slice(2)).at(-1), auth };
  };
  const again = async (port, payload) => {
    const socket = await webSocketSession(port);
    socket.send(`40${JSON.stringify(payload)}`);
    const frames = [];
    do frames.push(await socket.next());
    while (!frames.at(-1).startsWith?.('42["auth"'));
    socket.close();
    return frames;
  };
  compare('recovery', 'adds a pid to the answer and an offset to an event', async (port) => {
    const { socket, answer, auth } = await enter(port);
    socket.close();
    return [answer, offsetsHidden([auth])];
  });
  compare('recovery', 'brings the same id back, with what was missed before the answer', async (port) => {
    const { socket, answer, pid, offset } = await enter(port);
    socket.send('42["burst",3]');
    for (let i = 0; i < 3; i++) await socket.next();
    socket.send('', { opcode: 8 });
    await socket.until(() => false);
    const frames = await again(port, { pid, offset });
    return [offsetsHidden(frames), frames.includes(answer)];
  });
  compare('recovery', 'does not count after DISCONNECT', async (port) => {
    const { socket, answer, pid, offset } = await enter(port);
    socket.send('41');
    socket.send('', { opcode: 8 });
    await socket.until(() => false);
    const frames = await again(port, { pid, offset });
    return [offsetsHidden(frames), frames.includes(answer)];
  });
  for (const [name, bad] of Object.entries({
    'a Socket.IO packet that cannot be read': '4x',
    'an Engine.IO packet that cannot be read': 'x',
    'an Engine.IO packet in the wrong direction': '2',
    'a reserved event name': '42["connect"]',
    'a close packet': '1',
  })) {
    compare('recovery', `after ${name}`, async (port) => {
      const { socket, answer, pid, offset } = await enter(port);
      socket.send(bad);
      if (bad === '1') socket.send('', { opcode: 8 }); // npm leaves a WebSocket open then
      await socket.until(() => false);
      return (await again(port, { pid, offset })).includes(answer);
    });
  }
  for (const [name, wrong] of Object.entries({
    'an unknown pid': (known) => ({ ...known, pid: 'x'.repeat(20) }),
    'an unknown offset': (known) => ({ ...known, offset: 'unknown' }),
    'no offset': ({ pid }) => ({ pid }),
    'a number for a pid': (known) => ({ ...known, pid: 1 }),
    'a number for an offset': (known) => ({ ...known, offset: 1 }),
  })) {
    compare('recovery', `gives a new session for ${name}`, async (port) => {
      const { socket, answer, pid, offset } = await enter(port);
      socket.send('', { opcode: 8 });
      await socket.until(() => false);
      const frames = await again(port, wrong({ pid, offset }));
      return [frames.length, frames.includes(answer)];
    });
  }
});

describe('cleanupEmptyChildNamespaces', () => {
  const session = async (port) => {
    const socket = await webSocketSession(port);
    const say = (packet) => socket.send(packet);
    const until = async (start) => (await socket.until((frame) => String(frame).startsWith(start))).at(-1);
    const children = async () => {
      say('421["children"]');
      return until('431');
    };
    say('40');
    await until('42["auth"');
    return { socket, say, until, children };
  };
  for (const options of ['default', 'cleanup']) {
    const same = (rule, look) => compare(options, `${options}: ${rule}`, async (port) => {
      const name = `/dynamic-${rule.length}`; // one for each case, so that they do not meet
      const shown = await look(port, name);
      return shown.map((answer) => JSON.parse(answer.slice(3))[0].includes(name));
    });
    same('a child is there once a client is in it, and after it left', async (port, name) => {
      const one = await session(port);
      const before = await one.children();
      one.say(`40${name},`);
      await one.until(`40${name},`);
      const during = await one.children();
      one.say(`41${name},`);
      const after = await one.children();
      one.say(`40${name},`);
      await one.until(`40${name},`);
      const again = await one.children();
      one.say(`41${name},`);
      await one.children();
      one.socket.close();
      return [before, during, after, again];
    });
    same('a child stays while another client is in it', async (port, name) => {
      const [one, two] = [await session(port), await session(port)];
      for (const each of [one, two]) {
        each.say(`40${name},`);
        await each.until(`40${name},`);
      }
      one.say(`41${name},`);
      const during = await one.children();
      two.say(`41${name},`);
      const after = await two.children();
      one.socket.close();
      two.socket.close();
      return [during, after];
    });
    same('a child goes with a connection that closes, if it is empty then', async (port, name) => {
      const [one, two] = [await session(port), await session(port)];
      one.say(`40${name},`);
      await one.until(`40${name},`);
      one.say('44'); // no client may say this: the connection is closed
      await one.socket.until(() => false);
      const after = await two.children();
      two.socket.close();
      return [after];
    });
    same('a child whose middleware refuses its only client', async (port, name) => {
      const one = await session(port);
      one.say(`40${name},{"refuse":true}`);
      await one.until(`44${name},`);
      const after = await one.children();
      one.socket.close();
      return [after];
    });
  }
});
