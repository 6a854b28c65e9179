import { describe, expect, test } from "vitest";
import type { DatasetView } from "../../src-main/contract/dataset.ts";
import { centredPixels, type WeightsInspection } from "../../src-main/contract/weights.ts";
import { rowLines } from "../../src-main/domain/networks/row-lines.ts";
import { architectureOf } from "../../src-main/engine/models/model-list.ts";
import { isPartOf } from "../../src-renderer/entities/network/core-rows.ts";
import { floorSentences } from "../../src-renderer/entities/run/floor-words.ts";
import { styleRuns } from "../../src-renderer/entities/run/run-styles.ts";
import { armNamesOf } from "../../src-renderer/entities/run/run-texts.ts";
import { beginReport } from "../../src-renderer/features/train/experiment/begin-texts.ts";
import { draftFromPreset } from "../../src-renderer/features/train/experiment/draft-from.ts";
import type { EstimateView } from "../../src-renderer/features/train/experiment/estimate.svelte.ts";
import {
  armTitle,
  batchThatFits,
  estimateText,
  floorNote,
  memoryText,
  startHindrance,
  startText,
} from "../../src-renderer/features/train/experiment/experiment-texts.ts";
import { fieldRows, optimizerFields } from "../../src-renderer/features/train/experiment/field-rows.ts";
import { drawnFromForm, firstDrawnForm, usualDrawn } from "../../src-renderer/features/train/pictures/drawn-form.ts";
import {
  balanceText,
  datasetFacts,
  firstFramesText,
  problemsSummary,
  splitNote,
  squareNote,
} from "../../src-renderer/features/train/pictures/pictures-texts.ts";
import { retryDelayMillis, socketAddress } from "../../src-renderer/lib/engine/address.ts";
import { engineFailure, engineWords } from "../../src-renderer/lib/engine/engine-texts.ts";
import { cifar, drawn, samplePair } from "../support/sample-views.ts";

const read = (text: string | null): string => (text ?? "").replaceAll("\u00a0", " ");

describe("the report on weights to begin from", () => {
  const look: WeightsInspection = {
    initialWeights: { path: "/w", sha256: "", frozenThrough: null, preprocessing: centredPixels },
    of: { architecture: "vgg16", inputPixels: 224, width: 1, classes: 1_000 },
    ...{ weights: 32, matched: 32, surplus: 0, isTooLittle: false, freshRows: [], freezableRows: [] },
  };
  const of = "The file is of vgg16 at 224 px, width 1, 1,000\u00a0classes.";
  test("says when all match", () => expect(beginReport(look)).toBe(`All 32 weights match. ${of}`));
  test("names the rows that begin by the seed, and counts them where they are many", () => {
    expect(beginReport({ ...look, matched: 30, freshRows: ["FC-1000"] })).toBe(
      `30 of 32 weights match. Random instead: FC-1000. ${of}`,
    );
    expect(beginReport({ ...look, matched: 22, freshRows: ["a", "b", "c", "d", "e"] })).toContain(
      "Random instead: a, b, c and 2\u00a0more rows.",
    );
  });
});

