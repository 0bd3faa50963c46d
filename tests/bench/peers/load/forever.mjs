/** A promise for a process that works until it is told to stop. */
export const forever = new Promise(() => {});
