/** Every term of the glossary, by subject. Nothing else lists them. */
import type { MetricId } from "../../../src-main/contract/metric.ts";
import type { Term } from "./term.ts";
import { termsOfExperiments } from "./terms/terms-of-experiments.ts";
import { termsOfFigures } from "./terms/terms-of-figures.ts";
import { termsOfGpus } from "./terms/terms-of-gpus.ts";
import { termsOfNetworks } from "./terms/terms-of-networks.ts";
import { termsOfTraining } from "./terms/terms-of-training.ts";

export const termSubjects: readonly { readonly title: string; readonly terms: readonly Term[] }[] = [
  { title: "What is measured", terms: termsOfFigures },
  { title: "What networks are made of", terms: termsOfNetworks },
  { title: "How they are trained", terms: [...termsOfTraining, ...termsOfGpus] },
  { title: "How runs are compared", terms: termsOfExperiments },
];

export const allTerms: readonly Term[] = termSubjects.flatMap(({ terms }) => terms);

export function termOf(id: string): Term | undefined {
  return allTerms.find((term) => term.id === id);
}

export function termOfMetric(metric: MetricId): Term | undefined {
  return allTerms.find(({ metrics }) => metrics?.includes(metric));
}

export function termOfSetting(setting: string): Term | undefined {
  return allTerms.find(({ settings }) => settings?.includes(setting));
}
