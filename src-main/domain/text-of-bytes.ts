/** The text of a file in UTF-8, or in UTF-16 with a byte-order mark, as PowerShell writes what is redirected. */
export function textOfBytes(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return new TextDecoder(isWide ? (first === 0xff ? "utf-16le" : "utf-16be") : "utf-8").decode(bytes);
}
