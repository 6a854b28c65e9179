/** Something about this machine that stops set-up, in one sentence that says what is wrong and what to do. Anything else thrown is our mistake. */
export class SetUpProblem extends Error {
  /** @override */
  name = "SetUpProblem";
}

/** What the file system's error numbers mean; the app's own table is src-main/platform/disk-trouble.ts, and a test holds both to be the same. */
const MEANINGS = {
  full: ["ENOSPC", "EDQUOT"],
  "not-writable": ["EROFS", "EACCES", "EPERM"],
  "no-folder": ["ENOTDIR", "EEXIST", "EISDIR", "ENOENT", "ELOOP", "ENODEV", "ENXIO", "ERR_INVALID_ARG_VALUE"],
  "too-long": ["ENAMETOOLONG"],
  "in-use": ["EBUSY", "ETXTBSY"],
  failing: ["EIO", "EFBIG", "ESTALE", "ENOTCONN"],
};

const WORDS = {
  full: (folder, elsewhere) => `The disk is full: free some space and start again${elsewhere}: ${folder}`,
  "not-writable": (folder, elsewhere) =>
    `The folder cannot be written: give this user the right to${elsewhere}: ${folder}`,
  "no-folder": (folder, elsewhere) =>
    `The folder cannot be made, since a file is in its way or the path is wrong: mend that${elsewhere}: ${folder}`,
  "too-long": (folder, elsewhere) =>
    `A path there is longer than this system takes: use a folder nearer to the root of the disk${elsewhere}: ${folder}`,
  "in-use": (folder, elsewhere) =>
    `Another program has it open: close what may have, a virus scanner for one, and start again${elsewhere}: ${folder}`,
  failing: (folder, elsewhere) =>
    `The disk reported an error, or a file there may not become larger: look at the disk and at limits on the size of files${elsewhere}: ${folder}`,
};

export function isDiskTrouble(thrown) {
  return meaningOf(thrown) !== undefined;
}

/** The system's name for what went wrong, as in ENOENT. @param {unknown} thrown */
export function codeOf(thrown) {
  return thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
}

function meaningOf(thrown) {
  return Object.keys(MEANINGS).find((meaning) => MEANINGS[meaning].includes(codeOf(thrown)));
}

/** What the system says about a folder or a disk, in words; anything else is passed on. */
export function inWords(thrown, folder, variable) {
  const elsewhere = variable ? `, or set ${variable} to another folder` : "";
  const meaning = meaningOf(thrown);
  return meaning ? new SetUpProblem(WORDS[meaning](folder, elsewhere)) : thrown;
}
