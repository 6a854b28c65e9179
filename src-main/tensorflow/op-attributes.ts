/** Attributes of a TensorFlow op in the form that the binding takes. */
import type { NodeBackend, OpAttribute } from "./runtime.ts";
import { backend } from "./runtime.ts";

type Constant = "TF_ATTR_FLOAT" | "TF_ATTR_BOOL" | "TF_ATTR_STRING" | "TF_ATTR_TYPE" | "TF_FLOAT" | "TF_INT32";

// tfjs-node's backend keeps the binding in a field of this name; its own kernels read the same numbers from it.
const { binding } = backend as NodeBackend & { readonly binding: Readonly<Record<Constant, number>> };

export function floatAttribute(name: string, value: number): OpAttribute {
  return { name, type: binding.TF_ATTR_FLOAT, value };
}
export function boolAttribute(name: string, value: boolean): OpAttribute {
  return { name, type: binding.TF_ATTR_BOOL, value };
}
export function stringAttribute(name: string, value: string): OpAttribute {
  return { name, type: binding.TF_ATTR_STRING, value };
}
export function typeAttribute(name: string, value: "float32" | "int32"): OpAttribute {
  return { name, type: binding.TF_ATTR_TYPE, value: value === "float32" ? binding.TF_FLOAT : binding.TF_INT32 };
}
