/** How long an access token is believed. */
export const accessTokenSeconds = 900;

/** How long a session lives after its last refresh. */
export const sessionDays = 30;
