// Read by the settings' check on the server and by the widget in the page.

export const isHexColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);

/** Relative luminance (WCAG 2.2), 0 black to 1 white. */
export function luminance(colour: string): number {
  const part = (at: number): number => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

/** Contrast of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white, whichever is read better on the colour: one of the two always reaches 4.5. */
export const inkOn = (colour: string): string => (contrast(colour, '#ffffff') >= contrast(colour, '#000000') ? '#ffffff' : '#000000');

/** The colour itself where it can be read on the ground, else mixed with black or white until it can. */
export function readableOn(colour: string, ground: string, wanted = 4.5): string {
  const towards = luminance(ground) > 0.18 ? 0 : 255;
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(colour, towards, share);
    if (contrast(mixed, ground) >= wanted) return mixed;
  }
  return towards === 0 ? '#000000' : '#ffffff';
}

function mix(colour: string, towards: number, share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const own = Number.parseInt(colour.slice(at, at + 2), 16);
    return Math.round(own + (towards - own) * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${parts.join('')}`;
}
