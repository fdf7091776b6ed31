// A reporter for `node --test`: a line of JSON for each test and suite as it ends, children before their parent.
// The last line is "complete", so that a report that was cut off does not pass for a shorter suite.
export default async function* report(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const { name, nesting, details, skip, todo } = data;
    const { error } = details;
    const cause = error?.cause ?? error;
    const why = error && `${cause.message ?? cause}\n${cause.stack ?? ''}`;
    const left = skip !== undefined || todo !== undefined ? 'skipped, which no test may be' : undefined;
    yield `${JSON.stringify({ name, nesting, suite: details.type === 'suite', failure: why ?? left ?? null })}\n`;
  }
  yield '"complete"\n';
}
