/**
 * Inception-v2 (Szegedy 2015): Table 1 of the paper as printed, with the modules of its figures 5, 6 and 7. Input 299, 42 weight layers by the paper's
 * count, 54 on the longest path by ours. Modules are in inception-modules.ts; the fifth 17×17 module repeats a width of 160. So read it has 25,954,248
 * parameters and costs 6.4 billion multiply-adds, where the paper prints "less than 25 million" and 4.8 billion, and 5.9 where it prints 3.8 with a
 * 7×7 first: no widths inside the modules are printed, and the authors' network was another in parts.
 *
 * With `inception-v2-7x7` and the settings of a run, the paper's ladder (its Table 3) can be run one step at a time:
 * `inception-v2-7x7` by momentum → the same by RMSProp → smoothing 0.1 → `inception-v2` (factorised 7×7) → `inception-v3-paper` (BN-auxiliary).
 */
import type { Architecture, AuxiliaryRow, Row } from "../../contract/architecture.ts";
import {
  classifier,
  conv,
  halve,
  head,
  inceptionA,
  inceptionB,
  inceptionC,
  maxPool,
  printedOfV3,
  reductionA,
  reductionB,
  rethinking,
  same,
} from "./inception-modules.ts";

/** Comments: the input that the paper prints beside each line. */
const factorisedStem: Row[] = [
  halve("Conv2d_1a_3x3", 32), // 299×299×3
  conv("Conv2d_2a_3x3", 32, 3, 1, "valid"), // 149×149×32
  same("Conv2d_2b_3x3", 64, 3), // 147×147×32
];
/** What "factorised 7×7" puts three 3×3 in the place of: from 299 to the same 147 in one. */
const stemOfSeven: Row[] = [conv("Conv2d_1a_7x7", 64, 7, 2, "valid")];

/** @param auxiliaryHead stands behind the last 17×17 module */
export function table1(stem: readonly Row[], auxiliaryHead: AuxiliaryRow): Row[] {
  return [
    ...stem,
    maxPool("MaxPool_3a_3x3"), // 147×147×64
    conv("Conv2d_3b_3x3", 80, 3, 1, "valid"), // 73×73×64
    halve("Conv2d_4a_3x3", 192), // 71×71×80
    same("Conv2d_4b_3x3", 288, 3), // 35×35×192
    ...["b", "c", "d"].map((letter) => inceptionA(`Mixed_5${letter}`, 64, "one 3×3", "same")), // 35×35×288
    reductionA("Mixed_6a"),
    inceptionB("Mixed_6b", 128, "1×7 first", "same"), // 17×17×768
    inceptionB("Mixed_6c", 160, "1×7 first", "same"),
    inceptionB("Mixed_6d", 160, "1×7 first", "same"),
    inceptionB("Mixed_6e", 160, "1×7 first", "same"),
    inceptionB("Mixed_6f", 192, "1×7 first", "same"),
    auxiliaryHead,
    reductionB("Mixed_7a"),
    inceptionC("Mixed_7b", "same"), // 8×8×1280
    inceptionC("Mixed_7c", "same"), // 8×8×2048
    ...classifier(0.2), // 8×8×2048
  ];
}

const plainHead = head(1024, false);

export const inceptionV2: Architecture = {
  ...rethinking,
  id: "inception-v2",
  family: "inception-v2",
  title: "Inception-v2",
  variant: "Paper",
  about:
    "Table 1 of the paper as printed, with the modules of its figures 5 to 7. The paper counts 42 layers; the longest path through the table has 54. Widths inside the modules are not printed and follow shipped code, so that it costs 6.4 billion multiply-adds where the paper prints 4.8 with this stem. The auxiliary head's fully connected layer is not batch-normalised.",
  published: { multiplyAdds: 4.8e9, source: "Table 3" },
  rows: table1(factorisedStem, plainHead),
};

export const inceptionV2Seven: Architecture = {
  ...rethinking,
  id: "inception-v2-7x7",
  family: "inception-v2",
  title: "Inception-v2, 7×7",
  variant: "First layer 7×7",
  about:
    "Inception-v2 before its first layer was factorised: one 7×7 convolution of stride 2 where Table 1 has three 3×3. The first rung of the paper's ladder to Inception-v3. It costs 5.9 billion multiply-adds where the paper prints 3.8.",
  published: { multiplyAdds: 3.8e9, source: "Table 3" },
  rows: table1(stemOfSeven, plainHead),
};

/** As published: Inception-v3 is Inception-v2 with a setting or two, and this head. */
export const inceptionV3Paper: Architecture = {
  ...rethinking,
  id: "inception-v3-paper",
  family: "inception-v3",
  title: "Inception-v3 as printed",
  variant: "Paper",
  about:
    "Inception-v2 of the paper's Table 1 with a batch-normalised fully connected layer in the auxiliary head: two 3×3 for every 5×5, a further convolution to 288 channels, five 17×17 modules; widths inside the modules are not printed and follow the shipped layout, so that it costs 6.4 billion multiply-adds where the paper prints 4.8. No published weights fit it.",
  published: printedOfV3,
  rows: table1(factorisedStem, head(1024, true)),
};
