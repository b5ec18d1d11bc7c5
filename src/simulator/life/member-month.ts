import { recordContact } from "../departure/retention-campaign.js";
import { offersOn, type Trigger } from "../departure/triggers.js";
import type { FactLog } from "../output/fact-log.js";
import type { World } from "../world.js";
import { changeContract } from "./contracts.js";
import { recordActivity } from "./daily-activity.js";
import { changeServices } from "./extra-services.js";
import type { SubscriberGroup } from "./group-sequence.js";
import type { Member } from "./member.js";
import { billOfMonth } from "./month-bill.js";
import { useOfMonth } from "./month-use.js";
import { payMonth } from "./payments.js";
import { servedDays } from "./served-days.js";
import { WAKES_UP } from "./silence.js";
import { recordEvents, rememberEvents } from "./trouble.js";

/** However strong an offer is. */
const MOST_WAKE = 0.6;

/** A month of one member. */
export interface MemberMonth {
  readonly group: SubscriberGroup;
  readonly month: number;
  /** The first day without service, if the member leaves in this month. */
  readonly endedOn: number | undefined;
  /** Who looks after the account on a day. */
  managerOn(day: number): string | null;
  readonly world: World;
  readonly log: FactLog | undefined;
}

/** The rest of a month, once its departure is decided: use, services, bill, payment and contract. */
export function liveMemberMonth(
  member: Member,
  { group, month, endedOn, managerOn, world, log }: MemberMonth,
): void {
  const { plan } = world;
  const { state } = member;
  const served = servedDays(member, month, endedOn);
  const wakesUp =
    member.random.next() <
    (state.silentSince === undefined ? 0 : wakeProbability(state.triggers, served.from));
  if (wakesUp && endedOn === undefined && Number(state.silentSince) < served.from) {
    state.silentSince = undefined;
  }
  rememberEvents(member);
  if (log !== undefined) {
    recordEvents(member, served, month === plan.firstMonth, log);
    recordContact(member, served, managerOn, log);
  }
  const balance = state.balance;
  const use = useOfMonth(member, served, plan.shocks, log);
  changeServices(member, served, log);
  const revenue = billOfMonth(member, served, use, plan.shocks, log);
  payMonth(member, served, revenue, log);
  if (plan.isDaily && log !== undefined)
    recordActivity(member, served, { use, revenue, balance }, plan.seed, log);
  changeContract(member, group, plan, served, log);
}

/** The probability that a silent card is used again in a month from a day on: an offer that works raises it. */
export function wakeProbability(triggers: readonly Trigger[], from: number): number {
  return Math.min(MOST_WAKE, WAKES_UP * Math.exp(-offersOn(triggers, from + 1)));
}
