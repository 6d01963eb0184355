/** One figure of a run, held against its bound. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What must hold of the value. */
  readonly bound?: { readonly atMost?: number; readonly atLeast?: number };
}
