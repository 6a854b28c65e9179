/**
 * What a network computes, seen from a layer backwards: convolutions, dense layers, pools and concatenations with their inputs. A table here and a
 * model of another program are both brought to this form, and compute the same where their words are the same all the way to the layers with
 * weights before. Batch normalisation, dropout and flattening leave no layer: the first has weights that tell of it, the others change no prediction.
 */
export interface LayerNode {
  readonly kind: "input" | "convolution" | "dense" | "pool" | "concatenation" | "padding" | "other";
  /** What it computes, and nothing of its place or its weights; equal where that is the same. */
  readonly words: string;
  readonly activation: string;
  readonly inputs: readonly LayerNode[];
  /** Name of its kernel, or path of its row; null for what has none. */
  readonly weights: string | null;
  /** ε of the batch normalisation behind it; null where there is none, or nobody says. */
  readonly epsilon: number | null;
  /** Where the program calls it by a name, that. */
  readonly name: string;
}

/** `same`, `valid`, or zeros on each side. */
export type Border = "same" | "valid" | number;

export interface Steps {
  readonly strides: readonly number[];
  readonly border: Border;
}
export interface Window extends Steps {
  readonly kernel: readonly number[];
}

const none = "none";
const mostWordsLength = 200;

export const inputNode: LayerNode = {
  kind: "input",
  words: "the picture",
  activation: none,
  inputs: [],
  weights: null,
  epsilon: null,
  name: "input",
};

/** The sides of its kernel are those of its weights, which are compared by shape. */
export function convolutionNode(
  input: LayerNode,
  weights: string,
  { strides, border, groups = 1, dilation = 1 }: Steps & { groups?: number; dilation?: number },
): LayerNode {
  const { inputs, words: around } = behindPadding(input, border);
  const rest = [groups === 1 ? "" : `, ${groups} groups`, dilation === 1 ? "" : `, dilated by ${dilation}`].join("");
  const words = `convolution at stride ${stepInWords(strides)}, ${around}${rest}`;
  return { kind: "convolution", words, activation: none, inputs, weights, epsilon: null, name: weights };
}

export function denseNode(input: LayerNode, weights: string): LayerNode {
  return { kind: "dense", words: "dense", activation: none, inputs: [input], weights, epsilon: null, name: weights };
}

/** @param window null pools the whole grid */
export function poolNode(
  input: LayerNode,
  name: string,
  operation: "max" | "average",
  window: Window | null,
): LayerNode {
  const { inputs, words: around } = behindPadding(input, window?.border ?? "valid");
  const [height = 1, width = height] = window?.kernel ?? [];
  const over = window === null ? "over all" : `${height}×${width}/${stepInWords(window.strides)} ${around}`;
  return { kind: "pool", words: `${operation} ${over}`, activation: none, inputs, weights: null, epsilon: null, name };
}

export function concatenationNode(inputs: readonly LayerNode[], name: string): LayerNode {
  return {
    kind: "concatenation",
    words: "concatenation",
    activation: none,
    inputs,
    weights: null,
    epsilon: null,
    name,
  };
}

/** What no row here computes, by the other program's word for it. */
export function otherNode(word: string, inputs: readonly LayerNode[], name: string): LayerNode {
  return { kind: "other", words: word, activation: none, inputs, weights: null, epsilon: null, name };
}

/** Zeros around a grid by a layer of its own, before and behind each side: those of the window that comes next, where they are alike. */
export function paddingNode(input: LayerNode, sides: readonly number[], name: string): LayerNode {
  const words = sides.every((side) => side === sides[0]) ? String(sides[0]) : sides.join(", ");
  return { kind: "padding", words, activation: none, inputs: [input], weights: null, epsilon: null, name };
}

/** Behind a layer with weights, which its own then tell of; anything else stays as it is. */
export function normalisedNode(input: LayerNode, epsilon: number | null): LayerNode {
  return input.weights === null || input.activation !== none ? input : { ...input, epsilon };
}

export function activatedNode(input: LayerNode, activation: string, name: string): LayerNode {
  if (activation === none) return input;
  const isLayer = input.kind === "convolution" || input.kind === "dense";
  if (isLayer && input.activation === none) return { ...input, activation };
  return otherNode(activation, [input], name);
}

/** Another program's words may be of any length. */
export function layerInWords({ words, activation }: LayerNode): string {
  const all = activation === none ? words : `${words}, ${activation}`;
  return all.length > mostWordsLength ? `${all.slice(0, mostWordsLength)}…` : all;
}

function behindPadding(input: LayerNode, border: Border): { inputs: readonly LayerNode[]; words: string } {
  const words = typeof border === "number" ? `padded ${border}` : border;
  if (input.kind !== "padding") return { inputs: [input], words };
  return {
    inputs: input.inputs,
    words: border === "valid" ? `padded ${input.words}` : `padded ${input.words}, ${words}`,
  };
}

function stepInWords([down = 1, across = down]: readonly number[]): string {
  return down === across ? String(down) : `${down}×${across}`;
}
