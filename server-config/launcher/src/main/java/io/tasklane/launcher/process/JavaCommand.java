package io.tasklane.launcher.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Java process of the same JDK as this one.
 *
 * @param flags for the virtual machine
 * @param classPath jars, in a stable order
 * @param properties system properties
 * @param mainClass what runs
 * @param arguments of the main class
 */
public record JavaCommand(
    List<String> flags,
    List<Path> classPath,
    Map<String, String> properties,
    Class<?> mainClass,
    List<String> arguments) {

  /**
   * How to run it. A process without memory ends instead of limping on; its keeper starts it again.
   *
   * @param work an existing folder for what it leaves lying about, such as native libraries
   * @param log its log; a crash of the virtual machine is written beside it
   */
  public ProcessBuilder in(Path work, Path log) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-XX:+ExitOnOutOfMemoryError");
    line.add("-XX:ErrorFile=" + log.resolveSibling("crash-%p.log"));
    line.add("-Djava.io.tmpdir=" + work);
    line.addAll(ServerJvm.flags(Runtime.version()));
    line.addAll(flags);
    properties.forEach((key, value) -> line.add("-D" + key + "=" + value));
    line.add("-cp");
    line.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    line.add(mainClass.getName());
    line.addAll(arguments);
    return new ProcessBuilder(line).directory(work.toFile());
  }
}
