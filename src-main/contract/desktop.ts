/**
 * What the window's page may ask of the desktop around it, and what the desktop tells the page. Everything else goes to the engine over the wire.
 * Main parses each request with this schema before it does anything; a page is never believed.
 */
import { z } from "zod";

const path = z.string().min(1).max(32_000);

const savedThing = z.enum(["points", "best-weights", "last-weights", "bundle"]);
/** What a run can leave on a person's disk. */
export type SavedThing = z.infer<typeof savedThing>;

const mostDrawingBytes = 200e6;
const mostLessonCharacters = 1e6;
const mostTextCharacters = 50e6;

/** Where many pictures are. */
const picturesPlace = z.enum(["folder", "file"]);
export type PicturesAt = z.infer<typeof picturesPlace>;

export const desktopRequest = z.discriminatedUnion("kind", [
  /** Where the engine is now; answered with an `EngineLink`. */
  z.strictObject({ kind: z.literal("engine") }),
  z.strictObject({ kind: z.literal("restart-engine") }),
  /** The page holds a connection to the engine. Not answered. */
  z.strictObject({ kind: z.literal("page-connected") }),
  /** The system's dialog for a folder, or for an archive or another file of many pictures; answered with its path, or null. */
  z.strictObject({ kind: z.literal("choose-pictures"), what: picturesPlace, start: path.nullable() }),
  /** Whether the person wants the camera now: only then may the page have it. Not answered. */
  z.strictObject({ kind: z.literal("camera"), isWanted: z.boolean() }),
  /** Files dropped onto the window; the first that holds pictures is opened. Not answered. */
  z.strictObject({ kind: z.literal("dropped"), paths: z.array(path).max(1_000) }),
  /** Folders looked at before, the latest first, for the menu. Not answered. */
  z.strictObject({ kind: z.literal("recent-folders"), paths: z.array(path).max(50) }),
  /** Asks where to, and writes what a run left there; answered with a `SaveOutcome`. */
  z.strictObject({ kind: z.literal("save"), runId: z.int().positive(), what: savedThing }),
  /** Asks where to, and writes a drawing of the page there; answered with a `SaveOutcome`. */
  z.strictObject({
    kind: z.literal("save-drawing"),
    /** Of the file, as it is proposed, without an ending. */
    name: z.string().regex(/^[\w.-]{1,100}$/),
    format: z.enum(["svg", "png"]),
    bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= mostDrawingBytes),
  }),
  /** Asks where to, and writes a teacher's lesson there; answered with a `SaveOutcome`. */
  z.strictObject({
    kind: z.literal("save-lesson"),
    /** Of the file, as it is proposed. */
    name: z.string().regex(/^[\w-]{1,100}\.strata-lesson\.json$/),
    text: z.string().max(mostLessonCharacters),
  }),
  /** Asks where to, and writes a report or a table there; answered with a `SaveOutcome`. */
  z.strictObject({
    kind: z.literal("save-text"),
    /** Of the file, as it is proposed. */
    name: z.string().regex(/^[\w-]{1,100}\.(html|csv)$/),
    text: z.string().max(mostTextCharacters),
  }),
]);
export type DesktopRequest = z.infer<typeof desktopRequest>;

/** Where the engine is, as the window knows it. */
export type EngineLink =
  | { readonly state: "starting" }
  /** `http://127.0.0.1:40123`. The token stays in main, which adds it to each request. */
  | { readonly state: "listening"; readonly address: string; readonly restarts: number }
  /** It ended on its own and is started again. */
  | { readonly state: "restarting"; readonly reason: string }
  | { readonly state: "failed"; readonly problem: string; readonly remedy: string };

export type SaveOutcome =
  | { readonly kind: "saved"; readonly path: string }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly problem: string; readonly remedy: string };

interface Answers {
  readonly engine: EngineLink;
  readonly "choose-pictures": string | null;
  readonly save: SaveOutcome;
  readonly "save-drawing": SaveOutcome;
  readonly "save-lesson": SaveOutcome;
  readonly "save-text": SaveOutcome;
}
export type DesktopAnswer<K extends DesktopRequest["kind"]> = K extends keyof Answers ? Answers[K] : null;

export type DesktopEvent =
  | { readonly kind: "engine"; readonly link: EngineLink }
  /** A folder, or a file that holds many. */
  | { readonly kind: "open-pictures"; readonly path: string }
  | { readonly kind: "choose-pictures"; readonly what: PicturesAt }
  | {
      readonly kind: "go";
      readonly page: "train" | "live" | "runs" | "compare" | "networks" | "lessons" | "about" | "welcome";
    }
  | { readonly kind: "say"; readonly text: string };

/** What preload puts into the page as `window.strata`. */
export interface DesktopBridge {
  call<R extends DesktopRequest>(request: R): Promise<DesktopAnswer<R["kind"]>>;
  /** Returns what ends it. */
  onEvent(listener: (event: DesktopEvent) => void): () => void;
}
