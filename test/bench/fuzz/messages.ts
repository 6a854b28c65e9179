/** Messages of every procedure to a running engine: valid ones with something changed, frames that are no messages, and addresses over HTTP. */
import { createRandom, type Random } from "../../../src-main/platform/random.ts";
import type { EngineAddress } from "./engine-process.ts";
import { type Json, mutated, mutatedBytes, oddPaths, oneOf } from "./mutate.ts";
import type { Case, Tally } from "./tally.ts";
import { type Known, type Procedure, procedures, validInput } from "./valid-input.ts";
import { type Answer, openWire, type Wire } from "./wire.ts";

const atOnce = 16;
/** The server takes messages up to a million. */
const mostCharacters = 900_000;
/** These start processes or look at folders: they come a tenth as often. */
const slow = /^(training\.(start|resume|estimate)|experiments\.(goOn|estimate)|data\.inspect)$/;

export async function fuzzMessages(
  at: EngineAddress,
  inputs: number,
  how: { readonly seed: number; readonly tally: Tally; readonly paths: readonly string[] },
): Promise<void> {
  const known = knownFor(how.paths);
  const all = procedures();
  const often = all.filter(({ path }) => !slow.test(path));
  let wire = await openWire(at);
  let housekeeping = Promise.resolve();
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let number = next++; number < inputs; number = next++) {
      const random = createRandom(how.seed, "fuzz", "messages", number);
      const way = random.integer(10);
      const procedure = oneOf(random, random.integer(10) === 0 ? all : often);
      if (way === 0) how.tally.add(await sendFrame(at, random, procedure, known));
      else if (way === 1) how.tally.add(await request(at, random, procedure, known));
      else {
        const input = inputFor(procedure, random, known);
        how.tally.add(await callAsked(at, wire, procedure, input));
        // An engine that is gone takes no other: `openWire` throws, and the bench ends with it.
        if (await hasClosed(wire)) wire = await openWire(at);
      }
      if (number % 300 === 299) housekeeping = housekeeping.then(() => keepHouse(at));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  await housekeeping;
  wire.close();
}

function knownFor(paths: readonly string[]): Known {
  const ids = [1, 2, 3, 4, 5, 6, 7, 8];
  return {
    ...{ runId: ids, experimentId: [1, 2], runIds: [[1], [1, 2], [3, 2, 1], ids], noticeId: [1] },
    path: [...paths, ...paths, ...oddPaths],
    id: ["lenet5", "linear-svm", "alexnet", "inception-v3"],
    // Numbers with which the scripted training trains to its end.
    seed: [11, 12, 13],
    seeds: [[11], [11, 12]],
    ...{ epochs: [1, 2], batchSize: [8], pictures: [100], pixels: [16], inputPixels: [32], width: [0.05, 0.25] },
    ...{ classes: [7, 10], sha256: [null, "ab".repeat(32)], frozenThrough: [null, "C1"] },
  };
}

/** A twentieth are as they should be, so that there is something to meet. */
function inputFor({ input }: Procedure, random: Random, known: Known): Json | undefined {
  if (input === null) return random.integer(4) === 0 ? mutated({}, random) : undefined;
  const valid = validInput(input, random, known);
  return random.integer(20) === 0 ? valid : mutated(valid, random);
}

async function callAsked(
  at: EngineAddress,
  wire: Wire,
  { path, type }: Procedure,
  input: Json | undefined,
): Promise<Case> {
  const text = JSON.stringify(input) ?? "";
  const words = `${path} ${text.slice(0, 400)}`;
  if (text.length > mostCharacters) return sentAlone(at, { path, type, input }, words);
  return caseOf(await wire.ask({ path, type, input }), words);
}

/** What is too large for the server ends its connection, and nothing else. */
async function sentAlone(at: EngineAddress, call: Parameters<Wire["ask"]>[0], words: string): Promise<Case> {
  const own = await openWire(at);
  const answer = await own.ask(call);
  if (answer === null)
    return (await hasClosed(own)) ? { outcome: "refused" } : { outcome: "uncoded", told: `no answer to ${words}` };
  own.close();
  return caseOf(answer, words);
}

function caseOf(answer: Answer | null, words: string): Case {
  if (answer === null) return { outcome: "uncoded", told: `no answer to ${words}` };
  if (answer.bytes > 20e6) return { outcome: "uncoded", told: `an answer of ${answer.bytes} characters to ${words}` };
  if (!answer.error) return { outcome: "used" };
  if (answer.error.data.strata !== null) return { outcome: "refused" };
  return { outcome: "uncoded", told: `${answer.error.data.code} ${answer.error.message.slice(0, 200)} to ${words}` };
}

