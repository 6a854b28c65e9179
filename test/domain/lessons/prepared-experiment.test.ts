import { expect, test } from "vitest";
import type { ExperimentRequest } from "../../../src-main/contract/experiment.ts";
import { ladderRequest } from "../../../src-main/domain/lessons/ladder.ts";
import {
  mostPreparedRuns,
  preparedFrom,
  readPrepared,
  requestOn,
} from "../../../src-main/domain/lessons/prepared-experiment.ts";
import { presetsFor } from "../../../src-main/training/presets.ts";

const mine = { kind: "folder", path: "/home/ada/secret pictures" } as const;
const theirs = { kind: "folder", path: "/pictures" } as const;
const request: ExperimentRequest = ladderRequest(mine, presetsFor, [1, 2, 3])!;
const prepared = preparedFrom(request)!;
/** As a file brings it. */
const written = () => JSON.parse(JSON.stringify(prepared));
const problemWith = (change: (raw: ReturnType<typeof written>) => void) => {
  const raw = written();
  change(raw);
  const read = readPrepared(raw);
  return "problem" in read ? read.problem : null;
};

test("what is carried asks for the same on other pictures, and tells nothing of one's own", () => {
  expect(JSON.stringify(prepared)).not.toContain("secret");
  expect(readPrepared(written())).toEqual({ experiment: prepared });
  expect(requestOn(prepared, theirs)).toEqual({
    ...request,
    configuration: { ...request.configuration, dataset: theirs },
  });
});

test("weights to begin from are a file of one machine, and ten thousand runs are no lesson's", () => {
  const initialWeights = {
    ...{ path: "/weights", sha256: "0".repeat(64), frozenThrough: null, preprocessing: { kind: "centred" } },
  } as unknown as NonNullable<ExperimentRequest["configuration"]["initialWeights"]>;
  expect(preparedFrom({ ...request, configuration: { ...request.configuration, initialWeights } })).toBeNull();
  const seeds = Array.from({ length: mostPreparedRuns / 5 + 1 }, (_, seed) => seed);
  expect(preparedFrom({ ...request, seeds })).toBeNull();
  expect(problemWith((raw) => Object.assign(raw, { seeds }))).toBe("it has 505 runs, and 500 are the most");
});

test("what cannot be started is refused in words", () => {
  expect(problemWith((raw) => Object.assign(raw.configuration.training, { epochs: 0 }))).toMatch(
    /^configuration › training › epochs: /,
  );
  expect(problemWith((raw) => Object.assign(raw.configuration, { dataset: mine }))).toBe(
    "configuration › dataset is not known here",
  );
  expect(problemWith((raw) => Object.assign(raw.configuration.training, { quantum: true }))).toBe(
    "configuration › training › quantum is not known here",
  );
  expect(problemWith((raw) => Object.assign(raw, { onload: "alert(1)" }))).toBe("onload is not known here");
  const smoothing = { setting: "smoothnes", values: [0, 0.1] };
  expect(problemWith((raw) => Object.assign(raw, { factors: [smoothing] }))).toContain("smoothing is near it");
  expect(problemWith((raw) => Object.assign(raw, { seeds: [1, 1] }))).not.toBeNull();
  expect("problem" in readPrepared(null)).toBe(true);
  expect("problem" in readPrepared(JSON.parse(`{"__proto__":{"seeds":[1]}}`))).toBe(true);
});

test("values nested without end do no harm", () => {
  const raw = JSON.stringify(written()).replace(
    /"factors":\[.*?"isBlocked":false\}\]/,
    `"factors":[{"setting":"smoothing","values":[${"[".repeat(50_000)}${"]".repeat(50_000)}]}]`,
  );
  expect(raw).toContain("[[[[");
  expect("problem" in readPrepared(JSON.parse(raw))).toBe(true);
});
