let settle = (_isThere: boolean): void => {};

/** Comes true when printing prints the sheet; false when what makes it could not be shown. */
export const sheetReady = new Promise<boolean>((resolve) => {
  settle = resolve;
});

/** Told by whoever shows the sheet: the first word counts. */
export const sheetIsThere = (isThere: boolean): void => settle(isThere);
