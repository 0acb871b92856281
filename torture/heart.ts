// A bare process beside the installation: three times a second it computes for thirty milliseconds, and says how long that took it. What it had to wait for, the machine
// had no time for.
const work = 30_000;
const rest = 300;

let due = Date.now();
function beat(): void {
  const before = process.cpuUsage();
  for (let used = 0; used < work; ) {
    for (let n = 0; n < 20_000; n += 1) Math.sqrt(n);
    const { user, system } = process.cpuUsage(before);
    used = user + system;
  }
  const { user, system } = process.cpuUsage(before);
  const at = Date.now();
  process.send?.({ at, share: Math.min(1, (user + system) / 1_000 / Math.max(at - due, 1)) });
  due = at + rest;
  setTimeout(beat, rest);
}
beat();
process.on('disconnect', () => process.exit());
