/** Pictures of the same three classes in front of the last layer of each run's network. Made by the sheet that shows them. */
import type { ClassPlane, ThreePlaces } from "../../../src-main/contract/inference.ts";
import type { RunWeights } from "../../../src-main/contract/weights.ts";
import type { Api } from "../../lib/engine/client.ts";
import { LatestAnswer } from "../../lib/latest-answer.svelte.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

export interface ClassPlanesQuestion {
  readonly from: readonly RunWeights[];
  /** Null: those that the first network's templates suggest. */
  readonly places: Readonly<ThreePlaces> | null;
}

export class ClassPlanesState extends LatestAnswer<ClassPlanesQuestion, { readonly planes: readonly ClassPlane[] }> {
  constructor(api: Api) {
    super(async ({ from, places }) => {
      const planes: ClassPlane[] = [];
      for (const one of from) {
        const [first, second, third] = places ?? planes[0]?.places ?? [];
        const asked = third === undefined ? null : ([first!, second!, third] satisfies ThreePlaces);
        planes.push(await api.inference.classPlane.query({ from: one, places: asked }));
      }
      return { planes };
    });
  }
}

export const [classPlanesState, provideClassPlanes] = createMakerContext<ClassPlanesState>();
