/** A picture, the networks that it is held to, and what they say. Made by the page that shows it. */
import type { AnsweringNetwork, PictureAnswer } from "../../../src-main/contract/inference.ts";
import type { KeptState, RunWeights } from "../../../src-main/contract/weights.ts";
import type { Api } from "../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { sendInParts } from "../../lib/engine/send-in-parts.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

/** What one run's network said; the error in its place where it could not. */
export type RunAnswer =
  | { readonly runId: number; readonly answer: PictureAnswer }
  | { readonly runId: number; readonly error: ShownError };

export class PredictState {
  readonly #api: Api;
  runIds = $state.raw<readonly number[]>([]);
  /** What the engine holds the picture by. */
  heldId = $state.raw<string | null>(null);
  /** In the order of the runs; of the picture before, until there are new ones. */
  answers = $state.raw<readonly RunAnswer[]>([]);
  /** The first that answered; null while none has. */
  readonly network = $derived(this.answers.flatMap((one) => ("answer" in one ? [one.answer.network] : []))[0] ?? null);
  /** A picture is on its way, or a network has not answered yet. */
  isAsking = $state(false);
  error = $state.raw<ShownError | null>(null);
  /** The epochs that each run can answer as, the first first. */
  #epochs = $state.raw<ReadonlyMap<number, readonly KeptState[]>>(new Map());
  /** All of the runs'. */
  readonly epochs = $derived(
    [...new Set(this.runIds.flatMap((runId) => (this.#epochs.get(runId) ?? []).map(({ epoch }) => epoch)))].sort(
      (a, b) => a - b,
    ),
  );
  /** Null: what each run ended with. */
  epoch = $state<number | null>(null);
  /** By their runs. */
  #networks = $state.raw<ReadonlyMap<number, AnsweringNetwork>>(new Map());
  #asked = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** The same picture goes to other networks. */
  async choose(runIds: readonly number[]): Promise<void> {
    if (runIds.join() === this.runIds.join()) return;
    this.runIds = runIds;
    this.answers = [];
    // The process that answers is started while the person looks for a picture. What stands against it, the answer says.
    this.epoch = null;
    for (const runId of runIds) void this.#find(runId);
    await this.#ask(async () => this.heldId);
  }

  /** A run's weights at the chosen epoch: of those that are kept the last one up to it, or its first. */
  weightsOf(runId: number): RunWeights {
    const { epoch: chosen } = this;
    const kept = (this.#epochs.get(runId) ?? []).map(({ epoch }) => epoch);
    const epoch = chosen === null ? null : (kept.findLast((one) => one <= chosen) ?? kept[0] ?? null);
    // What it ended with needs no number, and what was asked of it stays as it is.
    return epoch === null || epoch === kept.at(-1) ? { kind: "run", runId } : { kind: "run", runId, epoch };
  }

  /** On disk, of all epochs of the runs. */
  readonly epochBytes = $derived(
    this.runIds.reduce(
      (sum, runId) => sum + (this.#epochs.get(runId) ?? []).reduce((all, { bytes }) => all + bytes, 0),
      0,
    ),
  );

  /** @param epoch null: what each run ended with */
  async chooseEpoch(epoch: number | null): Promise<void> {
    if (epoch === this.epoch) return;
    this.epoch = epoch;
    await this.#ask(async () => this.heldId);
  }

  /** In the order of the logits; null where they are not known. */
  classNamesOf(runId: number): readonly string[] | null {
    return this.#networks.get(runId)?.classNames ?? null;
  }

  /** Only the latest picture counts. */
  async show(picture: Blob): Promise<void> {
    await this.#ask(
      async () => (await sendInParts(picture, (part) => this.#api.inference.hold.mutate(part)))?.id ?? null,
    );
  }

  refuse(error: ShownError): void {
    this.error = error;
  }

  async #ask(hold: () => Promise<string | null>): Promise<void> {
    const asked = ++this.#asked;
    this.error = null;
    this.isAsking = true;
    try {
      const id = await hold();
      if (asked !== this.#asked) return;
      if (id === null) return;
      const answers = await Promise.all(this.runIds.map((runId) => this.#answer(runId, id)));
      if (asked !== this.#asked) return;
      this.heldId = id;
      this.answers = answers;
    } catch (thrown) {
      if (asked === this.#asked) this.error = shownError(thrown);
    } finally {
      if (asked === this.#asked) this.isAsking = false;
    }
  }

  async #find(runId: number): Promise<void> {
    const asked = [
      this.#api.inference.network.query({ from: { kind: "run", runId } }).then((network) => {
        this.#networks = new Map([...this.#networks, [runId, network]]);
      }),
      this.#api.inference.epochs.query({ runId }).then((epochs) => {
        this.#epochs = new Map([...this.#epochs, [runId, epochs]]);
      }),
    ];
    // What stands against it, the answer says.
    await Promise.allSettled(asked);
  }

  async #answer(runId: number, id: string): Promise<RunAnswer> {
    try {
      const asked = { from: this.weightsOf(runId), picture: { kind: "held", id } } as const;
      return { runId, answer: await this.#api.inference.answer.query(asked) };
    } catch (thrown) {
      return { runId, error: shownError(thrown) };
    }
  }
}

export const [predictState, providePredict] = createMakerContext<PredictState>();
