/** How pictures of the first, second and third class are drawn: by shape and by colour, none of which is an arm's. */
export const classMarks = [
  { outline: "M-3 0A3 3 0 1 0 3 0A3 3 0 1 0 -3 0Z", stroke: "var(--run-3)" },
  { outline: "M0 -3.6L3.3 2.6H-3.3Z", stroke: "var(--run-4)" },
  { outline: "M-2.8 -2.8L2.8 2.8M-2.8 2.8L2.8 -2.8", stroke: "var(--run-5)" },
] as const;
