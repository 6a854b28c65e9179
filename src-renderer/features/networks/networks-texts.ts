/** Words of the Networks page. */
import { counted } from "../../lib/format.ts";

export const networksTexts = {
  over: "The shelf",
  title: "Which networks are there?",
  loading: "Asking for the networks",
  retry: "Try again",
  sizes: "Size of the networks",
  paper: "As published",
  compact: "Compact",
  about: {
    paper:
      "At the size of its paper, for 1,000 classes. Figures are calculated from each network's rows; the count of layers is its paper's.",
    compact:
      "Scaled to train in minutes on small pictures, for ten classes. Figures are calculated from each network's rows; the count of layers is its paper's.",
  },
  table: (count: number) => `${count} networks`,
  core: "Core",
  coreAbout: "One band a row: width by channels, height by the side of the grid, a module's branches side by side.",
  networkOver: "Network",
  networkTitle: "A network",
  all: "All networks",
  classes: (classes: number) => counted(classes, "class", "classes"),
} as const;
