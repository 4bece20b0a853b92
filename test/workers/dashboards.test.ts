import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { createMetrics } from "../../workers/monitoring/metrics.ts";

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<string, string>>;
}

const folder = "docs/monitoring";
const read = (file: string) => readFileSync(`${folder}/${file}`, "utf8");
const rules = (parse(read("alerts.yml")) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  (group) => group.rules,
);
const panels = (
  JSON.parse(read("dashboard.json")) as { panels: { title: string; targets: { expr: string }[] }[] }
).panels;

/** The metrics of ours and of BullMQ that a query names, a histogram's parts by its own name. */
const namesIn = (query: string) =>
  Array.from(query.matchAll(/(?:tidewatch|bullmq)_\w+/g), ([name]) =>
    name.replace(/_(bucket|count|sum)$/, ""),
  );

const metrics = createMetrics().registry.getMetricsAsArray();
const known = new Set(metrics.map(({ name }) => name));

describe("the alert rules and the dashboard", () => {
  test("use existing metrics", () => {
    const queries = [
      ...rules.map(({ expr }) => expr),
      ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ];
    expect(queries.flatMap(namesIn).filter((name) => !known.has(name))).toEqual([]);
    expect(queries.length).toBeGreaterThan(20);
  });

  test("say what to do about each alert", () => {
    for (const { alert, labels, annotations } of rules) {
      expect(labels.severity, alert).toMatch(/^(warning|critical)$/);
      expect(annotations.summary, alert).toMatch(/^[A-Z]/);
      expect(annotations.action, alert).toMatch(/^[A-Z/].*\.$/);
    }
  });

  test("are documented together with every metric", () => {
    const page = read("README.md");
    const ours = [...known].filter((name) => /^(tidewatch|bullmq)_/.test(name));
    expect(ours.length).toBeGreaterThan(15);
    expect(ours.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
