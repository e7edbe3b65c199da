package io.tasklane.bench.figure;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** On what a figure was measured; without this it says nothing. */
final class Machine {
  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Path SYSTEM = Path.of("/etc/os-release");
  private static final double KIB_IN_GIB = 1024.0 * 1024;

  private Machine() {}

  /** What is known about this machine, by name. */
  static JsonObject facts() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    String kernel = system.getName() + " " + system.getVersion() + " " + system.getArch();
    JsonObject facts = new JsonObject();
    facts.addProperty("cpu", valueOf(CPU, "model name", ":").orElse("unknown"));
    facts.addProperty("cores", Runtime.getRuntime().availableProcessors());
    valueOf(MEMORY, "MemTotal", ":").ifPresent(size -> facts.addProperty("memory", gib(size)));
    facts.addProperty("os", valueOf(SYSTEM, "PRETTY_NAME", "=").orElse(kernel));
    facts.addProperty("kernel", kernel);
    facts.addProperty("java", Runtime.version().toString());
    facts.addProperty("load_before", Figures.rounded(system.getSystemLoadAverage()));
    return facts;
  }

  private static String gib(String kilobytes) {
    return Math.round(Long.parseLong(kilobytes.replaceAll("\\D", "")) / KIB_IN_GIB) + " GiB";
  }

  private static Optional<String> valueOf(Path file, String name, String separator) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(separator) + 1).replace("\"", "").strip())
          .findFirst();
    } catch (IOException notHere) {
      return Optional.empty();
    }
  }
}