describe("words for pictures", () => {
  test("sum up what was found", () => {
    expect(read(datasetFacts(cifar))).toBe("10 classes · 4,430 train, 500 validation, 1,000 test · 32 px");
    expect(read(balanceText(cifar.classes))).toBe("380–450 a class");
    expect(read(problemsSummary(cifar.problems))).toBe("2 files left out · 3 duplicates across the split");
    const link = { code: "link-in-archive", name: "cat/link.png", isSkipped: true } as const;
    expect(read(problemsSummary([...cifar.problems, link, link]))).toBe(
      "2 files left out · 2 links in the archive not followed · 3 duplicates across the split",
    );
    expect(problemsSummary([])).toBeNull();
  });
  test("offer first frames and first pages of what has several", () => {
    const moving = { code: "animated", name: "cat/a.gif", isSkipped: true } as const;
    const paged = { ...moving, code: "several-pages", name: "cat/a.tif" } as const;
    expect(firstFramesText(cifar.problems)).toBeNull();
    expect(firstFramesText([moving])).toBe("Use the first frames of moving pictures");
    expect(firstFramesText([paged])).toBe("Use the first pages of TIFFs");
    expect(firstFramesText([paged, moving])).toBe(
      "Use the first frames of moving pictures and the first pages of TIFFs",
    );
  });
  test("say which split was held out, and that one is missing", () => {
    const from = (validation: "seeded" | "folders", test: "seeded" | "folders" | "none"): DatasetView => ({
      ...drawn,
      splitOrigin: { validation, test },
    });
    expect(splitNote(from("seeded", "seeded"))).toContain("Validation and test");
    expect(splitNote(from("seeded", "folders"))).toContain("validation");
    expect(splitNote(from("folders", "none"))).toContain("no test pictures");
    expect(splitNote(from("folders", "folders"))).toBeNull();
  });
  test("say what becomes of photographs, and nothing of drawn squares", () => {
    expect(squareNote("crop", cifar.source)).toContain("cropped to the middle square: edges are cut off.");
    expect(squareNote("pad", undefined)).toContain("all of it is seen");
    expect(squareNote("pad", drawn.source)).toContain("square already");
  });
});

describe("the form of drawn pictures", () => {
  test("begins with the set that one press draws", () => {
    expect(drawnFromForm(firstDrawnForm).source).toEqual(usualDrawn);
  });
  test("says what is wrong at the field", () => {
    expect(drawnFromForm({ ...firstDrawnForm, pictures: "5" }).problems).toEqual({ pictures: "At least 100." });
  });
});

