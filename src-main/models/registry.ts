/** The model registry: every architecture there is, in the order in which it is shown; the principal one of a family before its variants. */
import type { Architecture, Loss } from "../contract/architecture.ts";
import { StrataError } from "../contract/errors.ts";
import { nearestOf } from "../domain/nearest.ts";
import { alexnet, alexnetSingleTower } from "./zoo/alexnet.ts";
import { alexnetTorchvision } from "./zoo/alexnet-torchvision.ts";
import { bnInception } from "./zoo/bn-inception.ts";
import { googlenet, googlenetTorchvision } from "./zoo/googlenet.ts";
import { inceptionV2, inceptionV2Seven, inceptionV3Paper } from "./zoo/inception-v2.ts";
import { inceptionV3, inceptionV3Torchvision } from "./zoo/inception-v3.ts";
import { lenet5 } from "./zoo/lenet5.ts";
import { linearSvm } from "./zoo/linear-svm.ts";
import { nin } from "./zoo/nin.ts";
import { vgg } from "./zoo/vgg.ts";
import { zfnet } from "./zoo/zfnet.ts";

export const architectures: readonly Architecture[] = [
  linearSvm,
  lenet5,
  alexnet,
  alexnetSingleTower,
  alexnetTorchvision,
  zfnet,
  nin,
  ...vgg,
  googlenet,
  googlenetTorchvision,
  bnInception,
  inceptionV2,
  inceptionV2Seven,
  inceptionV3,
  inceptionV3Torchvision,
  inceptionV3Paper,
];

/** Null for a network that is not in the model registry, or no longer. */
export function lossOf(id: string): Loss | null {
  return architectures.find((architecture) => architecture.id === id)?.loss ?? null;
}

/** @throws StrataError `model.unknown` */
export function findArchitecture(id: string): Architecture {
  const found = architectures.find((architecture) => architecture.id === id);
  if (found) return found;
  const ids = architectures.map((architecture) => architecture.id);
  throw new StrataError("model.unknown", { id, near: nearestOf(id, ids), known: ids.join(", ") });
}
