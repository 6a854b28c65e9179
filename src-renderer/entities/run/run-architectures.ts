/** The networks that runs were made of, asked for once each: their cores stand beside every run. */
import type { ArchitectureView } from "../../../src-main/contract/architecture.ts";
import type { RunView } from "../../../src-main/contract/run.ts";
import { api } from "../../lib/engine/client.ts";

const known = new Map<string, Promise<ArchitectureView>>();

/** The network of a run, at its size and with its classes. A question that failed is asked again next time. */
export function architectureOf(run: RunView): Promise<ArchitectureView> {
  const choice = { ...run.configuration.model, classes: Math.max(2, run.dataset.classes.length) };
  const key = JSON.stringify(choice);
  const asked = known.get(key);
  if (asked) return asked;
  const answer = api.models.show.query(choice);
  answer.catch(() => known.delete(key));
  known.set(key, answer);
  return answer;
}
