/** The reports of honest clients. A reporter extends this and overrides the reports that it needs. */
export class Reports {
  /** A client waits for something: to come in, or for an echo. */
  asked(who) {}

  /** It has come in: connected, upgraded where it does so, and joined. */
  joined(who) {}

  /** Its echo has come. */
  answered(who) {}

  /** It has lost its connection. */
  lost(who, reason) {}

  /** A client's messages were checked; see `Check`. */
  checked(check) {}

  /** A client has come, talked and left. */
  visited() {}
}
