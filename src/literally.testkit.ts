/** A text as part of a regular expression that finds it as it stands. Browsers in use lack `RegExp.escape`. */
export const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
