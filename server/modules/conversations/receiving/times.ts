export const later = (a: Date, b: Date): Date => (a > b ? a : b);
export const earlier = (a: Date | null, b: Date): Date => (a && a < b ? a : b);
