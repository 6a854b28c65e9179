/** Attributes of a TensorFlow op in the form that the binding takes. */
import { backend, type OpAttribute } from "./runtime.ts";

const { binding } = backend;
const types = { float32: binding.TF_FLOAT, int32: binding.TF_INT32, uint8: binding.TF_UINT8 } as const;

export function floatAttribute(name: string, value: number): OpAttribute {
  return { name, type: binding.TF_ATTR_FLOAT, value };
}
export function boolAttribute(name: string, value: boolean): OpAttribute {
  return { name, type: binding.TF_ATTR_BOOL, value };
}
export function stringAttribute(name: string, value: string): OpAttribute {
  return { name, type: binding.TF_ATTR_STRING, value };
}
export function typeAttribute(name: string, value: keyof typeof types): OpAttribute {
  return { name, type: binding.TF_ATTR_TYPE, value: types[value] };
}
