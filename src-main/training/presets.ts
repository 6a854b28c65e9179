/**
 * Settings that a person can start from. `compact` was chosen by trying on small photographs and on the drawn set, and trains in minutes on a
 * processor; `paper` is the recipe of the network's paper at its own size, meant for a large machine and many pictures.
 *
 * Tried with seed 1 and 8 epochs, top-1 on the test pictures. On 4,500 photographs of ten classes at 32 px (a sample of CIFAR-10), one-hot /
 * smoothed by 0.1: inception-v3 0.505 / 0.533 (in bfloat16, one-hot: 0.496), alexnet 0.528 / 0.546; one-hot: linear-svm 0.329, lenet5 0.397,
 * alexnet-single-tower 0.526, alexnet-torchvision 0.495, zfnet 0.536, nin 0.369 (0.346 at 5e-4, and 0.100 at 1e-3), vgg11 0.463, vgg13 0.444, vgg16 0.411,
 * vgg19 0.393, googlenet 0.408, googlenet-torchvision 0.471, bn-inception 0.514, inception-v2 0.508, inception-v2-7x7 0.478, inception-v3-torchvision 0.530,
 * inception-v3-paper 0.489 (this, inception-v2 and inception-v2-7x7 before their modules were those of the paper's figures 5 and 6). On the drawn set
 * as it comes: inception-v3 0.978, alexnet 0.927. No `paper` recipe was run to its end.
 */

import type { ModelChoice, Optimizer, Preset, TrainingSettings } from "../contract/configuration.ts";
import { StrataError } from "../contract/errors.ts";
import { usualMonitor } from "../domain/metrics/monitor.ts";
import { nearestOf } from "../domain/nearest.ts";

