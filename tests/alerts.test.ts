import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../server/testing/house.ts';

const rules = fs
  .readFileSync('docs/alerts.yml', 'utf8')
  .split('- alert: ')
  .slice(1)
  .map((text) => ({
    name: text.split('\n')[0] ?? '',
    expr: /expr: (.*)/.exec(text)?.[1] ?? '',
    wait: /for: (\d+m)/.exec(text)?.[1],
    severity: /severity: (\w+)/.exec(text)?.[1],
    summary: /summary: (.+) }/.exec(text)?.[1],
  }));
/** Only where there is a replica (`replica.test`), or made by Prometheus itself. */
const elsewhere = ['nahbar_replica_used', 'nahbar_replica_behind_seconds', 'up'];

describe('the alert rules', () => {
  let h: TestHouse;
  let metrics: string;
  beforeAll(async () => {
    h = await testHouse();
    await h.house.http.inject('/health/live');
    metrics = (await h.house.http.inject('/metrics')).body;
  });
  afterAll(() => h.close());

  it('each say when, how urgent it is and what it means', () => {
    expect(rules.length).toBeGreaterThanOrEqual(10);
    for (const { name, wait, severity, summary } of rules)
      expect({ name, wait, severity, summary }).toEqual({
        name: expect.stringMatching(/^Nahbar[A-Z]/),
        wait: expect.any(String),
        severity: expect.stringMatching(/^(page|ticket)$/),
        summary: expect.any(String),
      });
  });

  it('ask for figures that are told', () => {
    const told = new Set([...metrics.matchAll(/^([a-z_0-9]+)[{ ]/gm)].map(([, name]) => name));
    for (const { expr } of rules) {
      const asked = [...expr.matchAll(/\b(nahbar_[a-z_0-9]+|up)\b(?=[{[)\s])/g)].map(([, name]) => name);
      expect(asked.length, expr).toBeGreaterThan(0);
      expect(asked.filter((name) => name && !told.has(name) && !elsewhere.includes(name))).toEqual([]);
    }
  });

  it('ask for parts that there are, and every part that may be ill has one', () => {
    const parts = [...metrics.matchAll(/nahbar_part_ok\{part="([^"]+)"\} [01]/g)].flatMap(([, part]) => part ?? []);
    const patterns = rules.flatMap(({ expr }) =>
      [...expr.matchAll(/part=~?"([^"]+)"/g)].map(([, pattern]) => new RegExp(`^(${pattern})$`)),
    );
    expect(parts).toContain('routing.alarms');
    expect(parts.filter((part) => !patterns.some((pattern) => pattern.test(part)))).toEqual([]);
    // Accounts, doors and broken channels are there where somebody set them up.
    for (const pattern of patterns)
      expect(
        [...parts, 'account', 'door', 'channel'].some((part) => pattern.test(part)),
        String(pattern),
      ).toBe(true);
  });
});
