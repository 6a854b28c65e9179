/** Something about this machine that stops set-up, in one sentence that says what is wrong and what to do. Anything else thrown is our mistake. */
export class SetUpProblem extends Error {
  name = "SetUpProblem";
}

/** What the system says about a folder or a disk, in words; anything else is passed on. */
export function inWords(thrown, folder, variable) {
  const elsewhere = variable ? `, or set ${variable} to another folder` : "";
  switch (thrown?.code) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new SetUpProblem(`The folder cannot be written: give this user the right to${elsewhere}: ${folder}`);
    case "ENOTDIR":
    case "ENOENT":
    case "EEXIST":
      return new SetUpProblem(`The folder cannot be made: a file is in its way, or the path is wrong: ${folder}`);
    case "ENOSPC":
    case "EDQUOT":
      return new SetUpProblem(`The disk is full: free some space and start again${elsewhere}: ${folder}`);
    default:
      return thrown;
  }
}