const adam: Optimizer = { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/** What all presets share unless they say otherwise: targets as they are, the table's dropout and auxiliary heads. */
const base = {
  smoothing: 0,
  labelNoise: 0,
  labelNoiseKind: "symmetric",
  noiseMatrix: null,
  dropout: null,
  auxiliaryWeight: null,
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
} as const satisfies Partial<TrainingSettings>;

/** A rise over a tenth of the run and a fall to zero: short runs end settled, and no rate has to be timed by hand. */
const warmCosine = { kind: "cosine", warmupShare: 0.1 } as const;
const smallPictures = { flip: true, cropPaddingPixels: 4 } as const;

const compactInception: TrainingSettings = {
  ...base,
  epochs: 8,
  batchSize: 64,
  optimizer: adam,
  learningRate: 2e-3,
  schedule: warmCosine,
  weightDecay: 0,
  clipNorm: 2,
  augmentation: smallPictures,
};

/**
 * Szegedy 2015, section 8, for Inception-v2: momentum 0.9, rate × 0.94 every second epoch, clipping at 2, evaluates with averaged weights; decays of weights and
 * averages are those of its published code. Its rate of 0.045 belongs to 50 replicas of 32 pictures: by the share of one replica it would be 0.0009,
 * and no run here has as many steps.
 */
const paperInceptionV2: TrainingSettings = {
  ...base,
  epochs: 100,
  batchSize: 32,
  optimizer: { kind: "sgd", momentum: 0.9, isNesterov: false },
  learningRate: 0.045,
  schedule: { kind: "step", everyEpochs: 2, factor: 0.94 },
  weightDecay: 4e-5,
  clipNorm: 2,
  averageDecay: 0.9999,
  augmentation: { flip: true, cropPaddingPixels: 32 },
};
/** The steps from v2 to v3 that are settings: RMSProp with ε = 1, whose mean square begins at one in the TensorFlow of the paper, and smoothing. */
const paperInceptionV3: TrainingSettings = {
  ...paperInceptionV2,
  optimizer: { kind: "rmsprop", decay: 0.9, momentum: 0.9, epsilon: 1, initialMeanSquare: 1 },
  smoothing: 0.1,
};

/** The paper divides the rate by 10 three times, by hand, when progress stops: here at every 25 of some 90 epochs. */
const paperAlexnet: TrainingSettings = {
  ...base,
  epochs: 90,
  batchSize: 128,
  optimizer: { kind: "sgd", momentum: 0.9, isNesterov: false },
  learningRate: 0.01,
  schedule: { kind: "step", everyEpochs: 25, factor: 0.1 },
  weightDecay: 5e-4,
  clipNorm: null,
  augmentation: { flip: true, cropPaddingPixels: 16 },
};

/** torchvision's reference training, as its README has it: 0.01, 90 epochs, a tenth every 30, and 32 pictures on each of eight cards; here is one. */
const torchvisionAlexnet: TrainingSettings = {
  ...paperAlexnet,
  batchSize: 32,
  schedule: { kind: "step", everyEpochs: 30, factor: 0.1 },
  weightDecay: 1e-4,
};

/** Half of the dense activations left out, as in the paper, is too much for a run of a few hundred steps: a quarter learns faster and ends higher. */
const compactAlexnet: TrainingSettings = {
  ...base,
  epochs: 8,
  batchSize: 32,
  optimizer: adam,
  learningRate: 1e-3,
  schedule: warmCosine,
  weightDecay: 0,
  clipNorm: 2,
  dropout: 0.25,
  augmentation: smallPictures,
};

/** As AlexNet's, with half of its rate: VGG has no batch normalisation, and twice the depth. */
const compactVgg: TrainingSettings = { ...compactAlexnet, learningRate: 5e-4 };
const paperVgg: TrainingSettings = {
  ...paperAlexnet,
  epochs: 74,
  batchSize: 256,
  schedule: { kind: "step", everyEpochs: 20, factor: 0.1 },
};

const compactGooglenet: TrainingSettings = { ...compactAlexnet, dropout: null };
/** −4 % every eight epochs is the paper's; the rate itself, the decay and the batch are its published Caffe model's. The paper evaluates with averaged weights. */
const paperGooglenet: TrainingSettings = {
  ...paperAlexnet,
  epochs: 60,
  batchSize: 32,
  schedule: { kind: "step", everyEpochs: 8, factor: 0.96 },
  weightDecay: 2e-4,
  averageDecay: 0.9999,
};

function presets(
  id: string,
  compactWidth: number,
  compact: TrainingSettings,
  paperPixels: number,
  paper: TrainingSettings,
  paperTitle = "As in the paper",
): Preset[] {
  return [
    { id: "compact", title: "Compact", model: { id, inputPixels: 32, width: compactWidth }, training: compact },
    { id: "paper", title: paperTitle, model: { id, inputPixels: paperPixels, width: 1 }, training: paper },
  ];
}

/** A fifth of AlexNet's rate: a class's map stands behind a ReLU, and at 1e-3 a run ended at ln 10, with every map at 0 for good. */
const compactNin: TrainingSettings = { ...compactAlexnet, learningRate: 2e-4 };
/** The solver of the author's ImageNet model: 450,000 steps of 64, the rate divided by 10 every 200,000. The paper prints no numbers. */
const paperNin: TrainingSettings = {
  ...paperAlexnet,
  epochs: 22,
  batchSize: 64,
  schedule: { kind: "step", everyEpochs: 10, factor: 0.1 },
};

/**
 * Ioffe & Szegedy 2015, section 4.2.1, BN-x5: five times the rate of their Inception, a fifth of its weight decay, six times as fast a fall of the rate; 2.1
 * million steps of 32. The rate is printed (0.0015 for their Inception, 0.0075 for this one); the decay of weights and the pace of the fall that it changes
 * are not, and are taken from the published GoogLeNet.
 */
const paperBnInception: TrainingSettings = {
  ...paperGooglenet,
  epochs: 53,
  learningRate: 0.0075,
  schedule: { kind: "step", everyEpochs: 8 / 6, factor: 0.96 },
  weightDecay: 4e-5,
  averageDecay: null,
};

/** No dropout to replace, and gradients that need no bound. */
const compactLenet: TrainingSettings = { ...compactAlexnet, dropout: null, clipNorm: null };
/**
 * LeCun 1998, section III.B: picture by picture over 20 passes, rates of 5e-4 (two passes), 2e-4 and 1e-4 (three each), 5e-5 (four), then 1e-5; the
 * even fall below is the nearest that a schedule here comes to them. They were scaled weight by weight by estimated curvatures, which is no optimiser here.
 */
const paperLenet: TrainingSettings = {
  ...compactLenet,
  epochs: 20,
  batchSize: 1,
  optimizer: { kind: "sgd", momentum: 0, isNesterov: false },
  learningRate: 5e-4,
  schedule: { kind: "step", everyEpochs: 4, factor: 0.4 },
  augmentation: { flip: false, cropPaddingPixels: 0 },
};

const compactSvm: TrainingSettings = { ...compactLenet, learningRate: 5e-4, weightDecay: 1e-2 };
/**
 * No paper trains this machine: subgradient descent on λ/2·‖w‖² and the hinge loss as in Pegasos (Shalev-Shwartz, Singer, Srebro 2007), with averaged weights.
 * Its rate of 1/(λ·step) is no schedule here, and λ, the rate and the rest were chosen here, not looked up.
 */
const paperSvm: TrainingSettings = {
  ...paperLenet,
  epochs: 30,
  batchSize: 100,
  learningRate: 1e-3,
  schedule: { kind: "constant" },
  weightDecay: 1e-4,
  averageDecay: 0.999,
};

const table: readonly Preset[] = [
  ...presets("linear-svm", 1, compactSvm, 32, paperSvm, "Longer, chosen here"),
  ...presets("lenet5", 1, compactLenet, 32, paperLenet, "Near the paper"),
  ...presets("nin", 0.25, compactNin, 224, paperNin, "As its author trained it"),
  ...presets("bn-inception", 0.25, compactInception, 224, paperBnInception),
  ...["alexnet", "alexnet-single-tower"].flatMap((id) => presets(id, 0.25, compactAlexnet, 227, paperAlexnet)),
  ...presets("alexnet-torchvision", 0.25, compactAlexnet, 224, torchvisionAlexnet, "As torchvision trains it"),
  ...presets("zfnet", 0.25, compactAlexnet, 224, paperAlexnet),
  ...["vgg11", "vgg13", "vgg16", "vgg19"].flatMap((id) => presets(id, 0.25, compactVgg, 224, paperVgg)),
  ...presets("googlenet", 0.5, compactGooglenet, 224, paperGooglenet),
  ...presets("googlenet-torchvision", 0.25, compactInception, 224, paperGooglenet),
  ...["inception-v2", "inception-v2-7x7"].flatMap((id) => presets(id, 0.25, compactInception, 299, paperInceptionV2)),
  ...["inception-v3", "inception-v3-torchvision", "inception-v3-paper"].flatMap((id) =>
    presets(id, 0.25, compactInception, 299, paperInceptionV3),
  ),
];

/** @throws StrataError `model.unknown` */
export function presetsFor(id: string): readonly Preset[] {
  const found = table.filter((preset) => preset.model.id === id);
  if (found.length > 0) return found;
  const ids = [...new Set(table.map((preset) => preset.model.id))];
  throw new StrataError("model.unknown", { id, near: nearestOf(id, ids), known: ids.join(", ") });
}

/**
 * Settings of the preset whose input size is nearest by ratio.
 * @throws StrataError `model.unknown`
 */
export function defaultTraining(id: string, model: ModelChoice): TrainingSettings {
  const distance = (preset: Preset) => Math.abs(Math.log(preset.model.inputPixels / model.inputPixels));
  return presetsFor(id).reduce((nearest, preset) => (distance(preset) < distance(nearest) ? preset : nearest)).training;
}
