import { logistic } from "../../math/logistic.js";
import { firstDayOf, monthText } from "../../table/calendar.js";
import type { Member } from "../life/member.js";
import type { ServedDays } from "../life/served-days.js";
import { CHANNELS, OFFER_NAMES, OFFERS, type OfferName } from "../market/offers.js";
import type { FactLog } from "../output/fact-log.js";
import type { Campaign, OperatorPlan } from "../plan.js";
import { NO_EFFECTS, offerEffects } from "./offer-effects.js";

const PAUSE_MONTHS = 6;
const FIRST_MONTH_OF_LIFE = 3;
/** Share of the contacts on the channel that the subscriber prefers, and how many are answered there and elsewhere. */
const ON_PREFERRED = 0.7;
export const ANSWERED_ON_PREFERRED = 0.8;
export const ANSWERED_ELSEWHERE = 0.45;

/**
 * Decides whether the randomised retention campaign draws a subscriber in a month, and with what outcome. An offer that is
 * answered works from the day after it. Takes one random number, and six more if the subscriber is drawn.
 * @param from the first day that is drawn. Default the first of the month.
 */
export function drawContact(
  member: Member,
  month: number,
  plan: OperatorPlan,
  from = firstDayOf(month),
): void {
  const { profile, state, random } = member;
  const { campaign } = plan;
  const first = firstDayOf(month);
  if (from > first && state.contact !== undefined && state.contact.day < from) return;
  if (from > first && forgetContact(member, from)) state.nextCampaign = month;
  state.contact = undefined;
  const isDrawn = random.next() < campaign.share;
  if (!isDrawn || !isEligible(member, month, campaign)) return;
  const isHeldOut = random.next() < campaign.holdOut;
  const offer = campaign.offers[random.integer(campaign.offers.length)];
  const day = first + random.integer(firstDayOf(month + 1) - first);
  const isOnPreferred = random.next() < ON_PREFERRED;
  const channel = isOnPreferred ? profile.channel : CHANNELS[random.integer(CHANNELS.length)];
  const isAnswered =
    random.next() < (channel === profile.channel ? ANSWERED_ON_PREFERRED : ANSWERED_ELSEWHERE);
  const isTaken = random.next();
  if (day < from || day < profile.activatedOn) return;
  const effects = campaign.effect ? offerEffects(member, month) : NO_EFFECTS;
  state.nextCampaign = month + PAUSE_MONTHS;
  const accepts = isTaken < logistic(-0.3 - 1.6 * effects[offer]);
  const answer = accepts ? "accepted" : "refused";
  const outcome = isHeldOut ? "held_out" : isAnswered ? answer : "no_answer";
  state.contact = { day, offer, outcome, channel, effects };
  if (isHeldOut || !isAnswered) return;
  if (accepts) state.offersTaken++;
  giveOffer(member, day, offer, effects[offer]);
}

function isEligible({ profile, state }: Member, month: number, { from, to }: Campaign): boolean {
  return (
    month >= from &&
    month < to &&
    month >= state.nextCampaign &&
    month - profile.activationMonth + 1 >= FIRST_MONTH_OF_LIFE &&
    state.silentSince === undefined
  );
}

const DAYS_PER_MONTH = 30;

/** An offer that reached the subscriber on a day: it works from the next day on. */
export function giveOffer({ state }: Member, day: number, offer: OfferName, effect: number): void {
  const until = day + DAYS_PER_MONTH * OFFERS[offer].months;
  state.triggers = [...state.triggers, { kind: "offer", day, until, effect }];
}

/** Keeps a subscriber out of the campaign from a day on. */
export function excludeFromCampaign(member: Member, from: number): void {
  forgetContact(member, from);
  member.state.nextCampaign = Number.POSITIVE_INFINITY;
}

/** Undoes a contact that is not before a day; true if there was one. */
function forgetContact({ state }: Member, from: number): boolean {
  const { contact } = state;
  if (contact === undefined || contact.day < from) return false;
  if (contact.outcome === "accepted") state.offersTaken--;
  state.contact = undefined;
  state.triggers = state.triggers.filter(({ kind, day }) => kind !== "offer" || day < from);
  return true;
}

/** Records the contact of a month, if the subscriber was still there. */
export function recordContact(
  { profile, state }: Member,
  served: ServedDays,
  managerOn: (day: number) => string | null,
  log: FactLog,
): void {
  const { contact } = state;
  if (contact === undefined || contact.day < served.from || contact.day >= served.to) return;
  const { day, offer, outcome, channel, effects } = contact;
  const isHeldOut = outcome === "held_out";
  log.contacts.add(
    profile.position,
    day,
    isHeldOut ? null : channel,
    offer,
    `retention ${monthText(served.month)}`,
    managerOn(day),
    outcome,
    Number.NaN,
  );
  log.offers.add(profile.position, day, offer, outcome, ...OFFER_NAMES.map((name) => effects[name]));
}
