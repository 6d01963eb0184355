/** Why survivors were not killed, by what they are; what is not named here nobody has explained. */
export const explained: Readonly<Record<string, string>> = {};
