/** Words of what waits, and of what was interrupted. */
import type { QueueMove, QueueView } from "../../../src-main/contract/queue.ts";
import { counted } from "../../lib/format.ts";

export const queueTexts = {
  title: "Waiting",
  hold: "Hold the queue",
  goOn: "Resume the queue",
  aside: (jobs: number, held: QueueView["held"]) =>
    held === null ? `${counted(jobs, "job")}, in this order` : `${counted(jobs, "job")}, held`,
  held: {
    person: "Nothing begins until you resume the queue. What trains is trained to its end.",
    interrupted: "Nothing begins until you have said what becomes of the interrupted training.",
  },
  heldTitle: "Held",
  takeOut: "Remove",
  move: { front: "First", up: "Up", down: "Down" } satisfies Record<QueueMove, string>,
  moveLabel: (title: string, to: QueueMove) =>
    ({ front: `Put ${title} first`, up: `Move ${title} up`, down: `Move ${title} down` })[to],
  takeOutLabel: (title: string) => `Remove ${title}`,
  place: (title: string, place: number, jobs: number) => `${title} is now ${place} of ${jobs}.`,
  isHeld: "The queue is held.",
  isGoingOn: "The queue is resumed.",
  more: (jobs: number) => `and ${jobs} more`,
  showMore: (jobs: number) => `Show ${jobs} more`,
  pauseExperiment: (experimentId: number) => `Pause experiment ${experimentId}`,
  stopExperiment: (experimentId: number) => `Stop experiment ${experimentId}`,
} as const;

export const interruptedTexts = {
  title: (titles: readonly string[]) => `Strata ended while ${titles.join(" and ")} was training.`,
  text: (waiting: number) =>
    waiting === 0
      ? "It can be resumed from its last saved state."
      : `It can be resumed from its last saved state. ${counted(waiting, "job")} behind it ${waiting === 1 ? "waits" : "wait"} for your answer.`,
  goOn: "Resume",
  leave: "Leave it",
} as const;
