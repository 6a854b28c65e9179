/** Settings of a short training without anything that could be left out. */
import type { TrainingSettings } from "../../src-main/contract/configuration.ts";
import { usualMonitor } from "../../src-main/domain/metrics/monitor.ts";

export const plainTraining: TrainingSettings = {
  epochs: 2,
  batchSize: 16,
  optimizer: { kind: "sgd", momentum: 0.9, isNesterov: false },
  learningRate: 0.05,
  schedule: { kind: "constant" },
  weightDecay: 0,
  clipNorm: null,
  precision: "float32",
  weightDecayKind: "l2",
  averageDecay: null,
  earlyStopping: null,
  monitor: usualMonitor,
  dropLast: false,
  classWeights: "none",
  balancedSampling: false,
  fold: null,
  deterministicOps: false,
  tf32: true,
  gpuMemoryGrowth: true,
  smoothing: 0,
  labelNoise: 0,
  labelNoiseKind: "symmetric",
  noiseMatrix: null,
  dropout: null,
  auxiliaryWeight: null,
  augmentation: { flip: false, cropPaddingPixels: 0 },
};
