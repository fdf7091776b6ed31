/** The size of an image in this browser, upright; undefined for a file that it cannot show. */
export async function measureImage(content: Blob): Promise<{ width: number; height: number } | undefined> {
  if (!/^image\/(png|jpeg|gif|webp)$/.test(content.type)) return undefined;
  const bitmap = await createImageBitmap(content);
  const { width, height } = bitmap;
  bitmap.close();
  return { width, height };
}
