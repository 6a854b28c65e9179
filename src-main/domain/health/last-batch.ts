/** What the last incomplete batch leaves out, where the settings drop it. */
import { droppedInWords } from "../pictures/dropped-pictures.ts";
import { type FindingKind, finding } from "./finding.ts";

export const lastBatch: FindingKind = ({ view, training }) => {
  const text = training ? droppedInWords(view.counts.train, training) : null;
  if (text === null) return [];
  return [
    finding({
      id: "last-batch",
      severity: "warning",
      title: "The last batch of each epoch is left out",
      text,
      turnOff: "dropLast",
      remedy:
        "Turn off Drop the last incomplete batch (--drop-last), and they are trained on as a smaller batch; or choose a batch size that leaves fewer over.",
    }),
  ];
};
