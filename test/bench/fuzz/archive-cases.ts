/** Archives and record files with pictures, whole: each a name and its bytes, as a person would open it. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { createRandom } from "../../../src-main/platform/random.ts";
import { packed, tar, zip } from "../../support/archives.ts";
import { cifar, idxLabels, idxPictures } from "../../support/record-files.ts";

export interface WholeArchive {
  readonly name: string;
  readonly bytes: Buffer;
  /** What has to lie beside it. */
  readonly beside?: Readonly<Record<string, Buffer>>;
}

/** @param pictures of any formats; each stands in two classes, with bytes of its own */
export function wholeArchives(pictures: readonly Buffer[]): readonly WholeArchive[] {
  const files: Record<string, Uint8Array> = {};
  for (const name of ["cat", "dog"])
    for (const [index, bytes] of pictures.entries())
      files[`pets/${name}/${index}.jpg`] = Buffer.concat([bytes, Buffer.from(name)]);
  const labels = Array.from({ length: 12 }, (_, index) => index % 2);
  const noise = (values: number, number: number) => {
    const { integer } = createRandom(2, "records", number);
    return Uint8Array.from({ length: values }, () => integer(256));
  };
  const parquet: Readonly<Record<string, string>> = JSON.parse(
    readFileSync(new URL("../../support/parquet-files.json", import.meta.url), "utf8"),
  );
  const idx = idxPictures(
    labels.map((_, number) => noise(64, number)),
    8,
    8,
  );
  const idxOf = { "train-labels-idx1-ubyte": idxLabels(labels) };
  return [
    { name: "pets.zip", bytes: zip(packed(files)) },
    { name: "stored.zip", bytes: zip(packed(files).map((file) => ({ ...file, method: 0 }))) },
    { name: "large.zip", bytes: zip(packed(files), { isLarge: true }) },
    { name: "pets.tar", bytes: tar(packed(files)) },
    { name: "gnu.tar", bytes: tar(packed(files), "gnu") },
    { name: "pets.tar.gz", bytes: gzipSync(tar(packed(files))) },
    { name: "train-images-idx3-ubyte", bytes: idx, beside: idxOf },
    { name: "train-images-idx3-ubyte.gz", bytes: gzipSync(idx), beside: idxOf },
    {
      name: "data_batch_1.bin",
      bytes: cifar(
        labels.map((label) => [label]),
        (row) => noise(3_072, row),
      ),
    },
    ...Object.entries(parquet).map(([kind, text]) => ({
      name: `${kind}.parquet`,
      bytes: Buffer.from(text, "base64"),
    })),
  ];
}
