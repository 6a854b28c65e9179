/** Words of the lesson on factorised convolutions. */
import type { WayCost } from "../../../../src-main/domain/lessons/factorisation.ts";
import { count, magnitude } from "../../../lib/format.ts";

export const factorisationTexts = {
  sheet: "Two ways to one output",
  about:
    "Each way takes the same values and gives as many out. Parameters count biases; multiply-adds are of one picture, forward.",
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
  saved: "What 1×n and n×1 take of n×n",
  savedAbout: "Multiply-adds of the two, over those of one n×n: 2/n, whatever the grid and the channels.",
  kernelAxis: "n",
  shareAxis: "share of the multiply-adds",
  said: (cheapest: WayCost, first: WayCost) =>
    cheapest === first
      ? `${first.title} is the cheapest of these here.`
      : `${cheapest.title} does it with ${count(Math.round((100 * cheapest.multiplyAdds) / first.multiplyAdds))} % of the multiply-adds of “${first.title}”${
          JSON.stringify(cheapest.field) === JSON.stringify(first.field)
            ? ", and each value sees as much"
            : ", and each value sees another part"
        }.`,
} as const;
