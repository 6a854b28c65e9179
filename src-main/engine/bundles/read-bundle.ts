/** What stands in a bundle, believed in nothing: every part is checked against what the document says of it, and each value against what it may be. */
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { z } from "zod";
import type { SplitLogits } from "../../contract/calibration.ts";
import { optimizer } from "../../contract/configuration.ts";
import type { SplitName } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import { settingsOfFactor } from "../../contract/experiment.ts";
import {
  type BundleDocument,
  type BundledRecord,
  type BundledRun,
  type BundlePart,
  bundleDocument,
  bundleDocumentName,
  bundledEdits,
  bundledPauses,
  bundledRecord,
  bundleFormat,
  documentBounds,
  heldBytes,
  mostHeldBytes,
  mostRecordBytes,
  recordBounds,
} from "../../contract/run-bundle.ts";
import type { Container, Place } from "../../datasets/containers/container.ts";
import { readPlace } from "../../datasets/containers/read-place.ts";
import { openZip } from "../../datasets/containers/zip.ts";
import { levelsOf } from "../../domain/experiments/experiment-plan.ts";
import { noiseMatrixProblem } from "../../domain/pictures/noise-rows.ts";
import { settingOf } from "../../domain/settings/settings.ts";
import { findArchitecture } from "../../models/registry.ts";
import { privateFileMode } from "../../platform/private.ts";
import { parseStrictJson } from "../../platform/strict-json.ts";
import type { ArrivingLogits } from "../../store/bundled-runs.ts";
import { type RecordedVersion, versionKey } from "../../store/versions.ts";
import { checkRecord } from "./check-record.ts";
import { damagedBundle } from "./damaged-bundle.ts";
import { picturesOfLogits, unpackedLogits } from "./packed-logits.ts";

export interface OpenBundle {
  readonly document: BundleDocument;
  /** @throws StrataError `bundle.damaged` */
  record(run: BundledRun): Promise<BundledRecord>;
  /** In the order of the splits that the run names. @throws StrataError `bundle.damaged` */
  logits(run: BundledRun, record: BundledRecord): Promise<readonly ArrivingLogits[]>;
  /** Parents first. @throws StrataError `bundle.damaged` */
  versions(): Promise<readonly RecordedVersion[]>;
  /** Of a small part. @throws StrataError `bundle.damaged` */
  bytesOf(part: BundlePart): Promise<Uint8Array>;
  /** Writes the part to a new file. @throws StrataError `bundle.damaged`, and the file system's own errors */
  copyPart(part: BundlePart, to: string): Promise<void>;
}

const pieceBytes = 2 ** 20;

/** @throws StrataError `bundle.damaged`, `bundle.foreign`, `bundle.newer`, `bundle.too-large`, `archive.*`, `file.*`, `model.unknown` */
export async function openBundle(path: string): Promise<OpenBundle> {
  const container = await openZip(path, { mayRepeat: false });
  if ("code" in (await container.find(bundleDocumentName))) throw new StrataError("bundle.foreign", {});
  const document = documentIn(await bytesOf(container, bundleDocumentName));
  if (heldBytes(document.runs) > mostHeldBytes) throw new StrataError("bundle.too-large", {});
  for (const run of document.runs) checkRun(run, document);
  checkStates(document);
  for (const { request } of document.experiments) {
    const unknown = request.factors.flatMap(settingsOfFactor).find((name) => settingOf(name) === undefined);
    if (unknown !== undefined) throw damagedBundle(`it varies the setting ${brief(unknown)}, which there is not`);
    // Of all varied values an optimiser alone is taken apart for its words.
    const changes = request.factors
      .flatMap((factor) => ("ranges" in factor ? [] : levelsOf(factor)))
      .flatMap((level) => level.changes);
    if (changes.some(({ setting, value }) => setting === "optimizer" && !optimizer.safeParse(value).success))
      throw damagedBundle("it varies the optimiser by a value that is none");
  }
  return {
    document,
    async record(run) {
      const bytes = await partOf(container, run.record);
      const record = parsed(bytes, bundledRecord, run.record.name);
      checkRecord(record, run, document.datasets[run.dataset]!.classes.length);
      return record;
    },
    async logits(run, record) {
      const classes = document.datasets[run.dataset]!.classes.length;
      const arriving: ArrivingLogits[] = [];
      for (const { split, epoch, pictures, part } of run.logits) {
        const found = unpackedLogits(await partOf(container, part), { epoch, pictures, classes });
        if (found === null) throw damagedBundle(`${part.name} holds no logits of so many pictures`);
        checkLogits(split, found, record);
        arriving.push({ split, logits: found });
      }
      return arriving;
    },
    async versions() {
      const known = new Set<string>();
      const arriving: RecordedVersion[] = [];
      for (const { edits: part, key, parentKey, source, ...said } of document.versions) {
        const bytes = await partOf(container, part);
        parsed(bytes, bundledEdits, part.name);
        const edits = new TextDecoder().decode(bytes);
        if ((parentKey !== null && !known.has(parentKey)) || known.has(key))
          throw damagedBundle("a version of its pictures is there twice, or not what it was made from");
        if (versionKey(source, parentKey, edits) !== key)
          throw damagedBundle(`${part.name} has another key than it says`);
        known.add(key);
        arriving.push({ path: source.path, key, parentKey, source, edits, ...said });
      }
      return arriving;
    },
    bytesOf: (part) => partOf(container, part),
    async copyPart({ name, bytes, sha256 }, to) {
      const place = await placeIn(container, name);
      // Weights are packed as they are.
      if (place.inflatedBytes !== null || place.storedBytes !== bytes)
        throw damagedBundle(`${name} has another size than it says`);
      if ((await copied(place, bytes, to)) !== sha256) throw damagedBundle(`${name} is not what was put into it`);
    },
  };
}

