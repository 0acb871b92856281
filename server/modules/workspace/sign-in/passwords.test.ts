import { describe, expect, it } from 'vitest';
import { hashPassword, passwordMatches, refuseCommon } from './passwords.ts';

describe('a password', () => {
  it('is kept as Argon2id with 19 MiB and two passes, differently each time', async () => {
    const [one, two] = await Promise.all([hashPassword('vier Pferde kochen Tee'), hashPassword('vier Pferde kochen Tee')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(two);
    expect(await passwordMatches('vier Pferde kochen Tee', one)).toBe(true);
    expect(await passwordMatches('vier Pferde kochen Tea', one)).toBe(false);
  });

  it('of nobody matches nothing', async () => {
    expect(await passwordMatches('', undefined)).toBe(false);
    expect(await passwordMatches('vier Pferde kochen Tee', undefined)).toBe(false);
  });

  it('is the same however the keyboard composes its umlauts', async () => {
    expect(await passwordMatches('Kühlschränke überall', await hashPassword('Ku\u0308hlschra\u0308nke u\u0308berall'))).toBe(true);
  });

  it('waits its turn when many are checked at once', async () => {
    const hash = await hashPassword('vier Pferde kochen Tee');
    const answers = await Promise.all(
      Array.from({ length: 9 }, (_, n) => passwordMatches(n % 2 ? 'falsch' : 'vier Pferde kochen Tee', hash)),
    );
    expect(answers).toEqual([true, false, true, false, true, false, true, false, true]);
  });

  const own = ['Kim Sommer', 'kim.sommer@haus.example', 'Haus'];
  it.each([
    'passwort1234',
    'Passwort!2026',
    '123456789012',
    '210987654321',
    'qwertzuiopüq',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    'Sommer2026!!',
    'kim sommer',
    'kim.sommer@haus.example',
    'hausHAUShaus',
  ])('that attackers try first is refused: %s', (text) => {
    expect(() => refuseCommon(text, own)).toThrow('attackers');
  });

  it.each(['vier Pferde kochen Tee', 'x7#kQ9!mLp2$', '83920174658291', 'Kundenservice Leipzig liebt Kühlschränke'])('may be %s', (text) => {
    expect(() => refuseCommon(text, own)).not.toThrow();
  });
});
