/** What honest clients report. A reporter extends this and overrides what it wants to know. */
export class Reports {
  /** A client waits for something: to come in, or for an echo. */
  asked(who) {}

  /** It has come in: connected, upgraded where it does so, and joined. */
  joined(who) {}

  /** Its echo has come. */
  answered(who) {}

  /** It has lost its connection. */
  lost(who, reason) {}

  /** What it received was checked; see `Check`. */
  checked(check) {}

  /** A client has come, talked and left. */
  visited() {}
}