const brief = (text: string): string => JSON.stringify(text.slice(0, 100));

async function placeIn(container: Container, name: string): Promise<Place> {
  const place = await container.find(name);
  if ("code" in place) throw damagedBundle(`${name} is missing or cannot be read`);
  return place;
}

async function bytesOf(container: Container, name: string): Promise<Uint8Array> {
  const bytes = await readPlace(await placeIn(container, name), mostRecordBytes);
  if (bytes === "no-answer" || "code" in bytes) {
    const isLarge = bytes !== "no-answer" && bytes.code === "too-large";
    throw damagedBundle(isLarge ? `${name} is larger than any that is written` : `${name} cannot be read`);
  }
  return bytes;
}

/** @throws StrataError `bundle.damaged` where it is not what the document says */
async function partOf(container: Container, { name, bytes: told, sha256 }: BundlePart): Promise<Uint8Array> {
  const bytes = await bytesOf(container, name);
  const hash = createHash("sha256").update(bytes).digest("hex");
  if (bytes.length !== told || hash !== sha256) throw damagedBundle(`${name} is not what was put into it`);
  return bytes;
}

function jsonOf(bytes: Uint8Array, name: string): unknown {
  try {
    const bounds = name === bundleDocumentName ? documentBounds : recordBounds;
    return parseStrictJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes), name, bounds);
  } catch (thrown) {
    // The decoder's words are of no use to a person.
    throw damagedBundle(thrown instanceof TypeError ? `${name} is not JSON` : (thrown as Error).message); // parseStrictJson throws nothing else
  }
}

function parsed<T>(bytes: Uint8Array, schema: z.ZodType<T>, name: string): T {
  const result = schema.safeParse(jsonOf(bytes, name));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw damagedBundle(`${name} has a wrong ${brief(issue?.path.join(".") || "form")}`);
}

function documentIn(bytes: Uint8Array): BundleDocument {
  const said = jsonOf(bytes, bundleDocumentName);
  if (typeof said === "object" && said !== null && "formatVersion" in said && Number(said.formatVersion) > bundleFormat)
    throw new StrataError("bundle.newer", {});
  return parsed(bytes, bundleDocument, bundleDocumentName);
}

/** @throws StrataError `model.unknown` */
function checkRun({ dataset, experiment, modelId, configuration, logits }: BundledRun, document: BundleDocument): void {
  const pictures = document.datasets[dataset];
  if (pictures === undefined) throw damagedBundle("a run names a data set that is not in it");
  if (experiment && document.experiments[experiment.place] === undefined)
    throw damagedBundle("a run names an experiment that is not in it");
  if (new Set(logits.map(({ split }) => split)).size !== logits.length)
    throw damagedBundle("a run has two sets of logits on one split");
  if (configuration.model.id !== modelId) throw damagedBundle("a run names two networks");
  const noise = noiseMatrixProblem(configuration.training, pictures.classes);
  if (noise !== null) throw damagedBundle(`its settings cannot be: ${noise}`);
  findArchitecture(modelId);
}

/** A run that may go on has what it goes on from, once, and goes on with the arms of its own block. */
function checkStates({ runs, states }: BundleDocument): void {
  const places = states.flatMap((state) => state.runs);
  const isWhole = places.every((place) => runs[place] !== undefined) && new Set(places).size === places.length;
  const goesOn = ({ facts }: BundledRun) => bundledPauses.some((end) => end === facts.endReason);
  const areTogether = states.every((state) => {
    const blocks = state.runs.map((place) => runs[place]?.experiment);
    return (
      blocks.length === 1 ||
      blocks.every((one) => one && one.place === blocks[0]?.place && one.block === blocks[0].block)
    );
  });
  if (!isWhole || !areTogether || runs.some((run, place) => goesOn(run) && !places.includes(place)))
    throw damagedBundle("a run may go on, and what it goes on from is missing or another's");
}

/** They are of the pictures that were answered, with the same labels; where answers are of another split, of as many as were looked at. */
function checkLogits(split: SplitName, { examples, labels }: SplitLogits, record: BundledRecord): void {
  const answered = record.answers.find((one) => one.split === split);
  const labelOf = new Map(answered?.examples.map((example, at) => [example, answered.labels[at]]));
  const isSame =
    examples.length === picturesOfLogits(record, split) &&
    (!answered || examples.every((example, at) => labelOf.get(example) === labels[at]));
  if (!isSame) throw damagedBundle(`its logits on ${split} pictures are of other pictures than its answers`);
}

/** @returns its SHA-256 */
async function copied(place: Place, bytes: number, to: string): Promise<string> {
  const hash = createHash("sha256");
  await using from = await open(place.path, "r");
  await using into = await open(to, "wx", privateFileMode);
  const piece = new Uint8Array(pieceBytes);
  for (let done = 0; done < bytes; ) {
    const { bytesRead } = await from.read(piece, 0, Math.min(pieceBytes, bytes - done), place.start + done);
    if (bytesRead === 0) throw damagedBundle("it was cut while it was read");
    const got = piece.subarray(0, bytesRead);
    hash.update(got);
    await into.write(got);
    done += bytesRead;
  }
  return hash.digest("hex");
}
