/** What fails under Wine 8 for reasons of its own, or cannot be run there. Everything else that fails is a fault of ours. */
interface Known {
  /** Of all files where it is left out. */
  readonly file?: string;
  /** Beginning of its full name; of all tests in the file where it is left out. */
  readonly test?: string;
  /** Stands in every failure of the test. */
  readonly words?: string;
  readonly because: string;
}

const noLinks = "Wine 8 says that it made a symbolic link, and makes none";
const keepsOpenNames = "Wine 8 keeps the name of an open file that was removed until it is closed; Windows 10 does not";
const noGit = "there is no git for Windows";

const known: readonly Known[] = [
  { file: "test/engine/browse-folders.test.ts", test: "browsing folders lists", because: noLinks },
  { file: "test/datasets/image-folder.test.ts", test: "symbolic links are followed", because: noLinks },
  { file: "test/shell/open-request.test.ts", test: "a link does not go by a symbolic link", because: noLinks },
  { file: "test/platform/log.test.ts", because: keepsOpenNames },
  // Removing the folder of a command line, or of an engine, that ran in the test's own process: its log is open until that ends.
  { words: "ENOTEMPTY", because: keepsOpenNames },
  {
    file: "test/cli/unusable-home.native.test.ts",
    test: "a log that cannot be written",
    because: "Wine 8 opens a folder as a file that is added to; Windows refuses it, which Node tells as EISDIR",
  },
  { file: "test/platform/version.test.ts", because: noGit },
  {
    file: "test/training/memory-stays.native.test.ts",
    test: "ten epochs",
    words: "to be greater than 0.8",
    because:
      "Wine 8 reads TensorFlow's library into memory instead of mapping it, so that a process holds more than is predicted",
  },
  {
    file: "test/training/compiled-step.native.test.ts",
    words: "to be less than 0.00001",
    because:
      "it turns the kernels of oneDNN off by a variable that it sets too late for Windows' library; with them on, the same six fail on Linux",
  },
  {
    file: "test/models/exports/onnx-in.test.ts",
    test: "what does not add up is refused bytes that are no model",
    because: "the person's folder there is C:\\users\\root, and the test looks for that word",
  },
];

/** Files that are not run, each with its reason. */
export const leftOut: Readonly<Record<string, string>> = {
  "test/engine/out-of-memory.native.test.ts":
    "it limits memory by Linux's own files, which Wine shows, and Windows has not",
};

/** Why this test may fail; null where it may not. */
export function knownFailure(file: string, test: string, failures: readonly string[]): string | null {
  const isIt = (one: Known) =>
    (one.file ?? file) === file &&
    test.startsWith(one.test ?? "") &&
    (one.words === undefined || failures.length > 0) &&
    failures.every((words) => words.includes(one.words ?? ""));
  return known.find(isIt)?.because ?? null;
}
