/**
 * What is read of mutated files without an engine: pictures decoded, archives, record files and lists of labels opened, weights imported, records opened by the store and
 * inspected by the doctor, saved states gone on from. Each case is made from its number alone, in a folder of its own. One table of kinds, and so a long file.
 */
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import sharp from "sharp";
import { makePicture } from "../../../src-main/batches/make-picture.ts";
import { StrataError } from "../../../src-main/contract/errors.ts";
import { usualResize } from "../../../src-main/contract/resize.ts";
import { centredPixels } from "../../../src-main/contract/weights.ts";
import { openDataset } from "../../../src-main/datasets/open-dataset.ts";
import { decodeSquare, examinePicture, readPictureFile } from "../../../src-main/datasets/pictures/picture-bytes.ts";
import { createWeightsInspector, inspectWeights } from "../../../src-main/engine/weights/inspect-weights.ts";
import { importWeights } from "../../../src-main/models/import-weights.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";
import { listWeights } from "../../../src-main/models/weight-list.ts";
import { openWeights, writeWeights } from "../../../src-main/models/weights-file.ts";
import { createRandom, type Random } from "../../../src-main/platform/random.ts";
import { openStore } from "../../../src-main/store/open-store.ts";
import { recordState } from "../../../src-main/store/record-state.ts";
import { armFileName, manifestName } from "../../../src-main/training/checkpoints/manifest.ts";
import { findCheckpoint } from "../../../src-main/training/checkpoints/read-checkpoint.ts";
import { kerasLenet, lenetFunction } from "../../models/foreign/lenet-models.ts";
import { writeBundle } from "../../models/foreign/sorted-table.ts";
import { recordRuns, result } from "../../support/recorded.ts";
import { bmp, heic, netpbm, tiff } from "../../support/unusual-pictures.ts";
import { wholeArchives } from "./archive-cases.ts";
import { checkAllTold, listedPictures, mutatedList } from "./list-cases.ts";
import { mutated, mutatedBytes, oneOf } from "./mutate.ts";

export const targetKinds = ["pictures", "archives", "lists", "weights", "records", "states"] as const;
export type TargetKind = (typeof targetKinds)[number];

type Read = (folder: string, random: Random) => void | Promise<void>;

