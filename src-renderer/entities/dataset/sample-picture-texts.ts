/** Words of a picture that something is shown on. */
export const samplePictureTexts = {
  drawn: "A drawing",
  picture: (name: string) => `A picture of class ${name}`,
  pictures: "Which picture",
  noPictures: "A drawing stands in: open pictures on the Train page to see your own here.",
} as const;
