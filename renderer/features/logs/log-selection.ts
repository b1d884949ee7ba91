/** First and last position of the lines that are selected. */
export interface Selection {
  readonly from: number
  readonly to: number
}
