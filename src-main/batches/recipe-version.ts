/**
 * Of how pictures are made (`make-picture.ts`): raised when the same file would give other pixels, so that what is cached is not taken for them. 2: JPEG and
 * WebP are decoded whole before they are scaled. 3: floating-point, 32-bit and 12-bit values are scaled by their range, and a JPEG may lack its end.
 */
export const recipeVersion = 3;
