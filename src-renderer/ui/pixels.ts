/** What a small picture on a page is made of: bytes of red, green, blue and opacity. */
export interface Pixels {
  readonly height: number;
  readonly width: number;
  readonly bytes: Uint8ClampedArray<ArrayBuffer>;
}
