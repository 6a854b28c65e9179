/** How fast a job goes and how long it still takes, from its latest batches and its latest evaluation on the validation pictures. */

/** Batches that the pace is the mean of: enough to smooth, few enough to follow a machine that is busy elsewhere. */
const window = 20;

export interface Pace {
  /** After each batch: all of its time, and the mean over arms of their own steps. */
  batch(pictures: number, wallSeconds: number, stepSeconds: number): void;
  /** After each evaluation: of how many pictures, in what time. */
  evaluated(pictures: number, wallSeconds: number): void;
  imagesPerSecond(): number | null;
  /** Null until a few batches are done. An evaluation not yet seen is taken to cost a third of training a picture. */
  secondsLeft(batchesLeft: number, picturesToEvaluate: number): number | null;
}

export function createPace(): Pace {
  const recent: { pictures: number; wallSeconds: number; stepSeconds: number }[] = [];
  let evaluationSecondsPerPicture: number | null = null;
  const sum = (of: "pictures" | "wallSeconds" | "stepSeconds") => recent.reduce((total, one) => total + one[of], 0);
  return {
    batch(pictures, wallSeconds, stepSeconds) {
      recent.push({ pictures, wallSeconds, stepSeconds });
      if (recent.length > window) recent.shift();
    },
    evaluated(pictures, wallSeconds) {
      evaluationSecondsPerPicture = wallSeconds / pictures;
    },
    imagesPerSecond: () => (recent.length < 2 ? null : sum("pictures") / sum("stepSeconds")),
    secondsLeft(batchesLeft, picturesToEvaluate) {
      if (recent.length < 3) return null;
      const evaluationCost = evaluationSecondsPerPicture ?? sum("wallSeconds") / sum("pictures") / 3;
      return (batchesLeft * sum("wallSeconds")) / recent.length + picturesToEvaluate * evaluationCost;
    },
  };
}
