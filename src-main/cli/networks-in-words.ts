/** What each network of an experiment trains with, and where that comes from. */
import { optimizer } from "../contract/configuration.ts";
import type { ExperimentRequest } from "../contract/experiment.ts";
import { changeInWords } from "../domain/experiment-plan.ts";
import { type NetworkTable, networkTable, type SettingSource } from "../domain/network-presets.ts";
import { optimizerInWords } from "../domain/optimizer-words.ts";
import { lowerFirst } from "../domain/settings/setting.ts";
import { settingOf, settingTitle } from "../domain/settings/settings.ts";
import { short } from "./format.ts";
import { table } from "./table.ts";

/** Empty where networks are no factor, or have the base's settings all. */
export function networksInWords(request: ExperimentRequest): string {
  const found = networkTable(request);
  if (found === null) return "";
  const columns = found.settings.filter(({ isDifferent, source }) => isDifferent || source === "budget");
  const networks = table<NetworkTable["networks"][number]>(
    [
      { title: "network", cell: ({ model }) => model },
      ...columns.map(({ setting }) => ({
        title: lowerFirst(settingTitle(setting)),
        isNumber: true,
        cell: ({ values }: NetworkTable["networks"][number]) => valueInWords(setting, values[setting]),
      })),
      {
        title: "multiply-adds",
        isNumber: true,
        cell: ({ multiplyAdds }) => reached(multiplyAdds, found.multiplyAdds),
      },
    ],
    found.networks,
  );
  return `${networks}\n${sourcesInWords(found, request)}\n`;
}

function sourcesInWords(
  { settings, multiplyAdds, networks }: NetworkTable,
  { networks: asked }: ExperimentRequest,
): string {
  const of = (source: SettingSource) => settings.filter((one) => one.source === source);
  const titles = (source: SettingSource) => of(source).map(({ setting }) => lowerFirst(settingTitle(setting)));
  const held = of("held").map(({ setting }) => changeInWords({ setting, value: networks[0]?.values[setting] }));
  const different = of("own").filter(({ isDifferent }) => isDifferent);
  const lines = [
    `From each network's ${asked?.preset} preset: ${different.map(({ setting }) => lowerFirst(settingTitle(setting))).join(", ") || "nothing that differs"}; the rest is the same in all of them.`,
    held.length > 0 ? `Held equal: ${held.join(", ")}.` : "",
    multiplyAdds === null ? "" : `Width for nearest to ${short(multiplyAdds)} multiply-adds a picture.`,
    of("varied").length > 0 ? `Varied: ${titles("varied").join(", ")}.` : "",
  ];
  return lines
    .filter((line) => line !== "")
    .map((line) => `${line}\n`)
    .join("");
}

function reached(multiplyAdds: number | null, wanted: number | null): string {
  if (multiplyAdds === null) return "varied";
  return wanted === null ? short(multiplyAdds) : `${short(multiplyAdds)} of ${short(wanted)}`;
}

function valueInWords(id: string, value: unknown): string {
  const type = settingOf(id)?.value;
  if (value === null) return (type && "empty" in type && type.empty) || "none";
  if (id === "optimizer") return optimizerInWords(optimizer.parse(value));
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "object" ? Object.values(value ?? {}).join(" ") : String(value);
}
