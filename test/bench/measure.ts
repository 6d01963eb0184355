/** Milliseconds of the fastest of several runs; the fastest is the least disturbed. */
export function fastestMs(runs: number, work: () => unknown): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work();
    fastest = Math.min(fastest, performance.now() - start);
  }
  return fastest;
}

/**
 * The same in time of all processors, which what else the machine does disturbs least; what the
 * engine compiles and collects beside the work is counted, too.
 */
export function fastestCpuMs(runs: number, work: () => unknown): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = process.cpuUsage();
    work();
    fastest = Math.min(fastest, process.cpuUsage(start).user / 1_000);
  }
  return fastest;
}

/** The same of several pieces of work in turn: what else the machine does disturbs each alike. */
export function fastestInTurnMs(runs: number, works: readonly (() => unknown)[]): number[] {
  const fastest = works.map(() => Number.POSITIVE_INFINITY);
  for (let run = 0; run < runs; run++) {
    for (const [index, work] of works.entries()) {
      globalThis.gc?.();
      fastest[index] = Math.min(fastest[index] ?? 0, fastestMs(1, work));
    }
  }
  return fastest;
}

/** Bytes of the heap in use after a garbage collection, if Node runs with --expose-gc. */
export function heapBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
