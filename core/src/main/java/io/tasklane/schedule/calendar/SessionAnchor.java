package io.tasklane.schedule.calendar;

import java.time.Instant;

/** Which end of a session a run goes by. The code is stored in rows and used on the wire. */
public enum SessionAnchor {
  /** When the session opens. */
  OPEN(1),
  /** When it closes, early closes included. */
  CLOSE(2);

  private final int code;

  SessionAnchor(int code) {
    this.code = code;
  }

  /** The instant of a session that it means. */
  public Instant of(Session session) {
    return this == OPEN ? session.open() : session.close();
  }

  /** The stored code. */
  public int code() {
    return code;
  }

  /**
   * The anchor with this code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static SessionAnchor of(int code) {
    for (SessionAnchor anchor : values()) {
      if (anchor.code == code) {
        return anchor;
      }
    }
    throw new IllegalArgumentException("no session anchor has the code " + code);
  }
}