describe("words for the experiment", () => {
  const [preset] = architectureOf({ id: "inception-v3" }).presets;
  if (!preset) throw new Error("the fixture has presets");
  const draft = draftFromPreset(preset, null);

  test("an arm without smoothing is one-hot", () => {
    expect([armTitle(draft, 0), armTitle(draft, 1)]).toEqual(["One-hot", "Smoothed"]);
    expect(armNamesOf(samplePair(1, 1)[0]!).map(read)).toEqual(["One-hot", "Smoothed ε 0.1"]);
  });
  test("the floor is told for the arm that has one, and not for half a number", () => {
    const plainNetwork = { loss: "cross-entropy", rows: [] } as const;
    expect(floorNote(draft, plainNetwork, 10)).toBe(
      "Arm B: smoothed targets have entropy of their own, so the objective cannot fall below 0.500 nats while training, however good the network. Compare the hard loss.",
    );
    expect(floorNote(draft, { ...plainNetwork, loss: "hinge" }, 10)).toContain(
      "cannot fall below 0.900 while training",
    );
    const half = { ...draft, arms: { ...draft.arms, smoothing: ["0", ""] as const } };
    expect(floorNote(half, plainNetwork, 10)).toBeNull();
    expect(floorNote({ ...draft, differs: "weightDecay" }, plainNetwork, 10)).toBeNull();
  });
  test("the floor before a run is the one that its curves and its record have, auxiliary heads and all", () => {
    const network = architectureOf({ id: "inception-v3", inputPixels: 32, width: 0.25, classes: 2 });
    // Two classes at ε 0.1 have 0.1985 nats; the head of weight 0.4 asks for 0.4 of it again.
    const [, arm] = samplePair(1, 1, {
      dataset: { id: 1, name: "two", classes: ["a", "b"], trainPictures: 10, largestClassShare: null },
      trainingObjectiveFloor: 0.27791,
    });
    const said =
      "smoothed targets have entropy of their own, 0.199 nats, and the auxiliary heads add 0.4 of it again. The objective cannot fall below 0.278 nats while training, however good the network.";
    expect(floorNote(draft, network, 2)).toBe(`Arm B: ${said} Compare the hard loss.`);
    expect(floorSentences(styleRuns([arm!])).map(read)).toEqual([`Smoothed ε 0.1: ${said}`]);
    expect(floorNote({ ...draft, auxiliaryWeight: "0" }, network, 2)).toContain("below 0.199 nats");
    const behindHead = {
      ...draft.begin,
      frozenThrough: network.rows[network.rows.findIndex(({ kind }) => kind === "auxiliary")]!.name,
    };
    expect(floorNote({ ...draft, begin: behindHead }, network, 2)).toContain("below 0.199 nats");
  });
  test("only what applies is asked: Adam's betas for Adam, weight decay unless it differs", () => {
    const fields = (changes: object) => {
      const changed = { ...draft, ...changes };
      return [...optimizerFields(changed), ...fieldRows("more", changed).map(({ id }) => id)];
    };
    expect(fields({ optimizer: "adam" })).toEqual(expect.arrayContaining(["beta1", "beta2", "weightDecay"]));
    expect(fields({ optimizer: "sgd", differs: "weightDecay" })).toEqual(expect.arrayContaining(["momentum"]));
    expect(fields({ optimizer: "sgd", differs: "weightDecay" })).not.toContain("weightDecay");
    expect(fields({ differs: "optimizer" })).not.toContain("beta1");
    expect(fields({ differs: "optimizer" })).toEqual(expect.arrayContaining(["armA.beta1", "armB.momentum"]));
  });
  test("memory is told, and where it does not suffice, what is missing and which batch would do", () => {
    const memory = { peakBytes: 2e9, freeBytes: 8e9, doesFit: true, batchThatFits: null, gpu: null };
    const known = { secondsPerEpoch: 1, seconds: 90, decodingSeconds: null, basis: "measured", memory } as const;
    const fits = { state: "known", estimate: known } as const;
    expect(memoryText(fits, null)).toBe("peak memory 2.0\u00a0GB");
    expect(batchThatFits(fits)).toBeNull();
    const unknownTime = { secondsPerEpoch: null, seconds: null, decodingSeconds: null, basis: null };
    const tight = { ...memory, peakBytes: 9e9, doesFit: false, batchThatFits: 48 };
    const missing = { state: "known", estimate: { ...unknownTime, memory: tight } } as const;
    expect(memoryText(missing, null)).toBe("It would take 9.0\u00a0GB of memory; 8.0\u00a0GB is free.");
    expect(batchThatFits(missing)).toBe(48);
    expect(read(estimateText(missing, 1).before)).toBe("1 run. Not enough memory here");
    const none = { state: "known", estimate: { ...unknownTime, memory: { ...tight, batchThatFits: null } } } as const;
    expect(memoryText(none, null)).toContain("No batch fits");
    const gpu = { name: "NVIDIA A2", peakBytes: 3e9, freeBytes: 16e9 };
    const onGpu = { state: "known", estimate: { ...known, memory: { ...memory, gpu } } } as const;
    expect(read(memoryText(onGpu, null)!)).toBe("peak memory 2.0 GB, on the GPU 3.0 GB of 16 GB");
    const scarce = { ...memory, doesFit: false, batchThatFits: 8, gpu: { ...gpu, peakBytes: 20e9 } };
    const short = { state: "known", estimate: { ...unknownTime, memory: scarce } } as const;
    expect(read(memoryText(short, null)!)).toBe("It would take 20 GB of the memory of NVIDIA A2; 16 GB is free.");
  });
  test("the bar says how many runs and how long in the same words for every way", () => {
    const said = (view: EstimateView, runs: number) => read(Object.values(estimateText(view, runs)).join(" ")).trim();
    const memory = { peakBytes: 2e9, freeBytes: 8e9, doesFit: true, batchThatFits: null, gpu: null };
    const known = (seconds: number | null): EstimateView => ({
      ...{ state: "known", estimate: { secondsPerEpoch: 1, seconds, decodingSeconds: 0, basis: "runs", memory } },
    });
    expect(said(known(2_400), 12)).toBe("12 runs, about 40 min on this machine");
    expect(said(known(30), 1)).toBe("1 run, about 30 s on this machine");
    expect(said(known(null), 12)).toBe("12 runs. How long is not known yet");
    const busy = { code: "training.busy", problem: "", remedy: "" } as const;
    expect(said({ state: "failed", error: busy }, 2)).toBe("2 runs. How long is not known while something trains");
    const failed = {
      code: "data.no-permission",
      problem: "The pictures cannot be read.",
      remedy: "Look at them.",
    } as const;
    expect(said({ state: "failed", error: failed }, 2)).toBe("2 runs. The pictures cannot be read. Look at them.");
    expect([read(startText(1, false)), read(startText(12, true))]).toEqual(["Train 1 run", "Queue 12 runs"]);
  });
  test("the button says what it waits for", () => {
    const fine = {
      hasPictures: true,
      isScanning: false,
      isInspectingWeights: false,
      hasProblems: false,
      isSizeRefused: false,
    } as const;
    expect(startHindrance({ ...fine, engine: "ready" })).toBeNull();
    expect(startHindrance({ ...fine, engine: "ready", hasPictures: false })).toBe("No pictures are open.");
    expect(startHindrance({ ...fine, engine: null })).toBe("Waiting for the engine.");
  });
});

