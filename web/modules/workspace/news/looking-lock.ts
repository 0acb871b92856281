/** Held, by the name of this lock, as long as somebody looks at the desk in this browser. */
export const lookingLock = 'nahbar.looking';
