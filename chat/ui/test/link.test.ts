import { describe, expect, test } from 'vitest';
import { barredBecause } from '../src/net/link';

describe('why the server does not let a page in', () => {
  const failed = (responseText: unknown) => Object.assign(new Error('xhr poll error'), { context: { responseText } });

  test('is what it answered', () => {
    const body = '{"code":4,"message":"Too many connections from this address"}';
    expect(barredBecause(failed(body))).toBe('Too many connections from this address');
  });

  test('is not known where it did not answer, or something else did', () => {
    expect(barredBecause(failed(''))).toBeUndefined();
    expect(barredBecause(failed('<h1>502 Bad Gateway</h1>'))).toBeUndefined();
    expect(barredBecause(failed('{"code":4}'))).toBeUndefined();
    expect(barredBecause(new Error('websocket error'))).toBeUndefined();
  });
});
