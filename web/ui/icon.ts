import type { ComponentType, SVGProps } from 'react';

/** Any icon: lucide's, or a channel's own drawing. */
export type Icon = ComponentType<SVGProps<SVGSVGElement>>;
