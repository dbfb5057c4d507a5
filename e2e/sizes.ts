/** Widths and heights at which everything has to be in reach, from a desk to the smallest phone. */
export const SIZES = [
  [1440, 900],
  [1024, 768],
  [720, 450],
  [390, 844],
  [320, 568],
] as const;
