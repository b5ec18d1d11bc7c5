import { BEYOND, SERVICE_FEES, TARIFF_TERMS, type TariffName } from "./catalogue.js";

/** Use in a month. */
export interface MonthlyUse {
  readonly minutes: number;
  readonly dataGb: number;
}

const TARIFFS = Object.keys(TARIFF_TERMS) as TariffName[];
const FOR_EVERYBODY = TARIFFS.filter((name) => TARIFF_TERMS[name].soldTo === "everybody");
const FOR_THE_YOUNG = TARIFFS.filter((name) => TARIFF_TERMS[name].soldTo !== "accounts");
const NO_OTHER: readonly TariffName[] = [];
/** Full years below which the youth tariff is sold. */
export const YOUTH_AGE = 28;

/** The tariffs that a subscriber may choose from. */
export function tariffsFor(isAccount: boolean, age: number): readonly TariffName[] {
  if (isAccount) return NO_OTHER;
  return age < YOUTH_AGE ? FOR_THE_YOUNG : FOR_EVERYBODY;
}

/** What is charged for use beyond what a tariff includes. */
export function chargedBeyond(tariff: TariffName, share: number, { minutes, dataGb }: MonthlyUse): number {
  const { includedMinutes, includedDataGb } = TARIFF_TERMS[tariff];
  const beyondMinutes = Math.max(0, minutes - includedMinutes * share);
  return BEYOND.perMinute * beyondMinutes + BEYOND.perGb * Math.max(0, dataGb - includedDataGb * share);
}

/** The cost of a month of use in a tariff. @param feeShare share of the listed fee that is paid. */
export function monthlyCost(tariff: TariffName, feeShare: number, use: MonthlyUse): number {
  return TARIFF_TERMS[tariff].fee * feeShare + chargedBeyond(tariff, 1, use);
}

/** The tariff in which a month of use costs least, the present one if none is cheaper, and the share of its cost that is saved. */
export function cheapestTariff(
  present: TariffName,
  offered: readonly TariffName[],
  feeShare: number,
  use: MonthlyUse,
): { readonly tariff: TariffName; readonly saving: number } {
  const presentCost = monthlyCost(present, feeShare, use);
  let tariff = present;
  let cost = presentCost;
  for (const other of offered) {
    const otherCost = monthlyCost(other, feeShare, use);
    if (otherCost >= cost) continue;
    tariff = other;
    cost = otherCost;
  }
  return { tariff, saving: 1 - cost / presentCost };
}

/** A rule of the price list: the fee of a product in a tariff, what it includes, and the price of a unit beyond. */
export interface PriceRule {
  readonly tariff: TariffName;
  readonly product: string;
  /** Per month. */
  readonly fee: number;
  /** NaN without limit. */
  readonly included: number;
  readonly priceBeyond: number;
}

/** The price list: of each tariff the fee (product `base`), minutes, data, and the extra services. */
export function priceRules(feeFactor: number): PriceRule[] {
  return TARIFFS.flatMap((tariff) => {
    const { fee, includedMinutes, includedDataGb } = TARIFF_TERMS[tariff];
    const unit = (product: string, included: number, price: number): PriceRule => ({
      tariff,
      product,
      fee: 0,
      included: Number.isFinite(included) ? included : Number.NaN,
      priceBeyond: Number.isFinite(included) ? price : 0,
    });
    return [
      { tariff, product: "base", fee: roundCents(fee * feeFactor), included: Number.NaN, priceBeyond: 0 },
      unit("minutes", includedMinutes, BEYOND.perMinute),
      unit("data_gb", includedDataGb, BEYOND.perGb),
      ...Object.entries(SERVICE_FEES).map(([product, serviceFee]) => ({
        tariff,
        product,
        fee: serviceFee,
        included: Number.NaN,
        priceBeyond: 0,
      })),
    ];
  });
}

function roundCents(value: number): number {
  return Math.round(value * 100) / 100;
}
