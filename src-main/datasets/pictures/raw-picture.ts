/** Pixels as a decoder gives them, row by row. */
export interface RawPicture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly pixels: Uint8Array | Uint8ClampedArray;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A format that the usual decoder does not read. Both throw where the bytes are not what their beginning says. */
export interface RawDecoder {
  /** From the header alone, so that a picture that is too large is never decoded. */
  readonly sizeOf: (bytes: Uint8Array) => Size | Promise<Size>;
  readonly decode: (bytes: Uint8Array) => RawPicture | Promise<RawPicture>;
}
