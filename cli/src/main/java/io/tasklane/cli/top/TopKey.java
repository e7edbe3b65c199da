package io.tasklane.cli.top;

import java.io.IOException;
import org.jline.utils.NonBlockingReader;

/** A key that the screen knows. */
enum TopKey {
  /** The queue above. */
  UP,
  /** The queue below. */
  DOWN,
  /** The next task that runs in the queue. */
  NEXT_TASK,
  /** Pause the queue. */
  PAUSE,
  /** Resume the queue. */
  RESUME,
  /** Cancel the task that runs. */
  CANCEL,
  /** Yes, to a question. */
  YES,
  /** No, to a question. */
  NO,
  /** Show or hide the help. */
  HELP,
  /** End. */
  QUIT,
  /** One that has no meaning. */
  OTHER,
  /** None was pressed in time. */
  NONE;

  private static final int ESCAPE = 27;
  private static final long ESCAPE_MILLIS = 50;

  /**
   * Waits for a key.
   *
   * @param millis how long at most
   */
  static TopKey read(NonBlockingReader keys, long millis) throws IOException {
    int key = keys.read(millis);
    if (key == NonBlockingReader.READ_EXPIRED) {
      return NONE;
    }
    return key == ESCAPE ? arrow(keys) : of(key);
  }

  private static TopKey of(int key) {
    return switch (key) {
      case 'k' -> UP;
      case 'j' -> DOWN;
      case '\t' -> NEXT_TASK;
      case 'p' -> PAUSE;
      case 'r' -> RESUME;
      case 'c' -> CANCEL;
      case 'y', 'Y' -> YES;
      case 'n', 'N' -> NO;
      case 'h', '?' -> HELP;
      // Also the end of the input, Ctrl-C and Ctrl-D.
      case 'q', NonBlockingReader.EOF, 3, 4 -> QUIT;
      default -> OTHER;
    };
  }

  /** ESC alone says no; ESC [ A and ESC O A are the arrow up. */
  private static TopKey arrow(NonBlockingReader keys) throws IOException {
    int second = keys.read(ESCAPE_MILLIS);
    if (second != '[' && second != 'O') {
      return NO;
    }
    return switch (keys.read(ESCAPE_MILLIS)) {
      case 'A' -> UP;
      case 'B' -> DOWN;
      default -> OTHER;
    };
  }
}
