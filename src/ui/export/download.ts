/** Hands something over as a file. */
export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers begin to read only after the click.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A text as a file. */
export const downloadText = (name: string, text: string, type: string): void =>
  download(name, new Blob([text], { type: `${type};charset=utf-8` }));

/** What all files of a moment are called: letters, digits and dashes only. */
export const fileName = (...parts: readonly (string | number)[]): string =>
  ['redoscope', ...parts]
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-+|-+$/g, '');
