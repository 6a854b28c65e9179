/** Words of the presentation. */
import type { Screen } from "./screens.ts";

export const presentTexts = {
  place: (screen: number, screens: number) => `${screen + 1} of ${screens}`,
  over: {
    claim: "The claim",
    think: "To think about",
    try: "To try",
  } satisfies Partial<Record<Screen["kind"], string>>,
  screen: "What is shown",
  previous: "Back",
  next: "On",
  pen: "Pen",
  clear: "Clear",
  notes: "Notes",
  fullScreen: "Full screen",
  leave: "Leave",
  /** Beside each button's name, for who points at it. */
  keys: { previous: "←", next: "→", pen: "p", clear: "c", notes: "n", fullScreen: "f", leave: "Esc" },
  noFullScreen: "Full screen was refused here. F11 may do it.",
  drawing: (strokes: number) =>
    strokes === 0 ? "Draw here" : strokes === 1 ? "A drawing of one stroke" : `A drawing of ${strokes} strokes`,
  sheets: "Part of the lesson",
  noNotes: "There are no notes for this step.",
} as const;
