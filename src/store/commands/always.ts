/** For commands that can always be done. */
export const always = (): true => true;
