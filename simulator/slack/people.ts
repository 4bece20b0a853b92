/** Somebody who works in the simulated workspace. */
export interface Person {
  readonly id: string;
  /** The short name, as in `@mira`. */
  readonly name: string;
  readonly realName: string;
  /** @default UTC */
  readonly zone?: string;
  readonly isAdmin?: boolean;
  readonly isOwner?: boolean;
  /** A guest in several channels, or in a single one. */
  readonly guest?: "multi-channel" | "single-channel";
  readonly isDeactivated?: boolean;
}

/** A user group, as in `@on-call`. */
export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly people: readonly string[];
}

export const mira: Person = {
  id: "U0MIRA0001",
  name: "mira",
  realName: "Mira Okafor",
  zone: "Europe/Berlin",
  isAdmin: true,
  isOwner: true,
};
export const ben: Person = { id: "U0BEN00001", name: "ben", realName: "Ben Tanaka" };
export const carla: Person = { id: "U0CARLA001", name: "carla", realName: "Carla Reyes" };
export const gus: Person = {
  id: "U0GUS00001",
  name: "gus",
  realName: "Gus Lindqvist",
  guest: "multi-channel",
};
export const lea: Person = { id: "U0LEA00001", name: "lea", realName: "Lea Novak", guest: "single-channel" };

/** An owner, two members and two guests. */
export const simulatedPeople: readonly Person[] = [mira, ben, carla, gus, lea];

export const simulatedGroups: readonly UserGroup[] = [
  { id: "S0ONCALL01", handle: "on-call", name: "On call", people: [mira.id, ben.id] },
];
