/** What npm's audit of the production dependencies comes to. */
export type Audited =
  | { readonly kind: "clean"; readonly looked: number; readonly lesser: number }
  | { readonly kind: "grave"; readonly packages: readonly string[] }
  /** The registry gave no advisories: nothing is known, which is not the same as nothing being wrong. */
  | { readonly kind: "unknown"; readonly because: string };

interface Report {
  readonly message?: string;
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range?: string }>>;
  readonly metadata?: { readonly dependencies?: { readonly prod?: number } };
}

const GRAVE = ["high", "critical"];

/** Reads what `npm audit --json` printed. */
export function auditedBy(printed: string): Audited {
  const report = jsonIn(printed);
  if (!report?.vulnerabilities) {
    return {
      kind: "unknown",
      because: report?.message ?? (printed.trim().split("\n")[0] || "npm printed nothing"),
    };
  }
  const found = Object.entries(report.vulnerabilities);
  const grave = found.filter(([, { severity }]) => GRAVE.includes(severity));
  if (grave.length > 0) {
    return {
      kind: "grave",
      packages: grave.map(([name, { severity, range }]) => `${name} ${range ?? ""} (${severity})`),
    };
  }
  return { kind: "clean", looked: report.metadata?.dependencies?.prod ?? 0, lesser: found.length };
}

function jsonIn(printed: string): Report | undefined {
  try {
    return JSON.parse(printed) as Report;
  } catch {
    return undefined;
  }
}
