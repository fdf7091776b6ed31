/** The square of an image that becomes the picture: its middle, and how far it is enlarged. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  /** 1: as large as the image allows. */
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const MAX_ZOOM = 4;

/** The largest square in the middle. */
export function middle({ width, height }: Size): Crop {
  return { x: width / 2, y: height / 2, zoom: 1 };
}

/** The side of the square, in pixels of the image. */
export function sideOf({ width, height }: Size, { zoom }: Crop): number {
  return Math.min(width, height) / zoom;
}

/** The crop moved by pixels of the image, with another zoom. The square stays inside the image. */
export function moved(size: Size, crop: Crop, by: { readonly x?: number; readonly y?: number; readonly zoom?: number }): Crop {
  const zoom = Math.min(MAX_ZOOM, Math.max(1, by.zoom ?? crop.zoom));
  const half = sideOf(size, { ...crop, zoom }) / 2;
  const inside = (at: number, length: number) => Math.min(length - half, Math.max(half, at));
  return { x: inside(crop.x + (by.x ?? 0), size.width), y: inside(crop.y + (by.y ?? 0), size.height), zoom };
}
