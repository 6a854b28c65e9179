/** Words of networks that vary. */
import { mostMinutes } from "../../../src-main/contract/experiment.ts";
import type { NetworkTable, SettingSource } from "../../../src-main/domain/networks/network-presets.ts";
import { networkSources } from "../../../src-main/domain/networks/network-words.ts";
import { count, counted, decimal, magnitude } from "../../lib/format.ts";

export const networkLevelTexts = {
  legend: "Networks that are trained",
  add: "Vary the network",
  all: "Whole shelf",
  families: "One a family",
  clear: "None",
  chosen: (networks: number) => counted(networks, "network"),
  none: "Choose the networks.",
  alike: "What all networks have alike",
  alikeOptions: [
    { value: "nothing", label: "Own preset each" },
    { value: "width", label: "Same width" },
    { value: "recipe", label: "Same recipe" },
    { value: "multiplyAdds", label: "Same multiply-adds" },
    { value: "minutes", label: "Same minutes" },
  ],
  alikeAbout: (network: string) => ({
    nothing: "Input, width and recipe are each network’s own, chosen by trying.",
    width: `All have the width of ${network}; the recipe is each one’s own.`,
    recipe: `All are trained as ${network} is; input and width are each one’s own.`,
    multiplyAdds: `Each has the width at which a picture takes nearest to so many, or to as many as ${network} does; the recipe is each one’s own.`,
    minutes:
      "Each trains as many epochs as fit in the minutes on this machine, one at least; the rest is each one’s own. How long an epoch takes is estimated now.",
  }),
  multiplyAdds: "Multiply-adds a picture",
  wrongMultiplyAdds: "A number of millions, such as 40.",
  minutes: "Minutes of training",
  wrongMinutes: `A number of minutes, such as 5, and at most ${count(mostMinutes)}.`,
  table: "What each network trains with",
  network: "Network",
  multiplyAddsColumn: "Multiply-adds",
  minutesColumn: "Training time",
  source: {
    own: "own preset",
    held: "held equal",
    budget: "by multiply-adds",
    minutes: "by minutes",
    varied: "varied",
  } satisfies Readonly<Record<SettingSource, string>>,
  reached: (multiplyAdds: number | null, wanted: number | null) => {
    if (multiplyAdds === null) return "varied";
    return wanted === null ? magnitude(multiplyAdds) : `${magnitude(multiplyAdds)} of ${magnitude(wanted)}`;
  },
  /** Estimated, of a budget. */
  within: (minutes: number | null, wanted: number) =>
    minutes === null ? "–" : `about ${decimal(minutes, 1)} of ${decimal(wanted, 1)} min`,
} as const;

/** Below the table: what no column tells. */
export function networkNotes(table: NetworkTable): readonly string[] {
  const { held, varied } = networkSources(table);
  return [
    held === "" ? "" : `Held equal: ${held}.`,
    varied === "" ? "" : `Varied: ${varied}.`,
    table.minutes === null
      ? ""
      : "Training times are estimates, validation included: of one run by itself on all threads that this machine lends, without its start and the decoding of pictures.",
    "Everything else is the same in these networks’ presets.",
  ].filter((note) => note !== "");
}
