/** What each network of an experiment trains with, and where that comes from. */
import type { ExperimentRequest } from "../contract/experiment.ts";
import { type NetworkTable, networkTable } from "../domain/networks/network-presets.ts";
import { networkColumns, networkSources, networkValueInWords } from "../domain/networks/network-words.ts";
import { roundedDecimal } from "../domain/rounding.ts";
import { lowerFirst } from "../domain/settings/setting.ts";
import { settingTitle } from "../domain/settings/settings.ts";
import { short } from "./format.ts";
import { table } from "./table.ts";

type NetworkRow = NetworkTable["networks"][number];

/** Empty where networks are no factor, or have the base's settings all. */
export function networksInWords(request: ExperimentRequest): string {
  const found = networkTable(request);
  if (found === null) return "";
  const networks = table<NetworkRow>(
    [
      { title: "network", cell: ({ model }) => model },
      ...networkColumns(found).map(({ setting }) => ({
        title: lowerFirst(settingTitle(setting)),
        isNumber: true,
        cell: ({ values }: NetworkRow) => networkValueInWords(setting, values[setting]),
      })),
      {
        title: "multiply-adds",
        isNumber: true,
        cell: ({ multiplyAdds }) => reached(multiplyAdds, found.multiplyAdds),
      },
      ...(found.minutes === null
        ? []
        : [
            {
              title: "minutes",
              isNumber: true,
              cell: ({ minutes }: NetworkRow) => `about ${roundedDecimal(minutes ?? 0, 1)} of ${found.minutes}`,
            },
          ]),
    ],
    found.networks,
  );
  return `${networks}\n${sourcesInWords(found, request)}\n`;
}

function sourcesInWords(found: NetworkTable, { networks }: ExperimentRequest): string {
  const { own, held, varied } = networkSources(found);
  const lines = [
    `From each network's ${networks?.preset} preset: ${own || "nothing that differs"}; the rest is the same in all of them.`,
    held && `Held equal: ${held}.`,
    found.multiplyAdds === null ? "" : `Width for nearest to ${short(found.multiplyAdds)} multiply-adds a picture.`,
    found.minutes === null ? "" : minutesInWords(found.minutes),
    varied && `Varied: ${varied}.`,
  ];
  return lines
    .filter((line) => line !== "")
    .map((line) => `${line}\n`)
    .join("");
}

function minutesInWords(minutes: number): string {
  return `Epochs for ${minutes} min of training and validation, one at least. Times are estimates: of one run by itself on all threads that this machine lends, without its start and the decoding of pictures.`;
}

function reached(multiplyAdds: number | null, wanted: number | null): string {
  if (multiplyAdds === null) return "varied";
  return wanted === null ? short(multiplyAdds) : `${short(multiplyAdds)} of ${short(wanted)}`;
}
