import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { blobStore } from '../src/files/blob-store';
import { database } from '../src/storage/database';

test('contents stay until they are removed', async () => {
  const blobs = blobStore(database('blobs'));
  expect(await blobs.get('a')).toBeUndefined();
  await blobs.put('a', new Blob(['x']), 1);
  await blobs.put('b', new Blob(['yy']), 1);
  expect((await blobs.get('b'))?.size).toBe(2);
  await blobs.remove(['a', 'missing']);
  expect(await blobs.get('a')).toBeUndefined();
});

test('what no message needs is removed when it is old', async () => {
  const blobs = blobStore(database('old-blobs'));
  await blobs.put('old', new Blob(['x']), 1);
  await blobs.put('needed', new Blob(['x']), 1);
  await blobs.put('new', new Blob(['x']), 9);
  await blobs.clean(['needed'], 5);
  expect(await blobs.get('old')).toBeUndefined();
  expect(await blobs.get('needed')).toBeDefined();
  expect(await blobs.get('new')).toBeDefined();
});
