/** Words of the glossary. */
export const glossaryTexts = {
  over: "Glossary",
  title: "What does it mean?",
  about:
    "The words of machine learning that Strata uses. Each has a sentence where it stands in the app, and a page here.",
  find: "Find a word",
  none: (typed: string) => `No word holds “${typed}”.`,
  all: "All words",
  also: "Also called",
  picture: "Picture",
  source: "Source",
  see: "Read next",
  settings: "Settings",
} as const;
