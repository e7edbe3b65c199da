package io.tasklane.bench.faults.fault;

import org.apache.activemq.artemis.api.core.client.ClientMessage;

/** What others might send to the address of a queue. */
enum ForeignShape {
  /** Of the general type of JMS, with nothing in it. */
  EMPTY(0),
  /** A text of JMS. */
  TEXT(3) {
    @Override
    void fill(ClientMessage message) {
      message.getBodyBuffer().writeNullableSimpleString(null);
    }
  },
  /** A text with a property of the name and of another type than that of a ready signal. */
  TEXT_ABOUT_A_TASK(3) {
    @Override
    void fill(ClientMessage message) {
      message.putStringProperty("task", "tasks/mine");
      message.getBodyBuffer().writeNullableSimpleString(null);
    }
  },
  /** Larger than what the client keeps in one piece. */
  LARGE(4) {
    @Override
    void fill(ClientMessage message) {
      message.getBodyBuffer().writeBytes(new byte[LARGE_BYTES]);
    }
  },
  /** Says that it is a map of JMS, without the body of one: it cannot be read. */
  MAP_WITHOUT_ITS_BODY(5),
  /** Looks like a ready signal, but is of a type that JMS does not know: it cannot be read. */
  OF_AN_UNKNOWN_TYPE(77) {
    @Override
    void fill(ClientMessage message) {
      message.putLongProperty("task", 1);
    }
  };

  private static final int LARGE_BYTES = 500_000;
  private final byte type;

  ForeignShape(int type) {
    this.type = (byte) type;
  }

  /** The type by which JMS tells messages apart. */
  byte type() {
    return type;
  }

  /** Puts in what belongs to it. */
  void fill(ClientMessage message) {
    // nothing in it
  }
}
