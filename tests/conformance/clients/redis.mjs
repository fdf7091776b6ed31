// Real Redis servers for tests, on free ports of this machine, which keep nothing on disk.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from './cluster.mjs';

const run = promisify(execFile);

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

export const listens = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });

export class Redis {
  static async start(...words) {
    const redis = new Redis();
    await redis.prepare(...words);
    await redis.run();
    return redis;
  }

  async prepare(...words) {
    this.port = await freePort();
    this.words = words;
    this.first = [];
    this.dir = await mkdtemp(join(tmpdir(), 'redis-'));
  }

  get url() {
    return `redis://127.0.0.1:${this.port}`;
  }

  async run() {
    const words = [
      ...this.first,
      '--bind',
      '127.0.0.1',
      '--port',
      this.port,
      ...(this.first.length ? [] : ['--save', '']),
      '--dir',
      this.dir,
      ...this.words,
    ];
    this.process = spawn('redis-server', words.map(String), { stdio: 'ignore' });
    await until(() => listens(this.port), 'Redis', 30_000);
  }

  /** A command by redis-cli. */
  async command(...words) {
    return (await run('redis-cli', ['-h', '127.0.0.1', '-p', String(this.port), ...words.map(String)])).stdout.trim();
  }

  async kill() {
    this.process.kill('SIGKILL');
    await once(this.process, 'exit');
  }

  freeze() {
    this.process.kill('SIGSTOP');
  }

  wake() {
    this.process.kill('SIGCONT');
  }

  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) await this.kill();
    await rm(this.dir, { recursive: true, force: true });
  }
}

/** Three masters that share the slots. */
export async function redisCluster() {
  const servers = [];
  for (let i = 0; i < 3; i++) {
    // The port of the cluster's bus is free as well.
    const bus = await freePort();
    servers.push(
      await Redis.start('--cluster-enabled', 'yes', '--cluster-port', bus, '--cluster-node-timeout', '5000'),
    );
  }
  const addresses = servers.map(({ port }) => `127.0.0.1:${port}`);
  await run('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-replicas', '0', '--cluster-yes']);
  await until(
    async () =>
      (await Promise.all(servers.map((server) => server.command('cluster', 'info')))).every((info) =>
        info.includes('cluster_state:ok'),
      ),
    'a cluster of three',
    30_000,
  );
  return { servers, url: `redis-cluster://${addresses.join(',')}` };
}
