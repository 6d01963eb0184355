import type { Point, Rectangle } from "./geometry.ts";
import type { TextLine, Tone } from "./picture-text.ts";

/** A picture that has been laid out; all measures are in px from its upper left corner. */
export interface Picture {
  readonly id: string;
  readonly description: string | undefined;
  readonly width: number;
  readonly height: number;
  /** A box comes before those inside it. */
  readonly boxes: readonly PictureBox[];
  readonly lines: readonly PictureLine[];
}

export interface PictureBox extends Rectangle {
  /** The path of a state; a sign and the dot where a state begins have ids of their own. */
  readonly id: string;
  readonly shape: "state" | "region" | "final" | "initial" | "sign";
  /** How many boxes it lies in. */
  readonly depth: number;
  readonly holdsOthers: boolean;
  readonly name: string;
  readonly texts: readonly TextLine[];
  /** What the name and the texts take, where no line runs. */
  readonly text: Rectangle;
  /** What is told to those who point at it, or hear the picture read. */
  readonly description: string | undefined;
  /** Where Kubernetes does this, as a page that one can open. */
  readonly link: string | undefined;
  readonly tone: Tone | undefined;
}

export interface PictureLine {
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
  readonly tone: Tone | undefined;
  readonly label: (Rectangle & { readonly blocks: readonly (readonly TextLine[])[] }) | undefined;
}