/** @returns what reads one case of each kind; throws what is read into it */
export async function prepareTargets(folder: string): Promise<Readonly<Record<TargetKind, Read>>> {
  mkdirSync(folder, { recursive: true });
  const pictures = await wholePictures();
  const archives = wholeArchives(pictures.slice(0, 6));
  const listed = await listedPictures();
  const [record, weights, state] = ["record", "weights", "state"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeRecord(record);
  writeModels(weights);
  writeState(state);
  const look = createWeightsInspector(inspectWeights);
  return {
    async pictures(at, random) {
      const path = join(at, "picture");
      writeFileSync(path, mutatedBytes(oneOf(random, pictures), random));
      const bytes = await readPictureFile(path);
      if (bytes === "no-answer" || "code" in bytes) throw new Refused();
      const facts = await examinePicture(bytes);
      if ("code" in facts) throw new Refused();
      const square = await decodeSquare(bytes, 32, usualResize);
      if ("code" in square) throw new Refused();
    },
    async archives(at, random) {
      const { name, bytes, beside = {} } = oneOf(random, archives);
      for (const [other, whole] of Object.entries(beside)) writeFileSync(join(at, other), whole);
      const path = join(at, name);
      writeFileSync(path, mutatedBytes(bytes, random));
      const source = { kind: "folder", path: random.integer(2) === 0 ? path : at } as const;
      // What is unpacked goes with the case.
      process.env.STRATA_HOME = join(at, "home");
      const { examples } = await openDataset(source);
      for (const example of examples.slice(0, 3)) {
        const square = await makePicture(source, example, { inputPixels: 32, resize: usualResize });
        if (square === "changed" || square === "no-answer") throw new Error(`${example.name} is ${square}.`);
      }
    },
    async lists(at, random) {
      mkdirSync(join(at, "photos"));
      for (const [name, bytes] of listed) writeFileSync(join(at, name), bytes);
      const { name, bytes } = mutatedList(random);
      writeFileSync(join(at, name), bytes);
      const path = random.integer(2) === 0 ? join(at, name) : at;
      checkAllTold(await openDataset({ kind: "folder", path }));
    },
    async weights(at, random) {
      const [kind, files] = oneOf(random, [
        ["safetensors", ["lenet.safetensors"]],
        ["tfjs", ["model.json", "weights.bin"]],
        ["saved-model", ["saved_model.pb", "variables/variables.index", "variables/variables.data-00000-of-00001"]],
      ] as const);
      const path = join(at, kind);
      cpSync(join(weights, kind), path, { recursive: true });
      const file = join(path, oneOf(random, files));
      const isJson = file.endsWith(".json") && random.integer(2) === 0;
      const bytes = readFileSync(file);
      writeFileSync(
        file,
        isJson ? JSON.stringify(mutated(JSON.parse(bytes.toString()), random)) : mutatedBytes(bytes, random),
      );
      const isLook = kind === "safetensors" && random.integer(2) === 0;
      const opened = kind === "safetensors" ? file : path;
      const model = { id: "lenet5", inputPixels: 32, width: 1 };
      if (isLook) await look({ path: opened, sha256: null, model, classes: 7 });
      else
        importWeights({
          path: opened,
          modelId: "lenet5",
          to: null,
          pixels: null,
          isMismatchAllowed: random.integer(2) === 0,
        });
    },
    records(at, random) {
      const path = join(at, "strata.sqlite");
      cpSync(record, at, { recursive: true });
      if (random.integer(2) === 0) writeFileSync(path, mutatedBytes(readFileSync(path), random));
      else changeRows(path, random);
      recordState(path);
      readAll(path);
      recordState(path);
    },
    states(at, random) {
      cpSync(state, at, { recursive: true });
      const arm = join(at, armFileName(0));
      const document = JSON.parse(readFileSync(join(at, manifestName), "utf8"));
      if (random.integer(2) === 0) {
        const bytes = mutatedBytes(readFileSync(arm), random);
        writeFileSync(arm, bytes);
        // As if it had been written so: the manifest agrees, and what is inside is read.
        if (random.integer(3) > 0) Object.assign(document.arms[0], { bytes: bytes.length, sha256: sha256(bytes) });
      }
      const text = JSON.stringify(random.integer(2) === 0 ? mutated(document, random) : document);
      const isText = random.integer(3) > 0;
      writeFileSync(join(at, manifestName), isText ? text : mutatedBytes(Buffer.from(text), random));
      const { found, errors } = findCheckpoint([at], jobHash);
      if (found === null && errors.length > 0) throw new Refused();
      const file = openWeights(arm);
      try {
        for (const name of file.shapes.keys()) file.read(name);
      } finally {
        file.close();
      }
    },
  };
}

/** It was answered with a code that is no exception. */
class Refused extends Error {}

/** @returns the outcome of the case of this number, and what was thrown if it has no code */
export async function readCase(
  read: Read,
  at: string,
  random: Random,
): Promise<{ readonly outcome: "used" | "refused" | "uncoded"; readonly told?: string }> {
  rmSync(at, { recursive: true, force: true });
  mkdirSync(at);
  try {
    await read(at, random);
    return { outcome: "used" };
  } catch (thrown) {
    if (thrown instanceof StrataError || thrown instanceof Refused) return { outcome: "refused" };
    return { outcome: "uncoded", told: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) };
  }
}

