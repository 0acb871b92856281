import fc from 'fast-check';
import { expect, it } from 'vitest';
import { capacityOf } from './capacity.ts';

it('2,000 mentions at 90 seconds take 100 people; 30 people answer 600 in half an hour', () => {
  expect(capacityOf({ waiting: 2_000, people: 30, secondsPerAnswer: 90 })).toEqual({
    answers: 600,
    peopleNeeded: 100,
    peopleMissing: 70,
    minutesForAll: 100,
  });
});

it('with nobody there nothing is answered, and nothing is needed where nobody waits', () => {
  expect(capacityOf({ waiting: 5, people: 0, secondsPerAnswer: 90 })).toMatchObject({ answers: 0, peopleNeeded: 1, minutesForAll: null });
  expect(capacityOf({ waiting: 0, people: 0, secondsPerAnswer: 90 })).toEqual({
    answers: 0,
    peopleNeeded: 0,
    peopleMissing: 0,
    minutesForAll: 0,
  });
});

it('so many people as are needed manage it, and one fewer do not', () => {
  const whole = (max: number) => fc.integer({ min: 1, max });
  fc.assert(
    fc.property(
      whole(5_000),
      whole(30).map((n) => n * 60),
      (waiting, secondsPerAnswer) => {
        const { peopleNeeded } = capacityOf({ waiting, people: 1, secondsPerAnswer });
        expect((peopleNeeded * 1_800) / secondsPerAnswer).toBeGreaterThanOrEqual(waiting);
        expect(((peopleNeeded - 1) * 1_800) / secondsPerAnswer).toBeLessThan(waiting);
      },
    ),
  );
});
