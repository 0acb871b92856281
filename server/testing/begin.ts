/** When the clocks of the tests begin. Builders date their rows so: dated by the machine's clock they would lie before the house's time on one day and after it on another. */
export const testsBegin = new Date('2026-11-23T09:00:00Z');
