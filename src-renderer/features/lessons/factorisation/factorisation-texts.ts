/** Words of the lesson on factorised convolutions. */
import type { WayCost } from "../../../../src-main/domain/lessons/factorisation.ts";
import { count, magnitude } from "../../../lib/format.ts";

export const factorisationTexts = {
  sheet: "Two ways to one output",
  about:
    "Each way takes the same values and gives as many out. “3×3/1 same, 64” is a 3×3 kernel at stride 1, padded, with 64 channels out. Parameters count biases; multiply-adds are of one picture, forward.",
  which: "What is replaced",
  grid: "Side of the grid",
  channels: "Channels",
  kernel: "n, side of the kernel",
  table: "What each way costs",
  way: "Way",
  layers: "Layers",
  output: "Out",
  field: "Sees",
  parameters: "Parameters",
  multiplyAdds: "Multiply-adds",
  share: "of the first",
  fieldText: ({ field }: WayCost) => (field === null ? "all" : `${field.height} × ${field.width}`),
  outputText: ({ output }: WayCost) => `${output.height} × ${output.width} × ${output.channels}`,
  shareText: (share: number) => `${count(Math.round(share * 100))} %`,
  figure: (way: string) => `${way}, multiply-adds`,
  figureText: (value: number) => magnitude(value),
  from: "kernel × channels in × channels out × places out, summed over the layers",
  saved: "1×n and n×1 in place of n×n",
  savedAbout: "The two take 2/n of the multiply-adds of one n×n, whatever the grid and the channels.",
  kernelAxis: "n, side of the kernel",
  shareAxis: "share of the multiply-adds",
  said: (cheapest: WayCost, first: WayCost) =>
    cheapest === first
      ? `“${first.title}” takes the fewest multiply-adds of these.`
      : `“${cheapest.title}” takes ${count(Math.round((100 * cheapest.multiplyAdds) / first.multiplyAdds))} % of the multiply-adds of “${first.title}”${
          JSON.stringify(cheapest.field) === JSON.stringify(first.field)
            ? ", and each value sees as much"
            : ", and each value sees another part"
        }.`,
} as const;
