/**
 * All attacks, in the order in which a round begins: sessions that outlive their client first, so that they are gone at
 * the end.
 */
import avalanche from "./avalanche.mjs";
import bodies from "./bodies.mjs";
import bombs from "./bombs.mjs";
import chat from "./chat.mjs";
import churn from "./churn.mjs";
import descriptors from "./descriptors.mjs";
import errors from "./errors.mjs";
import flush from "./flush.mjs";
import garbage from "./garbage.mjs";
import halves from "./halves.mjs";
import handlers from "./handlers.mjs";
import handshakes from "./handshakes.mjs";
import headers from "./headers.mjs";
import kills from "./kills.mjs";
import lines from "./lines.mjs";
import logs from "./logs.mjs";
import parsing from "./parsing.mjs";
import pings from "./pings.mjs";
import pipelined from "./pipelined.mjs";
import probes from "./probes.mjs";
import readers from "./readers.mjs";
import recovery from "./recovery.mjs";
import signals from "./signals.mjs";

export const attacks = [
  handshakes, probes, pings, bodies, churn, flush, errors, pipelined, headers, halves, handlers, bombs, readers,
  lines, logs, garbage, parsing, recovery, avalanche, signals, descriptors, chat, kills,
].flat();
