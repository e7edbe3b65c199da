package io.tasklane.client.worker;

import io.tasklane.v1.Heartbeat;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.OperatingSystemMXBean;

/** What this process uses. */
final class Usage {
  private final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();

  /** A heartbeat that says it. */
  Heartbeat.Builder heartbeat() {
    return Heartbeat.newBuilder().setCpuLoad(cpuLoad()).setMemoryBytes(memoryBytes());
  }

  /** Share of the processors of the host, 0.0 to 1.0; 0 where the JVM does not say. */
  private double cpuLoad() {
    return system instanceof com.sun.management.OperatingSystemMXBean more
        ? Math.max(0, Math.min(1, more.getProcessCpuLoad()))
        : 0;
  }

  /** Memory of heap and JVM in bytes. */
  private long memoryBytes() {
    return memory.getHeapMemoryUsage().getCommitted()
        + memory.getNonHeapMemoryUsage().getCommitted();
  }
}
