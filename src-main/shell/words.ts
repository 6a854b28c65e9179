/** What the window's frame says: menu, dialogs, notices, and what became of the engine. The pages' own words lie beside their components. */
import type { EndedJob } from "../contract/engine-process.ts";
import { roundedPercent } from "../domain/rounding.ts";
import { endInWords, killedFromOutside } from "../domain/runs/process-end.ts";
import { visibleText } from "../domain/visible-text.ts";

export const engineEndTexts = {
  notStarted: (problem: string) => `it could not be started: ${problem}`,
  /** Why a process ended on its own. */
  ended: (code: number | null, signal: string | null, lastLines: readonly string[]): string => {
    const how = endInWords({ code, signal, lastLines }, process.platform);
    if (how === killedFromOutside) return "it was killed, perhaps because memory ran out";
    // The line that names the error stands above the stack that follows it.
    const told = [...lastLines].reverse().find((line) => /error/i.test(line)) ?? lastLines[lastLines.length - 1];
    return told === undefined ? how : `${how}: ${told.trim().slice(0, 300)}`;
  },
  keepsEnding: (reason: string) => ({
    problem: `The engine ended again and again (${reason}).`,
    remedy: "Everything recorded is kept. Start it again; if it ends the same way, start the computer anew.",
  }),
} as const;

export const dialogWords = {
  chooseFolder: "Choose a folder of pictures",
  chooseFile: "Choose an archive or a file of many pictures",
  choose: "Open",
  notOpened: (path: string) =>
    `Strata opens folders of this computer, archives, and files of many pictures. Single pictures are added by Take or paste pictures. Not opened: ${path}`,
  save: {
    points: "Save every recorded point",
    weights: "Save the weights",
    bundle: "Save the run for another Strata",
    drawing: "Save the drawing",
    lesson: "Save the lesson",
    report: "Save the report",
  },
  fileTypes: {
    pictures: "Archives and files of many pictures",
    all: "All files",
    points: "Comma-separated values",
    weights: "Weights (safetensors)",
    bundle: "Run bundle of Strata (zip)",
    svg: "Drawing (SVG)",
    png: "Picture (PNG)",
    lesson: "Lesson of Strata (JSON)",
    report: "Page (HTML)",
  },
  notSaved: (path: string) => ({
    problem: "The file could not be written.",
    remedy: `Make room there, or choose a place that this user may write to: ${path}`,
  }),
  noAnswer: { problem: "The engine did not answer.", remedy: "Try again once it is connected." },
  opening: {
    message: "A link asks Strata to open this folder.",
    detail: (folder: string) =>
      `${visibleText(folder)}\n\nStrata would read the pictures in it. Cancel if you did not expect this.`,
    cancel: "Cancel",
    open: "Open folder",
  },
  closing: {
    message: "Training is still going.",
    detail: (title: string, waiting: number) =>
      `${title}${waiting > 0 ? `, and ${waiting} more waiting` : ""}.\n` +
      "It can go on without a window: Strata says when it is done, and starting it again shows it. " +
      "Paused, it goes on from this very step another time.",
    background: "Keep training",
    pause: "Pause",
    stop: "Stop and keep",
    cancel: "Cancel",
  },
} as const;

export const noticeWords = {
  ended: ({ title, state, top1, error }: EndedJob): { readonly title: string; readonly body: string } => {
    if (state === "failed") return { title: `Training failed: ${title}`, body: error?.problem ?? "" };
    const looked = top1.filter((value) => value !== null);
    const figures = looked.map((value) => `${roundedPercent(value)} %`).join(" against ");
    const body = looked.length > 0 ? `Top-1 on validation pictures: ${figures}` : "";
    const what =
      state === "finished" ? "Training finished" : state === "paused" ? "Training paused" : "Training stopped";
    return { title: `${what}: ${title}`, body };
  },
} as const;

export const terminalWords = {
  noCommands: (word: string): string => `This program opens the window, and knows no command "${word}".`,
  help: (commandLine: string): string =>
    [
      "Usage: strata [folder, archive or list of pictures]   opens the window, with these pictures",
      "       strata --self-test   opens the window, trains one step, and prints one line of JSON",
      "       strata --version",
      "       strata --help",
      `The command line, which trains and compares too: ${commandLine}`,
      "",
    ].join("\n"),
} as const;

/** Two versions have one record, and one window at a time. */
export const otherVersionStarted = (own: string, other: string): string =>
  `Strata ${other} was started while this one, ${own}, is open. To use it, quit this one first.`;

export const menuWords = {
  file: "&File",
  newExperiment: "New experiment",
  openFolder: "Open folder…",
  openFile: "Open archive or file…",
  openRecent: "Open recent",
  noRecent: "None yet",
  close: "Close window",
  quit: "Quit Strata",
  edit: "&Edit",
  go: "&Go",
  train: "Train",
  live: "Live",
  runs: "Runs",
  compare: "Compare",
  networks: "Networks",
  lessons: "Lessons",
  training: "&Training",
  pause: "Pause",
  stop: "Stop and keep",
  view: "&View",
  light: "Light",
  dark: "Dark",
  asSystem: "As the system",
  help: "&Help",
  welcome: "Welcome and first training",
  dataFolder: "Show the folder of records",
  licences: "Licences",
  about: "About Strata",
} as const;
