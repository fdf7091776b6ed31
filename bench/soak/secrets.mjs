/** Secrets that belong to one client or one room, so that a byte which reaches somebody else is seen. */
const SECRET = /S[0-9a-f]{16}/g;

export const secret = (random) => `S${random.hex(16)}`;

/**
 * Checks every packet that a client gets. `own` are the secrets that it may see, `expected` what packets may look like.
 */
export class Check {
  #own;
  #expected;
  foreign = 0;
  malformed = 0;
  packets = 0;
  samples = [];

  constructor(own, expected) {
    this.#own = new Set(own);
    this.#expected = expected;
  }

  hear(packet) {
    this.packets++;
    const strange = (packet.match(SECRET) ?? []).filter((each) => !this.#own.has(each));
    if (strange.length) this.#note("foreign", packet);
    else if (!this.#expected.some((pattern) => pattern.test(packet))) this.#note("malformed", packet);
  }

  #note(kind, packet) {
    this[kind]++;
    if (this.samples.length < 3) this.samples.push(`${kind}: ${packet.slice(0, 160)}`);
  }
}

/** A generator of numbers that one seed repeats (mulberry32). */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit) {
    return Math.floor(this.next() * limit);
  }

  of(list) {
    return list[this.below(list.length)];
  }

  hex(digits) {
    return Array.from({ length: digits }, () => this.below(16).toString(16)).join("");
  }

  bytes(length) {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }

  shuffle(list) {
    const left = [...list];
    return list.map(() => left.splice(this.below(left.length), 1)[0]);
  }
}
