import type { LayerProbe, LayerProbes } from "../../../src-main/contract/inference.ts";
import { csvOf } from "../../../src-main/domain/csv.ts";

type Network = LayerProbes & { readonly name: string };

/** How much of the class each depth of these networks gives, as a table for other programs: a line for each, the pixels first. */
export function probesCsv(networks: readonly Network[]): string {
  const rows = networks.flatMap((network) =>
    [...(network.pixels ? [network.pixels] : []), ...network.layers].map((probe) => ({ network, probe })),
  );
  return csvOf<{ readonly network: Network; readonly probe: LayerProbe }>(
    [
      ["network", ({ network }) => network.name],
      ["split", () => "validation"],
      ["pictures", ({ network }) => network.validation.pictures],
      ["unit", () => "fraction"],
      ["layer", ({ probe }) => probe.row],
      ["channels", ({ probe }) => probe.channels],
      ["accuracy", ({ probe }) => probe.share],
      ["low", ({ probe }) => probe.interval?.low ?? ""],
      ["high", ({ probe }) => probe.interval?.high ?? ""],
    ],
    rows,
  );
}
