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
    String mainClass,
    List<String> arguments) {

  /** The command line. */
  public ProcessBuilder builder() {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(flags);
    properties.forEach((key, value) -> line.add("-D" + key + "=" + value));
    line.add("-cp");
    line.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    line.add(mainClass);
    line.addAll(arguments);
    return new ProcessBuilder(line);
  }
}
