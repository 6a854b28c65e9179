/** The shelf: every architecture there is, in the order in which it is shown. */
import type { Architecture } from "../contract/architecture.ts";
import { StrataError } from "../contract/errors.ts";
import { alexnet, alexnetTorchvision } from "./zoo/alexnet.ts";
import { googlenet } from "./zoo/googlenet.ts";
import { inceptionV3, inceptionV3Paper, inceptionV3Torchvision } from "./zoo/inception-v3.ts";
import { vgg } from "./zoo/vgg.ts";
import { zfnet } from "./zoo/zfnet.ts";

export const architectures: readonly Architecture[] = [
  alexnet,
  alexnetTorchvision,
  zfnet,
  ...vgg,
  googlenet,
  inceptionV3,
  inceptionV3Torchvision,
  inceptionV3Paper,
];

/** @throws StrataError `model.unknown` */
export function findArchitecture(id: string): Architecture {
  const found = architectures.find((architecture) => architecture.id === id);
  if (found) return found;
  throw new StrataError("model.unknown", { id, known: architectures.map((a) => a.id).join(", ") });
}
