/** Files of records as data sets are shipped: IDX and CIFAR's binary version. */

/** @param pixels of each picture, all of one size */
export function idxPictures(pixels: readonly Uint8Array[], rows: number, columns: number): Buffer {
  const header = Buffer.alloc(16);
  for (const [index, number] of [0x0803, pixels.length, rows, columns].entries())
    header.writeUInt32BE(number, 4 * index);
  return Buffer.concat([header, ...pixels]);
}

export function idxLabels(labels: readonly number[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(0x0801, 0);
  header.writeUInt32BE(labels.length, 4);
  return Buffer.concat([header, Buffer.from(labels)]);
}

/** @param labels of each record, one or two @param planes red, green and blue of each, 1,024 bytes a colour */
export function cifar(labels: readonly (readonly number[])[], planes: (row: number) => Uint8Array): Buffer {
  return Buffer.concat(labels.flatMap((each, row) => [Buffer.from(each), planes(row)]));
}
