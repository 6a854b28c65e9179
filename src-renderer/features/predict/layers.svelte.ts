/** What one row of a run's network gives for the picture that is held. Made by the sheet that shows it. */
import { z } from "zod";
import type { Activations } from "../../../src-main/contract/inference.ts";
import type { RunWeights } from "../../../src-main/contract/weights.ts";
import type { ShownError } from "../../lib/engine/errors.ts";
import { createMakerContext } from "../../lib/maker-context.ts";
import { predictTexts } from "./predict-texts.ts";

export interface LayerQuestion {
  readonly from: RunWeights;
  readonly heldId: string;
  /** Its path in the network's table. */
  readonly row: string;
}

/** Asks the engine for what it serves beside its wire. */
export type LoadFile = (path: string, query: Readonly<Record<string, string>>) => Promise<Response>;

const refusal = z.object({ error: z.object({ problem: z.string(), remedy: z.string() }) });
/** Height, width and channels stand before the values. */
const headBytes = 12;

export class LayerState {
  readonly #load: LoadFile;
  /** With what was asked; of the question before, until there is an answer. */
  found = $state.raw<{ readonly question: LayerQuestion; readonly activations: Activations } | null>(null);
  error = $state.raw<ShownError | null>(null);
  #asked = 0;

  constructor(load: LoadFile) {
    this.#load = load;
  }

  /** Only the answer to the latest question counts. */
  async load(question: LayerQuestion): Promise<void> {
    const asked = ++this.#asked;
    this.error = null;
    try {
      const { from, heldId, row } = question;
      const query = { run: String(from.runId), row };
      const response = await this.#load(
        `/activations/${heldId}`,
        from.epoch === undefined ? query : { ...query, epoch: String(from.epoch) },
      );
      const answer = response.ok ? activationsIn(await response.arrayBuffer()) : await refusalIn(response);
      if (asked !== this.#asked) return;
      if ("problem" in answer) this.error = answer;
      else this.found = { question, activations: answer };
    } catch {
      if (asked === this.#asked) this.error = predictTexts.noLayer;
    }
  }
}

async function refusalIn(response: Response): Promise<ShownError> {
  const said = refusal.safeParse(await response.json().catch(() => null));
  return said.success ? { code: null, ...said.data.error } : predictTexts.noLayer;
}

/** As `server/activations.ts` has it. */
function activationsIn(bytes: ArrayBuffer): Activations {
  const head = new DataView(bytes);
  const [height, width, channels] = [0, 4, 8].map((at) => head.getUint32(at, true)) as [number, number, number];
  const count = height * width * channels;
  const values = Float32Array.from({ length: count }, (_, at) => head.getFloat32(headBytes + 4 * at, true));
  return { height, width, channels, values };
}

export const [layerState, provideLayer] = createMakerContext<LayerState>();
