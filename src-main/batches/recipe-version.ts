/** Of how pictures are made (`make-picture.ts`): raised when the same file would give other pixels, so that what is cached is not taken for them. 2: JPEG and WebP are decoded whole before they are scaled. */
export const recipeVersion = 2;