const jobHash = "ab".repeat(32);
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Every format that is decoded, and of each its ways of laying pixels out. */
export async function wholePictures(): Promise<readonly Buffer[]> {
  const [width, height] = [41, 30];
  const draw = (channels: 1 | 3 | 4) => {
    const { integer } = createRandom(1, "pictures", channels);
    const pixels = Uint8Array.from({ length: width * height * channels }, (_, at) => (at / 7 + integer(40)) % 256);
    return sharp(pixels, { raw: { width, height, channels } });
  };
  return Promise.all([
    draw(3).jpeg().toBuffer(),
    draw(3).jpeg({ progressive: true }).withMetadata({ orientation: 6 }).toBuffer(),
    draw(1).jpeg().toBuffer(),
    draw(3).toColourspace("cmyk").jpeg().toBuffer(),
    draw(3).png().toBuffer(),
    draw(4).png({ progressive: true }).toBuffer(),
    draw(3).toColourspace("rgb16").png({ progressive: true }).toBuffer(),
    draw(3).png({ palette: true }).toBuffer(),
    draw(3).webp().toBuffer(),
    draw(4).webp({ lossless: true }).toBuffer(),
    draw(3).tiff({ compression: "lzw" }).toBuffer(),
    draw(3).tiff({ compression: "jpeg" }).toBuffer(),
    draw(3).tiff({ compression: "deflate", tile: true, pyramid: true }).toBuffer(),
    draw(3).avif({ effort: 0 }).toBuffer(),
    draw(3).gif().toBuffer(),
    heic,
    bmp(8),
    bmp(24),
    bmp(32, { isTopDown: true }),
    netpbm("P2", 255),
    netpbm("P6", 65_535),
    tiff("float32", 0, 1, 3),
    tiff("uint16", 0, 4_095),
  ]);
}

const lenet5 = findArchitecture("lenet5");
const zeros = (shape: readonly number[]) => new Float32Array(shape.reduce((product, side) => product * side, 1));

/** The same LeNet-5 in the three forms that are read. */
function writeModels(folder: string): void {
  const listed = listWeights(lenet5, 7);
  const layers = ["conv2d", "conv2d_1", "dense", "dense_1", "dense_2"];
  const rows = [...new Set(listed.map(({ row }) => row.path))];
  const named = listed.map(({ row, part, shape }) => ({ name: `${layers[rows.indexOf(row.path)]}/${part}`, shape }));
  for (const kind of ["safetensors", "tfjs", "saved-model/variables"])
    mkdirSync(join(folder, kind), { recursive: true });
  writeLenet(join(folder, "safetensors", "lenet.safetensors"));
  const weights = named.map(({ name, shape }) => ({ name, shape, dtype: "float32" }));
  writeFileSync(
    join(folder, "tfjs", "model.json"),
    JSON.stringify({
      format: "layers-model",
      modelTopology: kerasLenet(3, {}),
      weightsManifest: [{ paths: ["weights.bin"], weights }],
    }),
  );
  writeFileSync(
    join(folder, "tfjs", "weights.bin"),
    Buffer.concat(named.map(({ shape }) => Buffer.from(zeros(shape).buffer))),
  );
  writeFileSync(join(folder, "saved-model", "saved_model.pb"), lenetFunction({}));
  writeBundle(
    join(folder, "saved-model", "variables", "variables"),
    named.map(({ name, shape }, index) => {
      return { key: `variables/${index}/.ATTRIBUTES/VARIABLE_VALUE`, name, shape, values: zeros(shape) };
    }),
  );
}

export function writeLenet(path: string): void {
  writeWeights(
    path,
    {
      ...{ formatVersion: 1, layout: "strata", architecture: "lenet5", inputPixels: 32, width: 1, classes: 7 },
      ...{ classNames: null, preprocessing: centredPixels, trained: null },
    },
    listWeights(lenet5, 7).map(({ name, shape }) => ({ name, shape, values: () => zeros(shape) })),
  );
}

function writeState(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const file = armFileName(0);
  writeLenet(join(folder, file));
  const bytes = readFileSync(join(folder, file));
  const looks = [1, 2].map((epoch) => ({ epoch, hardLoss: 1 / epoch }));
  const arm = { file, bytes: bytes.length, sha256: sha256(bytes), trainingSeconds: 2, looks, initialWeightsHash: "cd" };
  const document = { formatVersion: 1, jobHash, step: 8, epoch: 2, arms: [{ ...arm, initialWeightsMatch: null }] };
  writeFileSync(join(folder, manifestName), JSON.stringify(document));
}

