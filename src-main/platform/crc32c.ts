/** CRC-32C (Castagnoli), the checksum of TensorFlow's files; polynomial 0x1EDC6F41, here with its bits reversed. */

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

export function crc32c(...pieces: readonly Uint8Array[]): number {
  let crc = 0xffffffff;
  for (const bytes of pieces) for (const byte of bytes) crc = table[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** As TensorFlow and LevelDB store one: turned by 15 bits and moved, so that a checksum of checksums is no special value. */
export function maskedCrc32c(...pieces: readonly Uint8Array[]): number {
  const crc = crc32c(...pieces);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
