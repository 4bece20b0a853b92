import Holidays from "date-holidays";
import { DAY } from "./time.ts";
import { canonicalZone } from "./zone.ts";

/**
 * For zones that several countries share, or whose country has no holidays of its own: the place where most people
 * live.
 */
const placesByZone: Record<string, string> = {
  "Africa/Abidjan": "CI",
  "Africa/Johannesburg": "ZA",
  "Africa/Lagos": "NG",
  "Africa/Maputo": "MZ",
  "Africa/Nairobi": "KE",
  "America/Panama": "PA",
  "Europe/Belgrade": "RS",
  "Europe/Helsinki": "FI",
  "Europe/London": "GB-ENG",
};

/**
 * The place whose holidays people in a zone keep, as a country or country and state; accepts any name of the zone.
 * @example placeOfZone("Australia/Melbourne"); // => "AU-VIC"
 */
export function placeOfZone(name: string): string | undefined {
  const zone = canonicalZone(name);
  if (zone === undefined) return undefined;
  const known = placesByZone[zone];
  if (known) return known;
  const country = isOfNoPlace(zone) ? undefined : (countryByIntl(zone) ?? countryByCalendars(zone));
  if (!country) return undefined;
  const states = Object.keys(new Holidays().getStates(country) ?? {});
  const own = states.filter((state) => zonesOf(new Holidays(country, state)).includes(zone));
  const sharesZones = new Holidays(country).getTimezones().length === own.length;
  return own.length === 1 && !sharesZones ? `${country}-${own[0]}` : country;
}

const zonesOf = (calendar: Holidays): string[] =>
  calendar.getTimezones().flatMap((zone) => canonicalZone(zone) ?? []);

/** Zones such as UTC, which are kept at sea. */
const isOfNoPlace = (zone: string): boolean => zone === "UTC" || zone.startsWith("Etc/");

/** The country that has a zone, from Intl, which lists one of each country's own; and from the calendars, which takes long. */
const countryByIntl = countriesBy((country) => intlZonesOf(country));
const countryByCalendars = countriesBy((country) => zonesOf(new Holidays(country)));

/** Looks zones up in what is read of all countries once it is needed; the first that has a zone counts. */
function countriesBy(zonesIn: (country: string) => readonly string[]): (zone: string) => string | undefined {
  let byZone: Map<string, string> | undefined;
  return (zone) => {
    byZone ??= new Map(
      Object.keys(new Holidays().getCountries())
        .toReversed()
        .flatMap((country) => zonesIn(country).map((its) => [its, country] as const)),
    );
    return byZone.get(zone);
  };
}

/** Missing in TypeScript's types. Weekdays are counted from 1, a Monday. */
type LocaleOfPlace = Intl.Locale & {
  getTimeZones(): readonly string[] | undefined;
  getWeekInfo(): { readonly weekend: readonly number[] };
};

const localeOf = (country: string): LocaleOfPlace => new Intl.Locale(`und-${country}`) as LocaleOfPlace;

const intlZonesOf = (country: string): string[] =>
  (localeOf(country).getTimeZones() ?? []).flatMap((zone) => canonicalZone(zone) ?? []);

/**
 * The canonical name of a place: a country, or country and state such as `AU-VIC`, or with a region of that; undefined
 * when it has no calendar. Each part may be a code or a name; that of a country in English, too.
 * @example canonicalPlace("de-by"); // => "DE-BY", as for "Germany-Bayern"
 */
export function canonicalPlace(typed: string): string | undefined {
  if (canonicalPlaces.has(typed)) return canonicalPlaces.get(typed);
  const place = placeNamed(typed);
  if (canonicalPlaces.size >= MOST_NAMES) canonicalPlaces.clear();
  canonicalPlaces.set(typed, place);
  return place;
}

const canonicalPlaces = new Map<string, string | undefined>();
/** How many names from outside are cached. */
const MOST_NAMES = 2_000;

function placeNamed(typed: string): string | undefined {
  const whole = countryNamed(typed);
  if (whole) return whole;
  const [country = "", state, region, ...more] = typed.split("-");
  const parts = [countryNamed(country)];
  const calendars = new Holidays();
  if (parts[0] && state !== undefined)
    parts.push(keyOf(state, calendars.getStates(parts[0]), calendars.getStates(parts[0], "en")));
  if (parts[1] && region !== undefined)
    parts.push(
      keyOf(
        region,
        calendars.getRegions(parts[0]!, parts[1]),
        calendars.getRegions(parts[0]!, parts[1], "en"),
      ),
    );
  return more.length > 0 || parts.includes(undefined) ? undefined : parts.join("-");
}

/** The code of a country by a code, also a former one such as `UK`, or a name. */
function countryNamed(typed: string): string | undefined {
  const codes = new Holidays().getCountries();
  const code = keyOf(typed, Object.fromEntries(Object.keys(codes).map((code) => [code, code])));
  if (code) return code;
  if (!/^[a-z]{2}$/i.test(typed.trim())) return countriesByName().get(plain(typed));
  const { region = "" } = new Intl.Locale(`und-${typed.trim()}`);
  return region in codes ? region : undefined;
}

