/** The rules that hold for each attack, and the table of a run. */
export const BOUNDS = {
  /** Somebody who waits longer for an echo is taken for dead, in milliseconds. */
  dead: 30_000,
  /** In the long form, on an idle machine, no client waits longer for an echo, in milliseconds. */
  echo: 1000,
  /** The same for a newcomer, who needs up to eight round trips on two connections to come in. */
  join: 4000,
  /** The bytes that the server may log because of one attack. */
  log: 100_000,
  /** The growth of the live heap from start to end that is allowed, in MB. */
  heap: 8,
  /** File descriptors at the end more than at the start. */
  descriptors: 10,
  /** Seconds within which SIGTERM is obeyed. */
  stop: 10,
};

/** The failures of one attack, as sentences. `seen` is what was measured: see `phase` in main.mjs. */
export function judge(attack, seen, isShort) {
  const { witnesses } = seen;
  const failures = [...seen.failures];
  if (!seen.isAlive) failures.push(`the server ended (${JSON.stringify(seen.exit)})`);
  if (witnesses) {
    if (witnesses.foreign) failures.push(`${witnesses.foreign} packets had bytes that belong to another client`);
    if (witnesses.malformed) failures.push(`${witnesses.malformed} packets were none that the server sends`);
    failures.push(...witnesses.samples.slice(0, 3));
    failures.push(...witnesses.lost.slice(0, 3));
    if (!seen.isServed && seen.isAlive)
      failures.push(
        `after the attack these were not served within ${BOUNDS.dead / 1000} s: ${witnesses.waiting.join(", ")}`,
      );
    else if (witnesses.worst > BOUNDS.dead)
      failures.push(`${witnesses.slowest} waited ${Math.round(witnesses.worst / 1000)} s for an echo`);
    else if (!isShort && !attack.stops && witnesses.worst > BOUNDS.echo)
      failures.push(`${witnesses.slowest} waited ${Math.round(witnesses.worst)} ms for an echo`);
  }
  if (witnesses && !isShort && !attack.stops && witnesses.worstJoin > BOUNDS.join)
    failures.push(`a newcomer waited ${Math.round(witnesses.worstJoin)} ms to be let in`);
  const log = attack.log ?? BOUNDS.log;
  if (seen.logBytes > log) failures.push(`${seen.logBytes} bytes of log, more than ${log}`);
  return failures;
}

/**
 * The failures of a server at its end. A polling client that left without a word is missed after 45 s, which the short
 * form does not wait for.
 */
export function judgeEnd({ heap, descriptors, sessions, stopSeconds }, isShort) {
  const failures = [];
  if (heap.after > heap.before + BOUNDS.heap)
    failures.push(
      `${heap.after.toFixed(1)} MB live on the heap after everybody left, ` +
        `${heap.before.toFixed(1)} MB before they came`,
    );
  if (descriptors.after > descriptors.before + BOUNDS.descriptors)
    failures.push(
      `${descriptors.after} descriptors are open after everybody left, ${descriptors.before} before they came`,
    );
  if (sessions > 0 && !isShort) failures.push(`${sessions} sessions are left after everybody has gone`);
  if (stopSeconds > BOUNDS.stop) failures.push(`SIGTERM was not obeyed within ${BOUNDS.stop} s`);
  return failures;
}

const mb = (value) => (value === undefined ? "–" : value.toFixed(0));
const ms = (value) => (value === undefined ? "–" : value.toFixed(0));
export const few = (counts) =>
  Object.entries(counts)
    .map(([what, n]) => `${what} ${n.toLocaleString("en-US")}`)
    .join(", ") || "–";

const WIDE = 70;
const short = (words) => (words.length > WIDE ? `${words.slice(0, WIDE - 1)}…` : words);

/** The rows of the table: one for each attack, of all rounds together. */
export function table(results) {
  const head = [
    "attack",
    "server",
    "verdict",
    "rounds",
    "echo, worst ms",
    "join, worst ms",
    "echoes",
    "RSS MB",
    "heap MB",
    "log kB",
    "limits and refusals",
  ];
  return [
    head,
    ...results.map(({ kind, name, rounds, worst, worstJoin, echoes, rss, heap, logBytes, limits, failures }) => [
      name,
      kind,
      failures.length ? "FAILED" : "passed",
      String(rounds),
      ms(worst),
      ms(worstJoin),
      echoes === undefined ? "–" : echoes.toLocaleString("en-US"),
      rss ? `${mb(rss.before)} → ${mb(rss.peak)} → ${mb(rss.after)}` : "–",
      heap ? `${mb(heap.before)} → ${mb(heap.peak)} → ${mb(heap.after)}` : "–",
      (logBytes / 1000).toFixed(1),
      short(few(limits)),
    ]),
  ];
}

/** Two rounds of one attack as one result: the first before, the worst of both, the last after. */
export function merge(a, b) {
  const span = (x, y) => (x && y ? { before: x.before, peak: Math.max(x.peak, y.peak), after: y.after } : (x ?? y));
  const sum = (x, y) =>
    Object.fromEntries(
      [...new Set([...Object.keys(x), ...Object.keys(y)])].map((key) => [key, (x[key] ?? 0) + (y[key] ?? 0)]),
    );
  const most = (x, y) => (x === undefined ? y : y === undefined ? x : Math.max(x, y));
  return {
    ...a,
    rounds: a.rounds + b.rounds,
    worst: most(a.worst, b.worst),
    worstJoin: most(a.worstJoin, b.worstJoin),
    worstHealth: most(a.worstHealth, b.worstHealth),
    echoes: a.echoes === undefined ? b.echoes : a.echoes + (b.echoes ?? 0),
    packets: (a.packets ?? 0) + (b.packets ?? 0),
    rss: span(a.rss, b.rss),
    heap: span(a.heap, b.heap),
    logBytes: Math.max(a.logBytes, b.logBytes),
    limits: sum(a.limits, b.limits),
    counts: sum(a.counts, b.counts),
    failures: [...a.failures, ...b.failures],
  };
}
