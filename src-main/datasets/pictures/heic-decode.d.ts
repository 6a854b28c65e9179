/** The published types of the package lack sizes and `dispose`. */
declare module "heic-decode" {
  interface Decoded {
    readonly width: number;
    readonly height: number;
    /** RGBA, row by row. */
    readonly data: Uint8ClampedArray;
  }
  interface Image {
    readonly width: number;
    readonly height: number;
    decode(): Promise<Decoded>;
  }
  /** All pictures of a container, not yet decoded; for the caller to dispose of. */
  export function all(question: { readonly buffer: Uint8Array }): Promise<readonly Image[] & { dispose(): void }>;
}
