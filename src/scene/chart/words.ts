/** A state or an event as it is read: `catchingUp` is "catching up", `READ_REFUSED` is "read refused". */
export const plainName = (name: string): string =>
  /^[A-Z_0-9]+$/.test(name)
    ? name.toLowerCase().replaceAll('_', ' ')
    : name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