/** Bytes that need be no message: an engine answers or closes, and answers others. */
async function sendFrame(at: EngineAddress, random: Random, { path, type }: Procedure, known: Known): Promise<Case> {
  const own = await openWire(at);
  const call = { id: 1_000_000, method: type, params: { path, input: validInput({ type: "object" }, random, known) } };
  const whole: Json = random.integer(3) === 0 ? [call, call] : call;
  const text = JSON.stringify(random.integer(4) === 0 ? whole : mutated(whole, random));
  const frame = random.integer(3) === 0 ? Uint8Array.from(mutatedBytes(Buffer.from(text), random)) : text;
  own.sendRaw(frame);
  const answer = await own.ask({ path: "status", type: "query" });
  const isClosed = answer === null && (await hasClosed(own));
  own.close();
  if (answer?.result) return { outcome: "used" };
  if (isClosed) return { outcome: "refused" };
  return caseOf(answer, `status after the frame ${text.slice(0, 400)}`);
}

async function request(at: EngineAddress, random: Random, procedure: Procedure, known: Known): Promise<Case> {
  const part = () => {
    const value = mutated(oneOf<Json>(random, [1, 2, "a"]), random);
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return encodeURIComponent(text.slice(0, 2_000).toWellFormed());
  };
  const input = JSON.stringify(inputFor(procedure, random, known) ?? null);
  const isPost = procedure.type === "mutation";
  const address = oneOf(random, [
    `/pictures/${part()}/${part()}?pixels=${part()}`,
    `/runs/${part()}/points.csv`,
    `/runs/${part()}/${oneOf(random, ["", "best-", "last-"])}weights.safetensors`,
    `/api/${procedure.path}${isPost ? "" : `?input=${encodeURIComponent(input.slice(0, 4_000).toWellFormed())}`}`,
    `/api/${part()}?batch=${part()}&input=${part()}`,
    `/${part()}`,
  ]);
  // Events over HTTP never end.
  if (address.startsWith("/api/events")) return { outcome: "used" };
  const words = `${isPost ? "POST" : "GET"} ${address.slice(0, 300)} ${isPost ? input.slice(0, 300) : ""}`;
  try {
    const answer = await fetch(`${at.address}${address}`, {
      headers: { authorization: `Bearer ${at.token}`, ...(isPost ? { "content-type": "application/json" } : {}) },
      ...(isPost ? { method: "POST", body: input } : {}),
      signal: AbortSignal.timeout(30_000),
    });
    const body = await answer.text();
    if (answer.status < 400) return { outcome: "used" };
    // A coded error has status 500, too; where the pages are not built, a sentence says so.
    const isCoded = answer.status < 500 || answer.status === 503 || /"strata":\{"code"/.test(body);
    return isCoded
      ? { outcome: "refused" }
      : { outcome: "uncoded", told: `${answer.status} to ${words}: ${body.slice(0, 500)}` };
  } catch (thrown) {
    return { outcome: "uncoded", told: `${thrown instanceof Error ? thrown.message : thrown} to ${words}` };
  }
}

async function hasClosed(wire: Wire): Promise<boolean> {
  const later = new Promise<false>((resolve) => setImmediate(() => resolve(false)));
  return Promise.race([wire.closed.then(() => true), later]);
}

/** What was started ends, and what ended goes, so that the last message meets as much as the first. */
async function keepHouse(at: EngineAddress): Promise<void> {
  const wire = await openWire(at);
  const answer = await wire.ask({ path: "runs.list", type: "query", input: {} });
  // The engine's own answer, of which two fields are looked at.
  type Answered = { readonly runs: readonly { readonly id: number; readonly endReason: string | null }[] };
  const { runs } = (answer?.result?.data ?? { runs: [] }) as Answered;
  for (const { id, endReason } of runs)
    if (endReason === null) await wire.ask({ path: "training.stop", type: "mutation", input: { runId: id } });
  const old = runs.filter(({ id, endReason }) => id > 12 && endReason !== null).map(({ id }) => id);
  if (old.length > 0) await wire.ask({ path: "runs.remove", type: "mutation", input: { runIds: old } });
  await wire.ask({ path: "runs.restore", type: "mutation", input: { runIds: [1, 2, 3, 4, 5, 6, 7, 8] } });
  await wire.ask({ path: "queue.goOn", type: "mutation" });
  wire.close();
}
