import { StrataError } from "../../contract/errors.ts";

/** Why a bundle is not imported. @param problem half a sentence on what is wrong in it */
export const damagedBundle = (problem: string): StrataError => new StrataError("bundle.damaged", { problem });
