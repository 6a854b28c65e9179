/** What the shelf tells of each network, and the order that a person gives it. Pure. */
import type { ArchitectureView } from "../../../src-main/contract/architecture.ts";
import { magnitude, pixels } from "../../lib/format.ts";
import type { ColumnSort } from "../../ui/sort-order.ts";

export interface ShelfColumn {
  readonly id: "title" | "year" | "layers" | "input" | "parameters" | "multiplyAdds";
  readonly title: string;
  /** What the figure counts, and where it is from. */
  readonly about: string;
  readonly isNumber: boolean;
  readonly value: (network: ArchitectureView) => string | number;
  readonly words: (network: ArchitectureView) => string;
  /** Left out where the window is narrow. */
  readonly isMinor?: boolean;
}

export const shelfColumns: readonly ShelfColumn[] = [
  {
    id: "title",
    title: "Network",
    about: "Its name, and which variant of it this is.",
    isNumber: false,
    value: ({ title }) => title,
    words: ({ title }) => title,
  },
  {
    id: "year",
    title: "Year",
    about: "Of its paper.",
    isNumber: true,
    value: ({ year }) => year,
    words: ({ year }) => String(year),
    isMinor: true,
  },
  {
    id: "layers",
    title: "Layers",
    about: "Layers with weights on the longest path, as the paper counts them.",
    isNumber: true,
    value: ({ weightLayers }) => weightLayers,
    words: ({ weightLayers }) => String(weightLayers),
  },
  {
    id: "input",
    title: "Input",
    about: "Side of the square picture that it takes.",
    isNumber: true,
    value: ({ inputPixels }) => inputPixels,
    words: ({ inputPixels }) => pixels(inputPixels),
    isMinor: true,
  },
  {
    id: "parameters",
    title: "Parameters",
    about: "Trainable weights without auxiliary heads, calculated from the network's rows.",
    isNumber: true,
    value: ({ parameters }) => parameters,
    words: ({ parameters }) => magnitude(parameters),
  },
  {
    id: "multiplyAdds",
    title: "Multiply-adds",
    about: "Of one picture's forward pass, calculated from the network's rows.",
    isNumber: true,
    value: ({ multiplyAdds }) => multiplyAdds,
    words: ({ multiplyAdds }) => magnitude(multiplyAdds),
  },
];

export type ShelfSort = ColumnSort<ShelfColumn["id"]>;

/** Networks that are alike in the column stay in the order in which they came. */
export function sortedShelf(networks: readonly ArchitectureView[], sort: ShelfSort): readonly ArchitectureView[] {
  const { value } = shelfColumns.find(({ id }) => id === sort.column)!;
  const direction = sort.isDescending ? -1 : 1;
  return [...networks].sort((one, other) => direction * compared(value(one), value(other)));
}

function compared(one: string | number, other: string | number): number {
  return typeof one === "number" && typeof other === "number"
    ? one - other
    : String(one).localeCompare(String(other), "en", { numeric: true });
}
