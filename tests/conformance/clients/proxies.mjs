// Real HAProxy and nginx with the configurations of examples/cluster, on free ports.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './cluster.mjs';
import { freePort, listens } from './redis.mjs';

const EXAMPLES = fileURLToPath(new URL('../../../examples/cluster/', import.meta.url));
const environment = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

export class Proxy {
  /** Starts the proxy with the file of that name, before the servers on two or three ports (and one on Node.js). */
  static async start(file, [first, second, third = first, node = first]) {
    const proxy = new Proxy();
    proxy.port = await freePort();
    proxy.dir = await mkdtemp(join(tmpdir(), 'proxy-'));
    if (file.startsWith('haproxy')) {
      const ports = { PROXY_PORT: proxy.port, NATTER_1: first, NATTER_2: second, NATTER_3: third, NODE_1: node };
      proxy.process = spawn('haproxy', ['-db', '-f', join(EXAMPLES, file)], {
        stdio: 'ignore',
        env: { ...environment, ...ports },
      });
    } else {
      const ports = { 3000: proxy.port, 3001: first, 3002: second, 3003: third };
      const site = (await readFile(join(EXAMPLES, file), 'utf8')).replace(
        /(?<=127\.0\.0\.1:)300[0-3]/g,
        (port) => ports[port],
      );
      await writeFile(join(proxy.dir, 'site.conf'), site);
      await writeFile(join(proxy.dir, 'nginx.conf'), proxy.#nginx());
      proxy.process = spawn('nginx', ['-p', proxy.dir, '-c', join(proxy.dir, 'nginx.conf')], {
        stdio: 'ignore',
        env: environment,
      });
    }
    await until(() => proxy.process.exitCode !== null || listens(proxy.port), file);
    if (proxy.process.exitCode !== null) throw new Error(`the proxy with ${file} has ended`);
    return proxy;
  }

  /** The rest of a configuration for nginx in one process, which writes below its folder only. */
  #nginx() {
    const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (kind) => `${kind}_temp_path ${this.dir}/${kind};`,
    );
    return `daemon off; master_process off; pid ${this.dir}/pid; error_log ${this.dir}/errors;
      events { worker_connections 1024; }
      http { access_log off; ${folders.join(' ')} include site.conf; }`;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill('SIGTERM');
      await once(this.process, 'exit');
    }
    await rm(this.dir, { recursive: true, force: true });
  }
}