let byName: Map<string, string> | undefined;

/** Countries by their names in English and in the language that most people there speak. */
function countriesByName(): ReadonlyMap<string, string> {
  if (byName) return byName;
  const calendars = new Holidays();
  const [native, english] = [calendars.getCountries(), calendars.getCountries("en")];
  const names = Object.keys(native).flatMap((code) => {
    const inLanguage = (language: string) =>
      new Intl.DisplayNames(language, { type: "region", fallback: "none" }).of(code);
    const { language = "en" } = localeOf(code).maximize();
    return [native[code], english[code], inLanguage("en"), inLanguage(language)].map(
      (name) => [plain(name ?? ""), code] as const,
    );
  });
  byName = new Map(names.filter(([name]) => name !== ""));
  return byName;
}

/** The key that is typed, or whose name is, whatever its case and accents. */
function keyOf(typed: string, ...names: readonly (object | null | undefined)[]): string | undefined {
  const wanted = plain(typed);
  return names
    .flatMap((one) => Object.entries(one ?? {}))
    .find(([key, name]) => plain(key) === wanted || plain(String(name)) === wanted)?.[0];
}

const plain = (name: string): string => name.trim().toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

const weekends = new Map<string, readonly number[]>();

/** Saturday and Sunday: where no country is known. */
const USUAL_WEEKEND = [5, 6];

/**
 * The days of the weekend (0: Monday) in the country, or else in that of the zone, as Unicode's CLDR has them, ending
 * with the last one.
 * @example weekendOf("Asia/Riyadh"); // => [4, 5]
 */
export function weekendOf(zone: string, country?: string): readonly number[] {
  const known = weekends.get(country ?? zone);
  if (known) return known;
  const [region] = (country ?? placeOfZone(zone) ?? "").split("-");
  const weekend = region
    ? localeOf(region)
        .getWeekInfo()
        .weekend.map((day) => day - 1)
    : USUAL_WEEKEND;
  weekends.set(country ?? zone, weekend);
  return weekend;
}

/** The days, counted from 1970, on which people of a place are off, and on the evening of which such a day begins. */
interface DaysOff {
  readonly holidays: Set<number>;
  readonly eves: Set<number>;
}

const daysByPlace = new Map<string, DaysOff>();
const yearsRead = new Set<string>();

/** Whether a day, counted from 1970, is a public holiday in the country, or else in the country of the zone. */
export const isHoliday = (day: number, zone: string, country?: string): boolean =>
  daysOff(day, zone, country).holidays.has(day);

/** Whether a public holiday begins on the evening of a day, counted from 1970. */
export const isEve = (day: number, zone: string, country?: string): boolean =>
  daysOff(day, zone, country).eves.has(day);

function daysOff(day: number, zone: string, country: string | undefined): DaysOff {
  const place = country ?? zone;
  const days = daysByPlace.get(place) ?? { holidays: new Set(), eves: new Set() };
  daysByPlace.set(place, days);
  // The eve of New Year's Day belongs to the year before.
  for (const year of yearsAround(day)) {
    if (yearsRead.has(`${place} ${year}`)) continue;
    yearsRead.add(`${place} ${year}`);
    readHolidays(country ?? placeOfZone(zone), year, days);
  }
  return days;
}

const yearsAround = (day: number): number[] => [
  ...new Set([day, day + 1].map((one) => new Date(one * DAY).getUTCFullYear())),
];

function readHolidays(place: string | undefined, year: number, { holidays, eves }: DaysOff): void {
  if (!place) return;
  const [country = "", state, region] = place.split("-");
  const calendar = region
    ? new Holidays(country, state!, region)
    : state
      ? new Holidays(country, state)
      : new Holidays(country);
  const found = (calendar.getHolidays(year) || []).filter(
    ({ type }) => type === "public" || type === "bank" || type === "optional",
  );
  for (const { date, start, end } of found) {
    const first = Date.parse(`${date.slice(0, 10)}T00:00Z`) / DAY;
    const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY));
    for (let i = 0; i < length; i++) holidays.add(first + i);
    if (BEGINS_BEFORE.test(date)) eves.add(first - 1);
  }
  if (holidays.has(Date.UTC(year, 11, 25) / DAY)) for (const day of betweenTheYears(year)) holidays.add(day);
}

/** `2026-09-12 00:00:00 -0600`: a holiday that begins six hours before its date. */
const BEGINS_BEFORE = / -\d{4}$/;

// Where Christmas is kept, hardly any day from its eve to New Year's is typical, though few are public holidays.
const betweenTheYears = (year: number): number[] =>
  Array.from({ length: 8 }, (_, i) => Date.UTC(year, 11, 24 + i) / DAY);
