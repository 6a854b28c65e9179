import { expect, test } from "vitest";
import { StrataError } from "../../src-main/contract/errors.ts";
import { codedErrorOf } from "../../src-main/training/thrown.ts";
import { requestFor } from "../support/with-engine.ts";

const { configuration } = requestFor(1, { training: { batchSize: 64 } });
const about = { arms: [configuration], classes: 10, pictures: 1_000, path: "/data/strata" };
const codeOf = (thrown: unknown) => codedErrorOf(thrown, about)?.code;

test("a coded error stays what it is", () => {
  const error = new StrataError("native.missing", { isInstalled: false });
  expect(codedErrorOf(error, about)).toEqual(error.toJSON());
});

test("memory that ran out, in the words of TensorFlow, of the allocator and of JavaScript, names half the batch", () => {
  for (const message of [
    "OOM when allocating tensor with shape[64,299,299,32]",
    "Resource exhausted: failed to allocate memory",
    "std::bad_alloc",
    "Array buffer allocation failed",
    "Invalid typed array length: 99999999999",
  ])
    expect(codedErrorOf(new Error(message), about)).toMatchObject({
      code: "training.out-of-memory",
      remedy: "Try a batch of 32.",
    });
  expect(codeOf(Object.assign(new Error("read"), { code: "ENOMEM" }))).toBe("training.out-of-memory");
});

test("a full disk and one that cannot be written are told apart, with the file's own path where there is one", () => {
  expect(codeOf(Object.assign(new Error("write"), { code: "ENOSPC" }))).toBe("disk.full");
  const readOnly = Object.assign(new Error("open"), { code: "EROFS", path: "/mnt/x" });
  expect(codedErrorOf(readOnly, about)).toMatchObject({
    code: "disk.read-only",
    remedy: expect.stringContaining("/mnt/x"),
  });
});

test("a fault of ours is not dressed up", () => {
  expect(codeOf(new TypeError("undefined is not a function"))).toBeUndefined();
});
