interface ImageSizes {
  readonly small: string;
  readonly medium: string;
  readonly large: string;
  readonly alt: string;
}

export interface Picture {
  readonly src: string;
  readonly srcset: string;
  readonly alt: string;
}

/** One image in three widths, ready for `<img srcset>`. */
export function picture({ small, medium, large, alt }: ImageSizes): Picture {
  return { src: medium, srcset: `${small} 320w, ${medium} 640w, ${large} 1280w`, alt };
}
