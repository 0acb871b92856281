/** How soon a first answer is to be there (specification 2.7). */
export const answerMinutes = 30;

/** What there is to do, and who is there for it. */
export interface Load {
  /** Mentions that wait. */
  waiting: number;
  /** People who are free. */
  people: number;
  secondsPerAnswer: number;
}

export interface Capacity {
  /** So many the people who are free can answer in half an hour. */
  answers: number;
  /** So many people it takes to answer all in half an hour. */
  peopleNeeded: number;
  peopleMissing: number;
  /** When all are answered with those who are free; null where nobody is. */
  minutesForAll: number | null;
}

/** What can be done in half an hour one by one, and what it would take. A pure function. */
export function capacityOf({ waiting, people, secondsPerAnswer }: Load): Capacity {
  const each = (answerMinutes * 60) / secondsPerAnswer;
  const peopleNeeded = Math.ceil((waiting * secondsPerAnswer) / (answerMinutes * 60));
  return {
    answers: Math.floor(people * each),
    peopleNeeded,
    peopleMissing: Math.max(0, peopleNeeded - people),
    minutesForAll: people > 0 ? Math.ceil((waiting * secondsPerAnswer) / people / 60) : waiting === 0 ? 0 : null,
  };
}
