let tell: () => void = () => {};

/** Resolves when the first page stands on screen with what it shows. Whatever it does without is fetched from then on, not before it. */
export const firstStands: Promise<void> = new Promise((resolve) => {
  tell = resolve;
});

/** Said by what is on screen first, once it is drawn; the next picture is on screen before anything else begins. */
export const stands = (): void => void requestAnimationFrame(() => setTimeout(tell));

// A page that nobody sees has no frames, and one that fails says nothing.
setTimeout(() => tell(), 3_000);
