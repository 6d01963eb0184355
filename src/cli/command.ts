/** 0: done; 1: the content is wrong or something was found; 2: the command itself is wrong. */
export type ExitCode = 0 | 1 | 2;

/** What `--help` tells about one word of `kubechart <word>`. */
export interface CommandText {
  readonly name: string;
  /** The heading under which it stands. */
  readonly group: string;
  readonly parameters: string;
  readonly summary: string;
  readonly example: string;
}

/** The file of a command: `main` gets the words behind the command. */
export interface CommandModule {
  main(args: readonly string[], text: CommandText): Promise<ExitCode>;
}
