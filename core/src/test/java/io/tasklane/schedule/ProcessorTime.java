package io.tasklane.schedule;

import java.lang.management.ManagementFactory;

/** How much work something is, however busy the machine is with other things. */
public final class ProcessorTime {
  private ProcessorTime() {}

  /** Nanoseconds that this thread has had a processor. */
  public static long nanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