describe("words for the engine", () => {
  const ready = {
    version: "0.1.0",
    state: "ready",
    tensorflow: "TensorFlow 2.21.0",
    device: "CPU, 2 × some processor",
    cores: 2,
    memoryBytes: 1,
    notices: [],
    problem: null,
  } as const;
  test("name the machine once it is known", () => {
    expect(engineWords("open", ready)).toEqual({
      tone: "ready",
      state: "Engine ready",
      machine: { software: "TensorFlow 2.21 · ", device: "CPU, 2\u00a0cores" },
    });
    const one = {
      choice: "all-but-one",
      fixed: null,
      threads: 1,
      cores: 2,
      runsAtOnce: { choice: "fastest", fixed: null },
    } as const;
    expect(read(engineWords("open", ready, one).machine?.device ?? "")).toBe("CPU, 1 of 2 cores");
    expect(engineWords("open", { ...ready, device: "GPU" }, one).machine?.device).toBe("GPU");
    const device = "GPU, NVIDIA GeForce RTX 3090, 25.8 GB, driver 550.54.14";
    expect(engineWords("open", { ...ready, device }).machine?.device).toBe("NVIDIA GeForce RTX 3090");
    expect(engineWords("lost", ready).state).toBe("Reconnecting");
    expect(engineWords("refused", ready)).toEqual({ tone: "failed", state: "Address no longer valid", machine: null });
    expect(engineWords("open", { ...ready, state: "starting", tensorflow: null }).machine).toBeNull();
  });
  test("speak up only when something is wrong", () => {
    expect(engineFailure("open", false, ready)).toBeNull();
    expect(engineFailure("lost", false, ready)).toBeNull();
    expect(engineFailure("lost", true, ready)?.problem).toBe("The engine does not answer.");
    const refused = engineFailure("refused", true, ready);
    expect(refused?.problem).toBe("This address is no longer valid.");
    expect(refused?.remedy).not.toContain("keeps trying");
    expect(engineFailure("open", false, { ...ready, state: "failed", problem: "No TensorFlow." })?.problem).toBe(
      "No TensorFlow.",
    );
  });
});

describe("the wire", () => {
  test("goes to whoever served the page, encrypted where the page is", () => {
    expect(socketAddress({ protocol: "http:", host: "127.0.0.1:4000" })).toBe("ws://127.0.0.1:4000/api");
    expect(socketAddress({ protocol: "https:", host: "bench.local" })).toBe("wss://bench.local/api");
  });
  test("waits longer after each failure, up to five seconds", () => {
    expect([0, 1, 2, 3, 10].map(retryDelayMillis)).toEqual([250, 250, 500, 1000, 5000]);
  });
});

describe("the table behind a core", () => {
  const { rows } = architectureOf({ id: "inception-v3", inputPixels: 32, width: 0.25 });
  test("has one line for every row, modules opened, each with a key of its own", () => {
    const lines = rowLines(rows);
    expect(new Set(lines.map((line) => line.key)).size).toBe(lines.length);
    expect(lines.filter((line) => line.depth === 0).map((line) => line.row.name)).toEqual(rows.map((row) => row.name));
  });
  test("points at a module's bands from the module's own line, and at no namesake's", () => {
    expect(isPartOf("m/1/conv", "m")).toBe(true);
    expect(isPartOf("m2/1/conv", "m")).toBe(false);
  });
});
