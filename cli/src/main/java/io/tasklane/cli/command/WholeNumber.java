package io.tasklane.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A whole number between bounds, so that what is out of them is refused before anything is sent. On
 * the wire 0 often means "the default"; who types 0 does not mean that.
 */
public abstract class WholeNumber implements ITypeConverter<Integer> {
  private final int least;
  private final int most;

  private WholeNumber(int least, int most) {
    this.least = least;
    this.most = most;
  }

  @Override
  public Integer convert(String text) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Refused like a number that is out of bounds.
    }
    String allowed = most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
    throw new TypeConversionException("'" + text + "' is not allowed: " + allowed);
  }

  /** How urgent a task is. */
  public static final class Priority extends WholeNumber {
    Priority() {
      super(1, 10);
    }
  }

  /** How many tasks of a queue run at once. */
  public static final class Concurrency extends WholeNumber {
    Concurrency() {
      super(1, 1_000);
    }
  }

  /** Attempts of a task, the first included. */
  public static final class Attempts extends WholeNumber {
    Attempts() {
      super(1, 100);
    }
  }

  /** Units of a resource, of which 0 takes a limit away. */
  public static final class Units extends WholeNumber {
    Units() {
      super(0, 1_000_000);
    }
  }

  /** Tasks that may wait, of which 0 takes the limit away. */
  public static final class Depth extends WholeNumber {
    Depth() {
      super(0, 100_000_000);
    }
  }

  /** Targets of a batch operation. */
  public static final class Targets extends WholeNumber {
    Targets() {
      super(0, 1_000_000);
    }
  }

  /** Targets of a batch operation in a second. */
  public static final class BatchRate extends WholeNumber {
    BatchRate() {
      super(1, 1_000);
    }
  }

  /** How many to show. */
  public static final class Count extends WholeNumber {
    Count() {
      super(1, Integer.MAX_VALUE);
    }
  }
}
