/**
 * Network in Network (Lin 2013): four blocks of a convolution and two 1×1 convolutions over it ("cccp"), and no dense layer: the last 1×1 gives one
 * map a class, which is averaged. 7,595,176 parameters at 1000 classes. Input 224. The paper prints widths for CIFAR alone; these, and the row names,
 * are those of the author's ImageNet model in Caffe's Model Zoo. Caffe rounds pools up, which `same` does at the first and none of the others needs.
 */
import type { Architecture, Row } from "../../contract/architecture.ts";
import { dropout, pool, reluConvolution } from "../rows.ts";

const pointwise = (name: string, filters: number | "classes"): Row => reluConvolution(name, filters, 1, 1, "valid");

export const nin: Architecture = {
  id: "nin",
  family: "nin",
  title: "Network in Network",
  year: 2013,
  paper: "Lin, Chen, Yan: Network In Network, 2013",
  variant: "ImageNet",
  about:
    "The network for ImageNet, with the widths of its author's published Caffe model: the paper prints those for CIFAR alone. Its last convolution has one map a class, behind a ReLU as every other.",
  inputPixels: 224,
  weightLayers: 12,
  loss: "cross-entropy",
  rows: [
    reluConvolution("conv1", 96, 11, 4, "valid"),
    pointwise("cccp1", 96),
    pointwise("cccp2", 96),
    pool("pool0", "max", 3, 2, "same"),
    reluConvolution("conv2", 256, 5, 1, "same"),
    pointwise("cccp3", 256),
    pointwise("cccp4", 256),
    pool("pool2", "max", 3, 2, "valid"),
    reluConvolution("conv3", 384, 3, 1, "same"),
    pointwise("cccp5", 384),
    pointwise("cccp6", 384),
    pool("pool3", "max", 3, 2, "valid"),
    dropout("drop", 0.5),
    reluConvolution("conv4-1024", 1024, 3, 1, "same"),
    pointwise("cccp7-1024", 1024),
    pointwise("cccp8-1024", "classes"),
    pool("pool4", "average", "all", 1, "valid"),
  ],
};