function writeRecord(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const store = openStore(join(folder, "strata.sqlite"));
  const where = { metric: "hardLoss", split: "train", cadence: "batch", epoch: 1 } as const;
  for (const id of recordRuns(store, 5)) {
    store.points.add(
      id,
      Array.from({ length: 200 }, (_, index) => ({ ...where, step: index + 1, value: index })),
    );
    const counts = [
      [2, 0],
      [1, 1],
    ];
    const look = { split: "test", epoch: 1, step: 200, result, predictions: null } as const;
    store.evaluations.add(id, { ...look, confusion: { split: "test", epoch: 1, counts } });
    store.checkpoints.add(id, { step: 200, epoch: 1, folder: `${id}-a/200`, bytes: 9, cost: 1 }, "2026-01-01");
    store.runs.mark([id], { addTags: ["kept"] }, "2026-01-01");
    store.runs.end(id, "completed", null, "2026-01-01T00:00:00.000Z");
  }
  store.runs.remove([5], "2026-01-01T00:00:00.000Z");
  store.close();
}

/** Whatever a hand or a disk may do to rows, columns and tables, with every page whole. */
function changeRows(path: string, random: Random): void {
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;");
    for (let times = 1 + random.integer(3); times > 0; times--) changeOne(database, random);
  } finally {
    database.close();
  }
}

function changeOne(database: DatabaseSync, random: Random): void {
  const named = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const table = oneOf(
    random,
    named.map(({ name }) => String(name)),
  );
  const columns = database.prepare(`SELECT name, type FROM pragma_table_info('${table}')`).all();
  const column = oneOf(random, columns);
  const texts = [
    "''",
    "'null'",
    "'{}'",
    "'[]'",
    "'1'",
    "char(0)",
    `substr(${column.name}, 1, 40)`,
    `${column.name} || 'x'`,
    "'[' || hex(zeroblob(3000)) || ']'",
    `replace(hex(zeroblob(2000)), '00', '[')`,
    "NULL",
  ];
  const integers = ["0", "-1", "1", "9223372036854775807", "9007199254740993", "2147483648", "NULL"];
  const value = oneOf(random, column.type === "TEXT" ? texts : [...integers, "1e308", "x'00'"]);
  const actions = [
    ...Array.from({ length: 12 }, () => `UPDATE OR IGNORE ${table} SET ${column.name} = ${value}`),
    ...Array.from({ length: 4 }, () => `UPDATE OR IGNORE ${table} SET ${column.name} = ${value} WHERE rowid % 2 = 1`),
    `DELETE FROM ${table}`,
    `DROP TABLE ${table}`,
    `ALTER TABLE ${table} DROP COLUMN ${column.name}`,
    `ALTER TABLE ${table} RENAME COLUMN ${column.name} TO other`,
    `PRAGMA user_version = ${oneOf(random, [0, 1, 5, 11, 12, 13, -1, 2_000_000])}`,
    `UPDATE sqlite_sequence SET seq = ${oneOf(random, integers)}`,
    `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = substr(sql, 1, 60) WHERE name = '${table}'`,
    `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 3 WHERE name = '${table}'`,
  ];
  try {
    database.exec(oneOf(random, actions));
  } catch {
    // SQLite itself refuses it: the record stays as it is.
  }
}

/** All that a window would ask for. */
function readAll(path: string): void {
  const store = openStore(path);
  try {
    store.findUnreadable();
    const codes: StrataError[] = [];
    const tried = (work: () => void): void => {
      try {
        work();
      } catch (thrown) {
        if (!(thrown instanceof StrataError)) throw thrown;
        codes.push(thrown);
      }
    };
    for (const { id, dataset } of store.runs.list()) {
      tried(() => store.runs.get(id));
      tried(() => store.points.series(id));
      tried(() => store.evaluations.confusion(id, "test", dataset.classes.length));
      tried(() => store.checkpoints.ofRun(id));
      tried(() => store.runs.mark([id], { isPinned: true }, "2026-01-02"));
    }
    for (const read of [store.datasets.recent, store.experiments.list, store.notices.open, store.machine.threads])
      tried(() => read());
    tried(() => store.purge.begin("2026-02-01"));
    tried(() => store.purge.piece(1_000));
    tried(() => recordRuns(store, 1));
    if (codes.length > 0) throw codes[0];
  } finally {
    store.close();
  }
}
