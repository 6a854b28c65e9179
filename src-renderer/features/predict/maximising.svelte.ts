/** Pictures that parts of a run's network answer to ever more, as they form. Made by the sheet that shows them. */
import type { MaximisedPicture, MaximisedTarget, MaximisingQuestion } from "../../../src-main/contract/inference.ts";
import type { Api } from "../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { createMakerContext } from "../../lib/maker-context.ts";
import type { Pixels } from "../../ui/pixels.ts";

export interface Forming {
  readonly target: MaximisedTarget;
  /** Null until it is begun. */
  readonly picture: (Omit<MaximisedPicture, "rgb" | "target"> & { readonly pixels: Pixels }) | null;
}

export class MaximisingState {
  readonly #api: Api;
  /** In the order of the targets. */
  forming = $state.raw<readonly Forming[]>([]);
  isAsking = $state(false);
  /** By the pace so far; null until there is one. */
  secondsLeft = $state<number | null>(null);
  error = $state.raw<ShownError | null>(null);
  /** What has formed by the question's words, so that a person can go back to it. */
  readonly #formed = new Map<string, readonly Forming[]>();
  #shown: string | null = null;
  #leave: (() => void) | null = null;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Shows what has formed to this question; nothing where it was not asked. What goes on for another is left. */
  show(question: MaximisingQuestion): void {
    const key = JSON.stringify(question);
    if (key === this.#shown) return;
    this.stop();
    this.#shown = key;
    this.error = null;
    this.forming = this.#formed.get(key) ?? [];
  }

  /** What was asked before is left. */
  start(question: MaximisingQuestion): void {
    this.stop();
    const startedAtMillis = Date.now();
    const key = JSON.stringify(question);
    this.#shown = key;
    this.forming = question.targets.map((target) => ({ target, picture: null }));
    this.isAsking = true;
    this.error = null;
    this.secondsLeft = null;
    const asking = this.#api.inference.maximise.subscribe(question, {
      onData: (picture) => {
        this.#receive(picture);
        this.#formed.set(key, this.forming);
        const done = picture.target + (picture.isSilent ? 1 : picture.step / question.steps);
        const seconds = (Date.now() - startedAtMillis) / 1000;
        this.secondsLeft = (seconds / done) * (this.forming.length - done);
      },
      onError: (thrown) => {
        this.error = shownError(thrown);
        this.isAsking = false;
      },
      onComplete: () => (this.isAsking = false),
    });
    this.#leave = () => asking.unsubscribe();
  }

  /** What has formed stays. */
  stop(): void {
    this.#leave?.();
    this.#leave = null;
    this.isAsking = false;
  }

  #receive({ target: place, rgb, ...said }: MaximisedPicture): void {
    const picture = { ...said, pixels: pixelsOf(rgb, said.inputPixels) };
    this.forming = this.forming.map((one, at) => (at === place ? { ...one, picture } : one));
  }
}

function pixelsOf(rgb: string, side: number): Pixels {
  const binary = atob(rgb);
  const bytes = new Uint8ClampedArray(4 * side * side).fill(255);
  for (let at = 0; at < binary.length; at++) bytes[4 * Math.floor(at / 3) + (at % 3)] = binary.charCodeAt(at);
  return { height: side, width: side, bytes };
}

export const [maximisingState, provideMaximising] = createMakerContext<MaximisingState>();
