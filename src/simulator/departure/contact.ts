import type { Channel, OfferName } from "../market/offers.js";

/** The contact of a subscriber whom the campaign drew. */
export interface Contact {
  readonly day: number;
  /** What the subscriber was drawn for; the control group is not contacted. */
  readonly offer: OfferName;
  readonly outcome: "held_out" | "no_answer" | "refused" | "accepted";
  readonly channel: Channel;
  readonly effects: Readonly<Record<OfferName, number>>;
}
