import { type Form, words } from "./form.ts";

export type SignalName = keyof typeof signalNumbers;

/** Linux' numbers of the signals that end a process; it exits with 128 + n. signal(7) */
export const signalNumbers = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
} as const;

export const signalForm: Form<SignalName> = words(
  ["HUP", "The terminal went away."],
  ["INT", "Ctrl-C at a terminal."],
  ["QUIT", "Ctrl-\\ at a terminal."],
  ["ILL", "An instruction that the CPU does not know."],
  ["TRAP", "A breakpoint."],
  ["ABRT", "The program called abort()."],
  ["BUS", "Bad memory access."],
  ["FPE", "Division by zero."],
  ["KILL", "The one that no program can catch."],
  ["USR1", "The program's own."],
  ["SEGV", "Memory that is not mapped."],
  ["USR2", "The program's own."],
  ["PIPE", "Nobody reads the pipe."],
  ["ALRM", "A timer of the program."],
  ["TERM", "Asked to end."],
);
