const LONGEST_QUOTE = 60;

export const clipped = (text: string): string =>
  text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;

/** Text from outside, short enough to be shown. */
export const quoted = (text: unknown): string =>
  `"${clipped(`${typeof text === 'string' ? text : JSON.stringify(text)}`)}"`;

const MOST_NAMES = 16;

/** Names to choose from, not so many that nobody reads them. */
export const shortList = (names: readonly string[]): string =>
  names.length <= MOST_NAMES
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMES).join(', ')} and more`;
