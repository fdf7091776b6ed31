// Preloaded by each suite: ends its process when all tests are over, whatever connections they left open.
// --test-force-exit would do it before the last results have left the process.
import { after } from 'node:test';

const REPORTING_MS = 1_000;

// The process that starts the suites has no tests of its own.
if (process.env.NODE_TEST_CONTEXT !== undefined) {
  after(() => void setTimeout(() => process.exit(), REPORTING_MS).unref());
}
